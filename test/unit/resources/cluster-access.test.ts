import { describe, expect, it } from 'vitest';
import { plain, type Cell } from '../../../src/core/styled.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import { isCaller } from '../../../src/domain/caller.ts';
import { arnKey } from '../../../src/domain/cluster-key.ts';
import type { Asking } from '../../../src/resources/define.ts';
import { clusterAccess } from '../../../src/resources/describe/cluster-access.ts';
import { clusterRow } from '../../support/rows.ts';

const ACCOUNT = '111122223333';
const ARN = `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/prod`;
const CALLER = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Ops_1a/alice`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_1a`;

/** The description, with what AWS answers; an error is thrown. */
async function told(
  mode: string,
  changed: Readonly<Record<string, unknown>> = {},
  arn = ARN,
): Promise<string> {
  const answers: Readonly<Record<string, unknown>> = {
    'sts:GetCallerIdentity': { Arn: CALLER },
    'eks:ListAccessEntries': { accessEntries: [`arn:aws:iam::${ACCOUNT}:role/node`, ROLE] },
    'eks:ListAssociatedAccessPolicies': {
      associatedAccessPolicies: [{ policyArn: 'arn:aws:eks::aws:x/AmazonEKSViewPolicy' }],
    },
    'iam:GetOpenIDConnectProvider': { ClientIDList: ['sts.amazonaws.com'] },
    ...changed,
  };
  const ask = {
    eks: { name: 'prod', arn, profile: '', region: 'eu-central-1' },
    call: (action: string) =>
      answers[action] instanceof Error
        ? Promise.reject(answers[action])
        : Promise.resolve(answers[action]),
  } as unknown as Asking;
  const row = clusterRow({
    ...{ name: 'prod', region: 'eu-central-1', authenticationMode: mode, id: arnKey(ARN) },
    issuer: 'https://oidc.example/id/AB',
  });
  const sections = await clusterAccess.sections(row, ask);
  return sections
    .flatMap(({ lines }) => lines as readonly (readonly [string, Cell])[])
    .map(([label, value]) => `${label}: ${plain(value)}`)
    .join('\n');
}

describe('who the caller is to a cluster', () => {
  it('is let in by the entry of the role of its session, whatever path that has', async () => {
    const text = await told('API_AND_CONFIG_MAP');
    expect(text).toContain(`You are: ${CALLER}`);
    expect(text).toContain(`Access: ✓ the access entry of ${ROLE} lets you in`);
    expect(text).toContain('with AmazonEKSViewPolicy');
    expect(text).toContain('OIDC provider: ✓ arn:aws:iam::111122223333:oidc-provider/oidc.example');
  });

  it('prints commands that a shell takes as they are, whatever the names hold', async () => {
    const text = await told('API', {
      'eks:ListAccessEntries': { accessEntries: [] },
      'sts:GetCallerIdentity': { Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Ops;reboot/x` },
    });
    expect(text).toContain(`--principal-arn "$(aws iam get-role --role-name 'Ops;reboot'`);
    const user = await told('API', {
      'eks:ListAccessEntries': { accessEntries: [] },
      'sts:GetCallerIdentity': { Arn: `arn:aws:iam::${ACCOUNT}:user/a b` },
    });
    expect(user).toContain(`--principal-arn 'arn:aws:iam::${ACCOUNT}:user/a b'`);
  });

  it('is refused without one, with what makes one', async () => {
    const none = { 'eks:ListAccessEntries': { accessEntries: [] } };
    const text = await told('API', none);
    expect(text).toContain(
      'Access: ✗ no access entry is yours: without one, the API server answers 401',
    );
    expect(text).toContain('aws eks create-access-entry --cluster-name prod --region eu-central-1');
    expect(await told('API_AND_CONFIG_MAP', none)).toContain(
      'where aws-auth does not name you either',
    );
  });

  it('names the policy of its partition', async () => {
    const none = { 'eks:ListAccessEntries': { accessEntries: [] } };
    const gov = ARN.replace('arn:aws:', 'arn:aws-us-gov:').replace('eu-central', 'us-gov-west');
    expect(await told('API', none, gov)).toContain(
      '--policy-arn arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
    );
    expect(await told('API', none)).toContain('--policy-arn arn:aws:eks::aws:');
  });

  it('goes by aws-auth alone in that mode, whatever entries there are', async () => {
    expect(await told('CONFIG_MAP')).toContain('Access: ! only aws-auth says who may come in');
  });

  it('says of each part alone why it is not known', async () => {
    const denied = new AwsFault('denied', 'needs eks:ListAccessEntries', 'ask an administrator');
    const text = await told('API', { 'eks:ListAccessEntries': denied });
    expect(text).toContain('Access: ? needs eks:ListAccessEntries · ask an administrator');
    expect(text).toContain('OIDC provider: ✓');
  });

  it('says that the issuer has no provider, and how one is made', async () => {
    const missing = new AwsFault('absent', 'not found', '', { code: 'NoSuchEntity' });
    expect(await told('API', { 'iam:GetOpenIDConnectProvider': missing })).toContain(
      'aws iam create-open-id-connect-provider --url https://oidc.example/id/AB',
    );
    expect(await told('API', { 'iam:GetOpenIDConnectProvider': { ClientIDList: [] } })).toContain(
      'it is there without the audience sts.amazonaws.com',
    );
  });
});

it.each([
  [ROLE, CALLER, true],
  [ROLE.replace(ACCOUNT, '999999999999'), CALLER, false],
  [`arn:aws:iam::${ACCOUNT}:role/Ops_1a`, CALLER, false],
  [`arn:aws:iam::${ACCOUNT}:user/alice`, `arn:aws:iam::${ACCOUNT}:user/alice`, true],
  [`arn:aws:iam::${ACCOUNT}:user/bob`, `arn:aws:iam::${ACCOUNT}:user/alice`, false],
])('%s is %s: %s', (principal, caller, is) => expect(isCaller(principal, caller)).toBe(is));
