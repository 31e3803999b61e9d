import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import { byPodIdentity, byWebIdentity } from '../../../src/domain/role-taker.ts';
import {
  parseTrust,
  trustDocument,
  type TrustStatement,
} from '../../../src/domain/trust-policy.ts';
import { podRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, at, EKS, kubeError, settle } from './bench.ts';

const HOST = 'oidc.eks.eu-central-1.amazonaws.com/id/ABC';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${HOST}`;
const ROLE = 'arn:aws:iam::111122223333:role/api';
const identity = {
  ...{ provider: PROVIDER, namespace: 'shop', serviceAccount: 'api' },
  audience: 'sts.amazonaws.com',
};
const api = workloadRow('Deployment', { name: 'api', namespace: 'shop', serviceAccount: 'api' });
const pod = podRow({
  ...{ name: 'api-1', namespace: 'shop', serviceAccount: 'api' },
  ...{ workloadKind: 'Deployment', workload: 'api' },
});

const no = (code: string): never => {
  throw new AwsFault('absent', `no such thing (${code})`, '', { code });
};

/** An account with one role that trusts by these statements, and a provider of these audiences. */
class Account {
  readonly bench = new ActionBench();
  provider: string[] | null = ['sts.amazonaws.com'];
  trust: string;
  annotation = '';
  proofs: (() => string)[] = [];

  constructor(...statements: readonly TrustStatement[]) {
    this.trust = trustDocument(statements);
    const { bench } = this;
    const role = () => ({
      ...{ Path: '/', RoleName: 'api', Arn: ROLE, Description: '', CreateDate: null, Tags: [] },
      AssumeRolePolicyDocument: this.trust,
      PermissionsBoundary: { PermissionsBoundaryArn: '' },
    });
    Object.assign(bench.awsAnswers, {
      'eks:DescribeCluster': () => ({
        cluster: {
          ...{ name: 'prod', arn: '', version: '1.34', status: 'ACTIVE', endpoint: '' },
          identity: { oidc: { issuer: `https://${HOST}` } },
          resourcesVpcConfig: { vpcId: '', subnetIds: [] },
          ...{
            computeConfig: { enabled: false },
            certificateAuthority: { data: '' },
            ...{ id: '', outpostConfig: { outpostArns: [] } },
          },
        },
      }),
      'iam:GetOpenIDConnectProvider': () =>
        this.provider === null ? no('NoSuchEntity') : { Url: HOST, ClientIDList: this.provider },
      'iam:CreateOpenIDConnectProvider': () => {
        this.provider = ['sts.amazonaws.com'];
        return { OpenIDConnectProviderArn: PROVIDER };
      },
      'iam:ListRoles': () => ({ Roles: [role()] }),
      'iam:ListPolicies': () => ({ Policies: [] }),
      'iam:GetRole': ({ RoleName }: { RoleName: string }) =>
        RoleName === 'api' ? { Role: role() } : no('NoSuchEntity'),
      'iam:UpdateAssumeRolePolicy': ({ PolicyDocument }: { PolicyDocument: string }) => {
        this.trust = PolicyDocument;
        return {};
      },
      'eks:ListAddons': () => ({ addons: [] }),
      'eks:ListPodIdentityAssociations': () => ({ associations: [] }),
      'sts:AssumeRoleWithWebIdentity': () => ({
        AssumedRoleUser: { Arn: this.proofs.shift()?.() ?? 'arn:assumed', AssumedRoleId: '' },
        ...{ SubjectFromWebIdentityToken: '', Audience: '', Provider: '' },
      }),
    });
    bench.put('pods', pod);
    bench.lists.set('pods', [
      { metadata: { name: 'api-1', uid: pod.uid }, spec: { containers: [{ name: 'app' }] } },
    ]);
    bench.onPatch = ({ resource }, { body }) => {
      if (resource !== 'serviceaccounts') return;
      const { annotations } = (body as { metadata: { annotations: Record<string, string> } })
        .metadata;
      this.annotation = annotations['eks.amazonaws.com/role-arn'] ?? '';
    };
    bench.onGet = ({ resource }) =>
      resource === 'serviceaccounts'
        ? {
            metadata: {
              ...{ name: 'api', uid: 'sa-1' },
              annotations:
                this.annotation === '' ? {} : { 'eks.amazonaws.com/role-arn': this.annotation },
            },
          }
        : undefined;
  }

  async asked(row = api) {
    const { bench } = this;
    const runner = bench.runner(bench.onEks());
    const flow = runner.start('bind-role', [bench.target('deployments', row)]);
    await settle();
    flow.change('role', ROLE);
    await settle();
    return flow;
  }

  async planned(row = api) {
    const flow = await this.asked(row);
    flow.submit();
    await settle();
    return flow;
  }

  get writes(): readonly string[] {
    return this.bench.awsCalls
      .map(([action]) => action)
      .filter((action) => /:(Create|Update|Attach|Add)/.test(action));
  }
}

describe('binding a role', () => {
  it('makes what is missing, proves it, and only then restarts', async () => {
    const account = new Account();
    account.provider = null;
    const flow = await account.planned();
    const { plan } = at(flow, 'confirm');
    expect(plan.steps.map(({ title, already }) => [title, already])).toEqual([
      ['Create the OIDC provider of prod', ''],
      ['Add a statement to the trust policy of api', ''],
      ['Annotate service account api with the role', ''],
      ['Prove it: become the role with a token of the account', ''],
      ['Restart deployment/api', ''],
    ]);
    flow.confirm();
    await settle();
    expect(account.writes).toEqual([
      'iam:CreateOpenIDConnectProvider',
      'iam:UpdateAssumeRolePolicy',
    ]);
    expect(parseTrust(account.trust)?.Statement).toEqual([byWebIdentity(identity).statement]);
    expect(account.annotation).toBe(ROLE);
    expect(account.bench.last?.steps[3]?.text).toBe('it became arn:assumed');
    expect(account.bench.patches.map(([{ resource }]) => resource)).toEqual([
      'serviceaccounts',
      'deployments',
    ]);
  });

  it('leaves a paused deployment as it is, as kubectl does, and says what comes of that', async () => {
    const account = new Account();
    const row = { ...api, paused: true };
    const preview = (at(await account.asked(row), 'form').preview ?? []).map(plain);
    expect(preview).toContain('– Restart deployment/api: api is paused: resume its rollout first');
    const flow = await account.planned(row);
    const { plan } = at(flow, 'confirm');
    expect(plan.victims).toEqual([]);
    expect(plan.warnings).toEqual([
      'api is paused: resume its rollout first and restart it then; until then its pods keep the identity that they have',
    ]);
    expect(commandsOf(plan).join('\n')).not.toContain('rollout restart');
    flow.confirm();
    await settle();
    expect(account.annotation).toBe(ROLE);
    expect(account.bench.last?.steps.at(-1)?.state).toBe('barred');
    expect(account.bench.last?.state).toBe('done');
    expect(account.bench.patches.map(([{ resource }]) => resource)).toEqual(['serviceaccounts']);
  });

  it('makes a role with the tags that its command has', async () => {
    const account = new Account();
    account.bench.awsAnswers['iam:CreateRole'] = () => no('Throttling');
    const flow = await account.asked();
    flow.change('role', 'new');
    await settle();
    flow.change('roleName', 'made');
    await settle();
    flow.submit();
    await settle();
    const [line = ''] = commandsOf(at(flow, 'confirm').plan);
    expect(line).toMatch(/^aws iam create-role --role-name made --assume-role-policy-document '/);
    expect(line).toContain(
      '--tags Key=ekscope/cluster,Value=prod Key=ekscope/service-account,Value=shop/api --region',
    );
    flow.confirm();
    await settle();
    const [, asked] = account.bench.awsCalls.find(([action]) => action === 'iam:CreateRole') ?? [];
    expect(asked).toMatchObject({
      Tags: [
        { Key: 'ekscope/cluster', Value: 'prod' },
        { Key: 'ekscope/service-account', Value: 'shop/api' },
      ],
    });
  });

  it('restarts nothing where the proof fails, with the exact words of STS', async () => {
    const account = new Account();
    account.proofs = [() => no('ExpiredTokenException')];
    const flow = await account.planned();
    flow.confirm();
    await settle();
    expect(account.bench.last?.steps.map(({ state }) => state)).toEqual([
      ...['already', 'done', 'done', 'failed', 'left'],
    ]);
    expect(account.bench.last?.text).toContain('no such thing (ExpiredTokenException)');
  });

  it('gives IAM the time to hear of what was just made', async () => {
    const account = new Account();
    account.proofs = [() => no('AccessDenied'), () => 'arn:late'];
    const flow = await account.planned();
    flow.confirm();
    await settle();
    expect(account.bench.last?.steps[3]?.text).toContain('not yet');
    account.bench.clock.advance(3000);
    await settle();
    expect(account.bench.last?.steps[3]?.text).toBe('it became arn:late');
  });

  it('finishes what was begun when it is repeated', async () => {
    const account = new Account(byWebIdentity(identity).statement);
    account.annotation = ROLE;
    account.bench.lists.set('pods', [
      {
        metadata: { name: 'api-1', uid: pod.uid },
        spec: { containers: [{ name: 'app', env: [{ name: 'AWS_ROLE_ARN', value: ROLE }] }] },
      },
    ]);
    const { plan } = at(await account.planned(), 'confirm');
    expect(plan.steps.map(({ already }) => already !== '')).toEqual([
      true,
      true,
      true,
      false,
      true,
    ]);
    expect(plan.diff).toBeUndefined();
  });

  it('restarts another kind of the same name, and nothing that has no pods', async () => {
    const account = new Account(byWebIdentity(identity).statement);
    account.annotation = ROLE;
    account.bench.lists.set('pods', [
      {
        metadata: { name: 'api-1', uid: pod.uid },
        spec: { containers: [{ name: 'app', env: [{ name: 'AWS_ROLE_ARN', value: ROLE }] }] },
      },
      { metadata: { name: 'api-0', uid: 'set' }, spec: { containers: [{ name: 'app' }] } },
    ]);
    const set = { ...pod, name: 'api-0', uid: 'set', workloadKind: 'StatefulSet' };
    account.bench.put('pods', set);
    const other = { name: 'api', namespace: 'shop', serviceAccount: 'api' };
    account.bench.put('statefulsets', workloadRow('StatefulSet', other));
    account.bench.put('daemonsets', workloadRow('DaemonSet', other));
    const { plan } = at(await account.planned(), 'confirm');
    expect(plan.steps.slice(4).map(({ title, already }) => [title, already])).toEqual([
      ['Restart deployment/api', 'its pods have the role'],
      ['Restart statefulset/api', ''],
      ['Restart daemonset/api', 'it has no pods'],
    ]);
  });

  it('keeps the other statements, and refuses a policy that would be too long', async () => {
    const other = { Sid: 'x'.repeat(1990), Effect: 'Allow' };
    const account = new Account(other);
    const flow = await account.planned();
    expect(at(flow, 'refused').reason).toMatch(/trust policy of api would have \d+ characters/);
    flow.back();
    await settle();
    expect(at(flow, 'form').values['role']).toBe(ROLE);
  });

  it('refuses a role whose policy denies it: no statement would help', async () => {
    const deny = { ...byWebIdentity(identity).statement, Effect: 'Deny' };
    const flow = await new Account(byWebIdentity(identity).statement, deny).planned();
    expect(at(flow, 'refused').reason).toContain('a statement denies it; choose another role');
  });

  it('leaves a condition as it is that only the call shows, and says so', async () => {
    const within = {
      ...byWebIdentity(identity).statement,
      Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
    };
    const { plan } = at(await new Account(within).planned(), 'confirm');
    expect(plan.diff).toBeUndefined();
    expect(plan.warnings.join()).toContain('its condition on aws:SourceVpc shows only when');
  });

  it('lets Pod Identity take a role for this account alone, which trusted another namespace', async () => {
    const clusterArn = EKS.arn;
    const taker = { clusterArn, namespace: 'shop', serviceAccount: 'api', sessionTags: true };
    const theirs = byPodIdentity({ ...taker, namespace: 'payments' }).statement;
    const account = new Account(theirs);
    account.bench.awsAnswers['eks:ListAddons'] = () => ({ addons: ['eks-pod-identity-agent'] });
    const flow = await account.asked();
    flow.change('how', 'pod-identity');
    await settle();
    flow.submit();
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.steps[0]).toMatchObject({
      title: 'Add a statement to the trust policy of api',
      already: '',
    });
    flow.confirm();
    await settle();
    expect(parseTrust(account.trust)?.Statement).toEqual([theirs, byPodIdentity(taker).statement]);
  });

  it('sends no trust policy over one that somebody changed after the plan', async () => {
    const account = new Account();
    const flow = await account.planned();
    account.trust = trustDocument([{ Sid: 'theirs' }]);
    flow.confirm();
    await settle();
    expect(account.bench.last?.text).toContain('somebody has changed the trust policy');
    expect(account.trust).toContain('theirs');
  });

  it('sets no annotation over one that somebody set after the plan', async () => {
    const account = new Account(byWebIdentity(identity).statement);
    const flow = await account.planned();
    account.annotation = `${ROLE}-theirs`;
    account.bench.onPatch = ({ resource }) => {
      if (resource === 'serviceaccounts') throw kubeError(409, 'the object has been modified');
    };
    flow.confirm();
    await settle();
    expect(account.bench.last?.text).toContain('serviceaccount/api was changed meanwhile');
    expect(account.bench.last?.steps.map(({ state }) => state)).toEqual([
      ...['already', 'already', 'failed', 'left', 'left'],
    ]);
  });

  it('says what is wrong as it is, beside what will be done', async () => {
    const account = new Account();
    account.annotation = ROLE;
    const lines = (at(await account.asked(), 'form').preview ?? []).map(plain);
    expect(lines).toContainEqual(expect.stringContaining('does not trust the account'));
    expect(lines).toContain('+ Add a statement to the trust policy of api');
  });

  it('refuses a role of another account, and asks IAM for none of its name', async () => {
    const account = new Account();
    const flow = await account.asked();
    account.bench.awsCalls.length = 0;
    flow.change('role', ROLE.replace(/\d{12}/, '999988887777'));
    await settle();
    flow.submit();
    await settle();
    expect(flow.state.stage).not.toBe('confirm');
    expect(JSON.stringify(flow.state)).toMatch(/another account/);
    expect(account.bench.awsCalls.filter(([action]) => action === 'iam:GetRole')).toEqual([]);
  });

  it('offers Pod Identity where there is an agent, and says why where it cannot work', async () => {
    const account = new Account();
    const options = async () => {
      const [how] = at(await account.asked(), 'form').lines;
      return how?.type === 'choice' ? how.options.map(({ id, disabled }) => [id, disabled]) : [];
    };
    expect((await options())[1]?.[1]).toContain('is not installed');
    account.bench.awsAnswers['eks:ListAddons'] = () => ({ addons: ['eks-pod-identity-agent'] });
    expect(await options()).toEqual([
      ['pod-identity', ''],
      ['irsa', ''],
    ]);
    // What serves it already comes first: who only looks is not led to another way.
    account.annotation = ROLE;
    expect((await options())[0]?.[0]).toBe('irsa');
  });
});
