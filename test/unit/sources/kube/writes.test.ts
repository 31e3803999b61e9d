import { describe, expect, it } from 'vitest';
import { NO_CLUSTER } from '../../../../src/domain/cluster-key.ts';
import { refOf } from '../../../../src/domain/ref.ts';
import type { KubePort } from '../../../../src/ports/kube.ts';
import { openPort } from './open-port.ts';
import { json } from './tls-server.ts';

const API = refOf('deployments', { cluster: NO_CLUSTER, namespace: 'shop', name: 'api' });
const POD = refOf('pods', { cluster: NO_CLUSTER, namespace: 'shop', name: 'api-1' });
const ACCOUNT = refOf('serviceaccounts', { cluster: NO_CLUSTER, namespace: 'shop', name: 'api' });
const OBJECT = { metadata: { name: 'api' } };
const HOME = '/apis/apps/v1/namespaces/shop/deployments';

/** A port on a server that answers everything so. */
const answering = (body: unknown, status = 200) =>
  openPort((_seen, response) => json(response, body, status));

/** A Status that says no, as kube-apiserver 1.36 sends it. */
const refusal = (code: number, reason: string, message: string, details: object = {}) =>
  answering({ kind: 'Status', status: 'Failure', code, reason, message, details }, code);

describe('what is sent', () => {
  it.each<[string, (port: KubePort) => Promise<unknown>, string, string]>([
    [
      'create',
      (port) => port.create(API, OBJECT, { dryRun: true }),
      'POST',
      `${HOME}?fieldManager=ekscope&dryRun=All&fieldValidation=Strict`,
    ],
    [
      'replace',
      (port) => port.replace(API, OBJECT),
      'PUT',
      `${HOME}/api?fieldManager=ekscope&fieldValidation=Strict`,
    ],
    [
      'apply',
      (port) => port.apply(API, OBJECT, { force: true }),
      'PATCH',
      `${HOME}/api?fieldManager=ekscope&fieldValidation=Strict&force=true`,
    ],
  ])('%s', async (_name, write, method, url) => {
    const { port, seen } = await answering(OBJECT);
    expect(await write(port)).toEqual(OBJECT);
    expect(seen).toMatchObject([{ method, url, body: JSON.stringify(OBJECT) }]);
  });

  it('apply, in its own format', async () => {
    const { port, seen } = await answering(OBJECT);
    await port.apply(API, OBJECT);
    expect(seen[0]?.headers['content-type']).toBe('application/apply-patch+yaml');
  });

  it('delete: what is left out is left to the server', async () => {
    const { port, seen } = await answering({ kind: 'Status', status: 'Success' });
    expect(await port.delete(API)).toBeNull();
    await port.delete(API, {
      propagation: 'Foreground',
      graceSeconds: 0,
      uid: 'u1',
      dryRun: true,
    });
    const options = { apiVersion: 'v1', kind: 'DeleteOptions' };
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `DELETE ${HOME}/api`,
      `DELETE ${HOME}/api`,
    ]);
    expect(seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      options,
      {
        ...options,
        propagationPolicy: 'Foreground',
        gracePeriodSeconds: 0,
        preconditions: { uid: 'u1' },
        dryRun: ['All'],
      },
    ]);
  });

  it('delete tells what lingers, and only that', async () => {
    const lingering = { metadata: { name: 'api', deletionTimestamp: '2026-01-01T00:00:00Z' } };
    expect(await (await answering(lingering)).port.delete(API)).toEqual(lingering);
    expect(await (await answering(OBJECT)).port.delete(API)).toBeNull();
  });

  it('evict', async () => {
    const { port, seen } = await answering({ kind: 'Status', status: 'Success' }, 201);
    await port.evict(POD, { graceSeconds: 5, uid: 'u1' });
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/namespaces/shop/pods/api-1/eviction',
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'api-1', namespace: 'shop' },
      deleteOptions: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        gracePeriodSeconds: 5,
        preconditions: { uid: 'u1' },
      },
    });
  });
});

describe('a token of a service account', () => {
  const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln';

  it('is asked for its audience, and told with its end', async () => {
    const status = { token: TOKEN, expirationTimestamp: '2026-01-01T00:10:00Z' };
    const { port, seen } = await answering({ kind: 'TokenRequest', status }, 201);
    expect(await port.token(ACCOUNT, { audience: 'sts.amazonaws.com', seconds: 600 })).toEqual({
      token: TOKEN,
      expires: Date.parse('2026-01-01T00:10:00Z'),
    });
    expect(seen[0]?.url).toBe('/api/v1/namespaces/shop/serviceaccounts/api/token');
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      spec: { audiences: ['sts.amazonaws.com'], expirationSeconds: 600 },
    });
  });

  it.each([
    ['an answer without its end', { status: { token: TOKEN } }, 201],
    ['a refusal that tells it', { message: `bad token ${TOKEN}` }, 400],
    ['a body of nothing else', `"${TOKEN}"`, 500],
  ])('is in no error: %s', async (_what, body, code) => {
    const { port } = await answering(body, code);
    const error = await port
      .token(ACCOUNT, { audience: 'a', seconds: 600 })
      .catch((thrown: unknown) => thrown as Error);
    expect(error).toBeInstanceOf(Error);
    expect(JSON.stringify([error, (error as Error).message])).not.toContain('eyJ');
  });
});

describe('refusals in words', () => {
  it.each([
    [
      'changed meanwhile',
      'Operation cannot be fulfilled on deployments.apps "api": the object has been modified; please apply your changes to the latest version and try again',
      'update deployments/api in shop: someone changed it meanwhile',
    ],
    [
      'made anew, by a write',
      'Operation cannot be fulfilled on deployments.apps "api": StorageError: invalid object, Code: 4, Key: /registry/deployments/shop/api, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: 1, UID in object meta: bc97',
      'update deployments/api in shop: it was deleted meanwhile, and another one has its name',
    ],
    [
      'made anew, by a deletion',
      'Operation cannot be fulfilled on Deployment.apps "api": the UID in the precondition (nope) does not match the UID in record (bc97). The object might have been deleted and then recreated',
      'update deployments/api in shop: it was deleted meanwhile, and another one has its name',
    ],
    ['another conflict', 'some controller says no', 'some controller says no'],
  ])('%s', async (_name, said, message) => {
    const { port } = await refusal(409, 'Conflict', said);
    await expect(port.replace(API, OBJECT)).rejects.toMatchObject({ code: 409, message });
  });

  it('fields of others, each with its manager', async () => {
    const cause = (field: string, manager: string) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with "${manager}" using apps/v1`,
      field,
    });
    const { port } = await refusal(409, 'Conflict', 'Apply failed with 2 conflicts: …', {
      causes: [cause('.spec.replicas', 'hpa'), cause('.spec.paused', 'kubectl-edit')],
    });
    await expect(port.apply(API, OBJECT)).rejects.toMatchObject({
      code: 409,
      message:
        'apply deployments/api in shop: 2 fields were set in another way: .spec.replicas (hpa), .spec.paused (kubectl-edit)',
      hint: 'leave them out, or take them over by force',
      causes: [
        { field: '.spec.replicas', manager: 'hpa' },
        { field: '.spec.paused', manager: 'kubectl-edit' },
      ],
    });
  });

  it('a test of a JSON patch that does not hold, of which the server tells nothing', async () => {
    const said = 'the server rejected our request due to an error in our request';
    const { port } = await refusal(422, 'Invalid', said);
    await expect(port.patch(API, { type: 'json', body: [] })).rejects.toMatchObject({
      code: 422,
      message: 'patch deployments/api in shop: it is no longer as this change expects it',
    });
  });

  it.each([
    [
      500,
      '',
      'failed to create typed patch object (/api; apps/v1, Kind=Deployment): .spec.replicaz: field not declared in schema',
    ],
    [
      400,
      'BadRequest',
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replicaz"',
    ],
  ])('a field that does not exist is no problem of the server (%i)', async (code, reason, said) => {
    const { port } = await refusal(code, reason, said);
    await expect(port.apply(API, OBJECT)).rejects.toMatchObject({
      code,
      message: said,
      hint: 'is the field misspelled, or newer than this server?',
    });
  });

  it('a disruption budget by its name; and it is asked once', async () => {
    const { port, seen } = await refusal(
      429,
      'TooManyRequests',
      "Cannot evict pod as it would violate the pod's disruption budget.",
      {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: 'The disruption budget api needs 2 healthy pods and has 2 currently',
          },
        ],
      },
    );
    await expect(port.evict(POD)).rejects.toMatchObject({
      code: 429,
      message:
        "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget api needs 2 healthy pods and has 2 currently",
    });
    expect(seen).toHaveLength(1);
  });

  it.each<[string, (port: KubePort) => Promise<unknown>]>([
    ['create deployments in shop', (port) => port.create(API, OBJECT)],
    ['update deployments in shop', (port) => port.replace(API, OBJECT)],
    ['patch deployments in shop', (port) => port.apply(API, OBJECT)],
    ['delete deployments in shop', (port) => port.delete(API)],
    ['create pods/eviction in shop', (port) => port.evict(POD)],
    [
      'create serviceaccounts/token in shop',
      (port) => port.token(ACCOUNT, { audience: 'a', seconds: 600 }),
    ],
    [
      'patch deployments/scale in shop',
      (port) => port.patch(API, { type: 'merge', body: {}, subresource: 'scale' }),
    ],
  ])('the right that is missing: %s', async (right, write) => {
    const { port } = await refusal(403, 'Forbidden', 'no');
    await expect(write(port)).rejects.toMatchObject({
      code: 403,
      hint: `needs a role that allows: ${right}`,
    });
  });
});

it('says that nobody knows, where the answer to a write is lost, and sends it once', async () => {
  const { port, seen } = await openPort((_seen, response) => response.destroy());
  await expect(port.create(API, OBJECT)).rejects.toMatchObject({
    code: 0,
    message: expect.stringMatching(/^create deployments\/api in shop: .* was cut$/) as string,
    hint: 'it may have been done all the same: look before you do it again',
  });
  expect(seen).toHaveLength(1);
});

it.each<[string, (port: KubePort) => Promise<unknown>]>([
  ['create', (port) => port.create(API, OBJECT, { dryRun: true })],
  ['replace', (port) => port.replace(API, OBJECT)],
  ['apply', (port) => port.apply(API, OBJECT)],
  ['delete', (port) => port.delete(API)],
  ['evict', (port) => port.evict(POD)],
  ['token', (port) => port.token(ACCOUNT, { audience: 'a', seconds: 600 })],
])('nothing is sent when read-only: %s', async (_name, write) => {
  const { port, seen } = await openPort((_seen, response) => json(response, {}), {
    readonly: true,
  });
  await expect(write(port)).rejects.toMatchObject({ code: 0, reason: 'ReadOnly' });
  expect(seen).toHaveLength(0);
});
