import { describe, expect, it } from 'vitest';
import {
  asRequestError,
  redact,
  statusError,
  timeoutError,
} from '../../../../src/sources/kube/errors.ts';

const EKS = 'abc.gr7.eu-west-1.eks.amazonaws.com';
const failure = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('no answer', () => {
  it.each([
    ['ECONNREFUSED', `${EKS} refused the connection`, /running/],
    ['ENOTFOUND', `the name ${EKS} cannot be resolved`, /VPN/],
    ['EAI_AGAIN', `the name ${EKS} cannot be resolved`, /DNS/],
    ['ETIMEDOUT', `no answer from ${EKS}`, /^private-only endpoint\?/],
    ['EHOSTUNREACH', `there is no route to ${EKS}`, /VPN/],
    ['ECONNRESET', `the connection to ${EKS} was cut`, /^$/],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      `the certificate of ${EKS} is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT`,
      /certificate-authority-data/,
    ],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      `the certificate of ${EKS} is not trusted: ERR_TLS_CERT_ALTNAME_INVALID`,
      /tls-server-name/,
    ],
    [
      'CERT_NOT_YET_VALID',
      `the certificate of ${EKS} is not valid yet by the clock of this machine`,
      /^set the clock/,
    ],
    [
      'CERT_HAS_EXPIRED',
      `the certificate of ${EKS} has expired by the clock of this machine`,
      /renewed$/,
    ],
    ['HPE_INVALID_CONSTANT', `${EKS} does not answer in HTTP: HPE_INVALID_CONSTANT`, /port/],
    ['', `the request to ${EKS} failed: `, /^$/],
  ])('%s', (code, message, hint) => {
    const error = asRequestError(failure(code), EKS);
    expect(error).toMatchObject({ code: 0, message, hint: expect.stringMatching(hint) as string });
  });

  it('is told without advice on how the runtime is started', () => {
    const text = 'unable to verify the first certificate';
    const advice =
      '; if the root CA is installed locally, try running Node.js with --use-system-ca';
    const error = Object.assign(new Error(`${text}${advice}`), {
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    expect(asRequestError(error, EKS).message).toBe(
      `the certificate of ${EKS} is not trusted: ${text}`,
    );
  });

  it('within the time: names the private endpoint on EKS only', () => {
    expect(timeoutError(EKS, 10)).toMatchObject({
      message: `no answer from ${EKS} within 10 s`,
      hint: 'private-only endpoint? It needs a path into the VPC (VPN, bastion, SSM tunnel)',
    });
    expect(timeoutError('10.0.0.1:6443', 10).hint).not.toMatch(/private/);
  });
});

describe('an answer that says no', () => {
  const DATE = 'Wed, 21 Oct 2026 07:28:00 GMT';
  const say = (code: number, body: string, contentType = 'application/json', retryAfter = '') =>
    statusError(code, { contentType, retryAfter, date: DATE }, Buffer.from(body), {
      doing: 'list pods in shop',
    });

  it('carries the message of the Status and what to do', () => {
    const status = {
      kind: 'Status',
      message: 'pods is forbidden:\nno',
      reason: 'Forbidden',
      code: 403,
    };
    expect(say(403, JSON.stringify(status))).toMatchObject({
      code: 403,
      message: 'pods is forbidden: no',
      reason: 'Forbidden',
      hint: 'needs a role that allows: list pods in shop',
    });
    expect(say(401, '{"message":"Unauthorized"}').hint).toMatch(/log in again.*access entry/);
  });

  it('leaves out the object that a refused patch is answered with, which may be secret', () => {
    const object = JSON.stringify({ kind: 'Secret', data: { p: 'aHVudGVyMg==' }, a: 'x"\\' });
    const value = `patch: Invalid value: ${JSON.stringify(object)}: unknown field "spec.replcas"`;
    const status = {
      message: `"" is invalid: ${value}`,
      reason: 'Invalid',
      details: { causes: [{ field: 'patch', message: value.slice('patch: '.length) }] },
    };
    const error = say(422, JSON.stringify(status));
    expect(error.message).toBe('unknown field "spec.replcas"');
    expect(JSON.stringify(error.causes)).not.toContain('aHVudGVyMg');
  });

  it('carries the time to wait', () => {
    const after = (header: string) => say(429, '', 'text/plain', header).retryAfter;
    expect(after('7')).toBe(7);
    // By the server's own clock.
    expect(after('Wed, 21 Oct 2026 07:29:00 GMT')).toBe(60);
    // Nobody is left alone for days, and nonsense is no wait.
    expect(after('9999999')).toBe(300);
    expect(['-5', 'soon', 'NaN', '1e9', '', 'Mon, 01 Jan 2024 00:00:00 GMT'].map(after)).toEqual(
      Array(6).fill(0),
    );
  });

  it.each([
    [
      502,
      '<html><body>Bad gateway',
      'text/html',
      'list pods in shop: the server answered 502 with HTML',
    ],
    [503, '', 'text/plain', 'list pods in shop: the server answered 503 with an empty body'],
    [500, 'oops\u001b[31m', 'text/plain', 'list pods in shop: the server answered 500: oops [31m'],
    [
      500,
      'not protobuf',
      'application/vnd.kubernetes.protobuf',
      'list pods in shop: the server answered 500: not protobuf',
    ],
  ])('%i %s in words', (code, body, type, message) => {
    expect(say(code, body, type).message).toBe(message);
  });
});

it.each([
  'k8s-aws-v1.aHR0cHM6Ly9zdHMuYW1hem9uYXdzLmNvbS8_QWN0aW9u',
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl',
  'Bearer abcdef',
])('a token never reaches an error: %s', (token) => {
  const text = redact(`failed with ${token}, sorry`);
  expect(text).toContain('[token]');
  expect(text).not.toContain(token.replace('Bearer ', ''));
});
