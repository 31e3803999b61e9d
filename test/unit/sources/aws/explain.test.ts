import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/sources/aws/explain.ts';

const CONTEXT = {
  action: 'eks:ListNodegroups',
  profile: 'prod',
  region: 'eu-central-1',
  endpoint: '',
};

function words(error: object, context: Partial<typeof CONTEXT> = {}): string {
  const { kind, message, hint } = explain(Object.assign(new Error(), error), {
    ...CONTEXT,
    ...context,
  });
  return `${kind}: ${message}${hint ? ` | ${hint}` : ''}`;
}

describe('credentials', () => {
  const CREDENTIALS = 'CredentialsProviderError';

  it.each([
    'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
    'The SSO session token associated with profile=prod was not found or is invalid. To refresh …',
    "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
  ])('an SSO session that is over: %s', (message) => {
    expect(words({ name: CREDENTIALS, message })).toBe(
      'expired: the SSO session of profile prod has expired | aws sso login --profile prod',
    );
  });

  it('a login session that is over', () => {
    const message = 'Failed to load a token for session x, please re-authenticate using aws login';
    expect(words({ name: CREDENTIALS, message })).toBe(
      'expired: the AWS login of profile prod has expired | aws login --profile prod',
    );
  });

  it('none at all', () => {
    const message = 'Could not load credentials from any providers';
    const said = words({ name: CREDENTIALS, message }, { profile: '' });
    expect(said).toMatch(/^expired: no AWS credentials found \| set AWS_PROFILE/);
  });

  it.each(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'])('%s', (name) => {
    expect(words({ name, message: 'The security token is expired' })).toMatch(
      /^expired: the AWS credentials of profile prod have expired \| renew .* --profile prod$/,
    );
  });

  it.each(['InvalidClientTokenId', 'UnrecognizedClientException', 'AuthFailure'])('%s', (name) => {
    expect(words({ name, message: 'invalid' }, { profile: '' })).toMatch(
      /^expired: AWS does not accept the access key in use/,
    );
  });

  it('a clock that is off', () => {
    const said = words({
      name: 'InvalidSignatureException',
      message: 'Signature expired: 20261124T060000Z is now earlier than 20261124T061500Z',
    });
    expect(said).toMatch(/this machine's clock is off/);
  });
});

describe('refusals', () => {
  it('name the action that the message names', () => {
    const said = words({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::1:user/x is not authorized to perform: eks:ListNodegroups on resource: arn:… because no identity-based policy allows the eks:ListNodegroups action',
    });
    expect(said).toMatch(/^denied: needs eks:ListNodegroups \|/);
  });

  it('name the action of the call where the message does not', () => {
    const error = { name: 'UnauthorizedOperation', message: 'You are not authorized.' };
    expect(words(error, { action: 'ec2:DescribeSubnets' })).toMatch(
      /^denied: needs ec2:DescribeSubnets/,
    );
  });

  it('say who denies it outright', () => {
    const said = words({
      name: 'AccessDeniedException',
      message:
        'User: x is not authorized to perform: eks:ListNodegroups on resource: y with an explicit deny in a service control policy',
    });
    expect(said).toMatch(/needs eks:ListNodegroups \(denied by a service control policy\)/);
  });

  it.each(['ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded'])(
    'throttling: %s',
    (name) => {
      expect(words({ name, message: 'Rate exceeded' })).toBe(
        'busy: AWS throttles eks:ListNodegroups',
      );
    },
  );
});

describe('connections and answers', () => {
  it.each([
    [
      { code: 'ENOTFOUND', hostname: 'eks.nowhere-1.amazonaws.com' },
      /^unreachable: eks\.nowhere-1\.amazonaws\.com has no address/,
    ],
    [{ code: 'ECONNREFUSED' }, /^unreachable: AWS eks in eu-central-1 refuses connections$/],
    [{ code: 'ECONNRESET' }, /cut the connection$/],
    [{ name: 'TimeoutError' }, /does not answer/],
    [
      { code: 'CERT_NOT_YET_VALID' },
      /is not valid yet by the clock of this machine \| set the clock/,
    ],
    [{ code: 'CERT_HAS_EXPIRED' }, /has expired by the clock of this machine/],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, /is not trusted \| set AWS_CA_BUNDLE/],
    [
      { name: 'InternalFailure', $metadata: { httpStatusCode: 500 } },
      /answers 500 to ListNodegroups/,
    ],
  ])('%o', (error, expected) => {
    expect(words(error)).toMatch(expected);
  });

  it('a refused connection to several addresses', () => {
    expect(words({ errors: [{ code: 'ECONNREFUSED' }] })).toMatch(/refuses connections$/);
  });

  it('an emulator that does not know the call answers with a page', () => {
    const page = { name: 'SyntaxError', $metadata: { httpStatusCode: 404 }, message: '<!doctype' };
    expect(words(page, { endpoint: 'http://127.0.0.1:5000', action: 'eks:ListUpdates' })).toBe(
      'absent: 127.0.0.1:5000 does not serve ListUpdates',
    );
  });

  it('a thing that is not there', () => {
    const error = { name: 'ResourceNotFoundException', message: 'No cluster found for name: x.' };
    expect(words(error)).toBe('absent: No cluster found for name: x');
  });

  it('lets no control character through', () => {
    const said = words({ name: 'OddException', message: 'bad \u001b[2Jthing\nsecond line' });
    expect(said).not.toMatch(/[\u0000-\u001f]/);
    expect(said).toContain('thing');
    expect(said).not.toContain('second line');
  });
});
