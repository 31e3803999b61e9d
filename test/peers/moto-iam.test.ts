/**
 * Roles, what trusts them and what they may do, and OIDC providers: what a service account's
 * description tells, against what the aws CLI prints of the same moto. Skipped where moto or the CLI
 * is not installed.
 */
import { EKS } from '@aws-sdk/client-eks';
import { IAM } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsRead } from '../../src/ports/aws-calls.ts';
import type { Asking } from '../../src/resources/define.ts';
import { identityQuestions } from '../../src/resources/describe/identity.ts';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

const ACCOUNT = 'arn:aws:iam::123456789012';
const READ_ONLY = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
/** More roles than IAM puts on a page where nobody says how many. */
const MANY = 120;

const trust = (host: string, subject: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity' },
        Principal: { Federated: `${ACCOUNT}:oidc-provider/${host}` },
        Condition: {
          StringEquals: { [`${host}:sub`]: subject, [`${host}:aud`]: 'sts.amazonaws.com' },
        },
      },
    ],
  });

describe.skipIf(!onPath('moto_server') || !onPath('aws'))('roles, and the aws CLI', () => {
  let moto: MotoCluster;

  beforeAll(async () => {
    moto = await startMotoCluster();
    const { name, sdk } = moto;
    const { cluster } = await new EKS(sdk).describeCluster({ name });
    const issuer = cluster?.identity?.oidc?.issuer ?? '';
    const host = issuer.replace('https://', '');
    const iam = new IAM(sdk);
    await iam.createOpenIDConnectProvider({ Url: issuer, ClientIDList: ['sts.amazonaws.com'] });
    for (const account of ['api', 'other']) {
      await iam.createRole({
        ...{ RoleName: account, Path: '/shop/' },
        AssumeRolePolicyDocument: trust(host, `system:serviceaccount:shop:${account}`),
      });
    }
    await iam.attachRolePolicy({ RoleName: 'api', PolicyArn: READ_ONLY });
    await iam.putRolePolicy({
      ...{ RoleName: 'api', PolicyName: 'queues' },
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }],
      }),
    });
  }, 300_000);
  afterAll(() => moto.close());

  /** The description of an account that says it is a role. */
  async function described(role: string): Promise<string> {
    const questions = identityQuestions<null>(() => ({
      ...{ namespace: 'shop', account: 'api', nodeRole: null },
      annotation: `${ACCOUNT}:role/shop/${role}`,
    }));
    const eks = { name: moto.name, arn: `arn:aws:eks:${moto.region}:123456789012:cluster/m` };
    const ask = {
      eks,
      call: (action: AwsRead, input: never) => moto.door.call(action, input),
    } as unknown as Asking;
    const sections = await questions.sections(null, ask);
    return sections
      .flatMap(({ lines }) => lines)
      .map(([title, cell]) =>
        [
          title,
          typeof cell === 'string' ? cell : (cell ?? []).map(([words]) => words).join(''),
        ].join(' '),
      )
      .join('\n');
  }

  it('say that a role trusts the account, and what its policies allow', async () => {
    const { aws } = moto;
    const attached = await aws<string[]>(
      'AttachedPolicies[].PolicyName',
      'iam list-attached-role-policies --role-name api',
    );
    expect(attached).toEqual(['AmazonS3ReadOnlyAccess']);
    const version = await aws<string>(
      'Policy.DefaultVersionId',
      `iam get-policy --policy-arn ${READ_ONLY}`,
    );
    const [statement] = await aws<{ Action: string[] }[]>(
      'PolicyVersion.Document.Statement',
      `iam get-policy-version --policy-arn ${READ_ONLY} --version-id ${version}`,
    );
    const text = await described('api');
    expect(text).toContain(`Runs as ${ACCOUNT}:role/shop/api`);
    expect(text).toMatch(/✓ .*trusts/);
    expect(text).not.toContain('✗');
    expect(text).toContain('AmazonS3ReadOnlyAccess');
    for (const action of statement?.Action ?? []) expect(text).toContain(action);
    expect(text).toContain('queues (inline)');
    expect(text).toContain('sqs:SendMessage');
    // moto has no Pod Identity: that its answer is missing is said, and hides nothing else.
    expect(text).toContain('does not serve ListPodIdentityAssociations');
  });

  it('say that a role trusts another account, and that one is not there', async () => {
    expect(await described('other')).toMatch(/✗ .*system:serviceaccount:shop:other/s);
    expect(await described('none')).toContain('✗ there is no role');
  });

  it('are all listed where there are more than one page of them', async () => {
    const iam = new IAM(moto.sdk);
    for (let i = 0; i < MANY; i++) {
      const AssumeRolePolicyDocument = trust('a', 'b');
      await iam.createRole({ RoleName: `many-${i}`, AssumeRolePolicyDocument });
    }
    await iam.attachRolePolicy({ RoleName: 'many-1', PolicyArn: READ_ONLY });
    const theirs = await moto.aws<Told[]>(
      'Roles[].{RoleName:RoleName,Arn:Arn,Path:Path,AssumeRolePolicyDocument:AssumeRolePolicyDocument}',
      'iam list-roles',
    );
    expect(theirs.length).toBeGreaterThan(MANY);
    const { Roles } = await moto.door.call('iam:ListRoles', {});
    expect(
      Roles.map(({ RoleName, Arn, Path, AssumeRolePolicyDocument: document }) => ({
        ...{ RoleName, Arn, Path },
        AssumeRolePolicyDocument: JSON.parse(document) as unknown,
      })),
    ).toEqual(theirs);
  });

  it('tell the same of a provider', async () => {
    const [arn = ''] = await moto.aws<string[]>(
      'OpenIDConnectProviderList[].Arn',
      'iam list-open-id-connect-providers',
    );
    const theirs = await moto.aws(
      '{Url:Url,ClientIDList:ClientIDList}',
      `iam get-open-id-connect-provider --open-id-connect-provider-arn ${arn}`,
    );
    const asked = { OpenIDConnectProviderArn: arn };
    expect(await moto.door.call('iam:GetOpenIDConnectProvider', asked)).toEqual(theirs);
  });
});
