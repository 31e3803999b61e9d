import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import { byFargate } from '../../../src/domain/role-taker.ts';
import { trustDocument } from '../../../src/domain/trust-policy.ts';
import type { FargateProfileDescription } from '../../../src/ports/aws-shapes.ts';
import { nodeGroupRow, podRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const ROLE = 'arn:aws:iam::111122223333:role/fargate';
const absent = (): never => {
  throw new AwsFault('absent', 'not there', '', { code: 'ResourceNotFoundException' });
};

function profile(name: string, status: string): FargateProfileDescription {
  return {
    ...{ fargateProfileName: name, fargateProfileArn: '', podExecutionRoleArn: ROLE },
    ...{ subnets: [], selectors: [], status, createdAt: null, health: { issues: [] } },
  };
}

const clusterArn = (name: string): string =>
  `arn:aws:eks:eu-central-1:111122223333:cluster/${name}`;
const role = (RoleName: string, AssumeRolePolicyDocument: string) => ({
  ...{ Path: '/', RoleName, Arn: `arn:aws:iam::111122223333:role/${RoleName}` },
  ...{ Description: '', CreateDate: null, AssumeRolePolicyDocument, Tags: [] },
  PermissionsBoundary: { PermissionsBoundaryArn: '' },
});
const roleFor = (cluster: string, name: string) =>
  role(name, trustDocument([byFargate(clusterArn(cluster), '').statement]));

/** AWS with a private and a public subnet, roles, and these profiles. */
function aws(bench: ActionBench, profiles = new Map<string, string>()) {
  const subnet = (SubnetId: string, zone: string) => ({
    ...{ SubnetId, VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZone: zone },
    ...{ AvailableIpAddressCount: 250, MapPublicIpOnLaunch: false, Tags: [] },
  });
  const table = (SubnetId: string, GatewayId: string) => ({
    ...{ RouteTableId: `rtb-${SubnetId}`, VpcId: 'vpc-1' },
    Associations: [{ SubnetId, Main: false }],
    Routes: [
      {
        ...{ DestinationCidrBlock: '0.0.0.0/0', DestinationIpv6CidrBlock: '', GatewayId },
        ...{ NatGatewayId: '', TransitGatewayId: '', State: 'active' },
      },
    ],
  });
  Object.assign(bench.awsAnswers, {
    'eks:DescribeCluster': () => ({
      cluster: {
        ...{ name: 'prod', arn: '', version: '1.34', status: 'ACTIVE', endpoint: '' },
        identity: { oidc: { issuer: '' } },
        resourcesVpcConfig: { vpcId: 'vpc-1', subnetIds: ['subnet-private', 'subnet-public'] },
        computeConfig: { enabled: false },
        certificateAuthority: { data: '' },
        ...{ id: '', outpostConfig: { outpostArns: [] } },
      },
    }),
    'ec2:DescribeSubnets': () => ({
      Subnets: [subnet('subnet-public', 'a'), subnet('subnet-private', 'b')],
    }),
    'ec2:DescribeRouteTables': () => ({
      RouteTables: [table('subnet-public', 'igw-1'), table('subnet-private', '')],
    }),
    'iam:ListRoles': () => ({
      Roles: [
        roleFor('staging', 'fargate-of-staging'),
        roleFor('prod', 'fargate'),
        role('other', '{}'),
      ],
    }),
    'iam:GetRole': () => {
      throw new AwsFault('absent', 'no role', '', { code: 'NoSuchEntity' });
    },
    'iam:CreateRole': () => ({ Role: role('made', '') }),
    'iam:AttachRolePolicy': () => ({}),
    'eks:ListFargateProfiles': () => ({ fargateProfileNames: [...profiles.keys()] }),
    'eks:DescribeFargateProfile': ({
      fargateProfileName: name,
    }: {
      fargateProfileName: string;
    }) => {
      const status = profiles.get(name);
      return status === undefined ? absent() : { fargateProfile: profile(name, status) };
    },
    'eks:CreateFargateProfile': ({ fargateProfileName: name }: { fargateProfileName: string }) => {
      if ([...profiles.values()].includes('DELETING'))
        throw new AwsFault('rejected', 'busy', '', { code: 'ResourceInUseException' });
      profiles.set(name, 'CREATING');
      return { fargateProfile: profile(name, 'CREATING') };
    },
    'eks:DeleteFargateProfile': ({ fargateProfileName: name }: { fargateProfileName: string }) => {
      profiles.set(name, 'DELETING');
      return { fargateProfile: profile(name, 'DELETING') };
    },
  });
  return profiles;
}

const pod = (name: string, labels: Record<string, string> = {}, fargateProfile = '') =>
  podRow({ name, namespace: 'shop', labels, group: 'web', fargateProfile });

async function asked(bench: ActionBench) {
  const flow = bench.runner(bench.onEks()).start('create-fargate-profile', []);
  await settle();
  return flow;
}

async function typed(bench: ActionBench, values: Readonly<Record<string, string>>) {
  const flow = await asked(bench);
  for (const [id, value] of Object.entries(values)) flow.change(id, value);
  await settle();
  flow.submit();
  await settle();
  return flow;
}

describe('creating a Fargate profile', () => {
  it('begins without a row, and offers private subnets and roles that Fargate may take', async () => {
    const bench = new ActionBench();
    aws(bench);
    const { lines, values } = at(await asked(bench), 'form');
    const choice = (id: string) => {
      const line = lines.find((each) => each.id === id);
      return line?.type === 'choice' ? line.options : [];
    };
    expect(choice('role').map(({ title }) => title)).toEqual(['fargate', 'make one']);
    expect(choice('subnets').map(({ title, disabled }) => [title, disabled])).toEqual([
      ['subnet-public', 'public: its way out is igw-1'],
      ['subnet-private', ''],
    ]);
    expect(values).toMatchObject({ role: ROLE, subnets: 'subnet-private' });
  });

  it('shows which pods match, which of them cannot run there, and which have to be restarted', async () => {
    const bench = new ActionBench();
    aws(bench);
    const api = pod('api', { app: 'api' });
    bench.put('pods', api, pod('web'), pod('there', {}, 'old'));
    bench.lists.set('pods', [
      { metadata: { name: 'api', uid: api.uid }, spec: { hostNetwork: true, containers: [] } },
    ]);
    const flow = await asked(bench);
    flow.change('selectors.0.namespace', 's*');
    await settle();
    const lines = (at(flow, 'form').preview ?? []).map(plain);
    expect(lines[0]).toBe(
      '3 pods match: 1 move when they are restarted, 1 run on Fargate already, 1 cannot run there',
    );
    expect(lines).toContain('✗ shop/api  uses the network of its node');
    flow.change('selectors.0.labels', 'app=api');
    await settle();
    expect((at(flow, 'form').preview ?? []).map(plain)[0]).toContain('1 pods match');
  });

  it('waits for its turn, says for what, and is done when the profile is ACTIVE', async () => {
    const bench = new ActionBench();
    const profiles = aws(bench, new Map([['old', 'DELETING']]));
    const flow = await typed(bench, { name: 'shop', 'selectors.0.namespace': 'shop' });
    flow.confirm();
    await settle();
    expect(bench.last?.text).toContain('old is DELETING');
    profiles.delete('old');
    bench.clock.advance(5000);
    await settle();
    expect(profiles.get('shop')).toBe('CREATING');
    expect(bench.last?.text).toContain('profile shop is CREATING');
    profiles.set('shop', 'ACTIVE');
    bench.clock.advance(6000);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done' });
    expect(at(flow, 'running').operation.state).toBe('done');
  });

  it('makes the role and gives it its policy, where one is to be made', async () => {
    const bench = new ActionBench();
    aws(bench);
    const flow = await typed(bench, {
      name: 'shop',
      role: 'new',
      'selectors.0.namespace': 'shop',
    });
    const { plan } = at(flow, 'confirm');
    expect(plan.steps.map(({ title, already }) => [title, already])).toEqual([
      ['Create IAM role EKSFargatePods-prod', ''],
      ['Attach AmazonEKSFargatePodExecutionRolePolicy to EKSFargatePods-prod', ''],
      ['Create Fargate profile shop', ''],
    ]);
    flow.confirm();
    await settle();
    const writes = bench.awsCalls
      .map(([action]) => action)
      .filter((each) => /Create|Attach/.test(each));
    expect(writes).toEqual(['iam:CreateRole', 'iam:AttachRolePolicy', 'eks:CreateFargateProfile']);
    const made = bench.awsCalls.find(([action]) => action === 'iam:CreateRole');
    // No profile of another cluster may take it.
    expect(JSON.stringify(made)).toContain(':fargateprofile/prod/*');
  });

  it('lets this cluster take a role of its own name that is another cluster’s', async () => {
    const bench = new ActionBench();
    aws(bench);
    const there = roleFor('prod-of-another-region', 'EKSFargatePods-prod');
    const written: string[] = [];
    Object.assign(bench.awsAnswers, {
      'iam:GetRole': () => ({ Role: there }),
      'iam:ListAttachedRolePolicies': () => ({ AttachedPolicies: [] }),
      'iam:UpdateAssumeRolePolicy': ({ PolicyDocument }: { PolicyDocument: string }) => {
        written.push(PolicyDocument);
        return {};
      },
    });
    const flow = await typed(bench, {
      name: 'shop',
      role: 'new',
      'selectors.0.namespace': 'shop',
    });
    const { plan } = at(flow, 'confirm');
    expect(plan.steps[0]?.title).toBe('Add a statement to the trust policy of EKSFargatePods-prod');
    expect(plan.diff?.map(({ text }) => text).join('\n')).toContain(':fargateprofile/prod/*');
    flow.confirm();
    await settle();
    expect(written[0]).toContain(':fargateprofile/prod-of-another-region/*');
    expect(written[0]).toContain(':fargateprofile/prod/*');
  });

  it('stays in the form where a name or a selector is wrong', async () => {
    const bench = new ActionBench();
    aws(bench, new Map([['there', 'ACTIVE']]));
    for (const name of ['there', 'eks-mine', '']) {
      const flow = await typed(bench, { name, 'selectors.0.namespace': 'shop' });
      expect(flow.state.stage).toBe('form');
    }
  });
});

describe('deleting a Fargate profile', () => {
  const group = nodeGroupRow('fargate/shop', { name: 'shop', kind: 'fargate', status: 'ACTIVE' });

  it('names the pods that end with it, and follows it until it is gone', async () => {
    const bench = new ActionBench();
    const profiles = aws(bench, new Map([['shop', 'ACTIVE']]));
    bench.put('pods', pod('api', {}, 'shop'), pod('web'));
    const runner = bench.runner(bench.onEks());
    const flow = runner.start('delete-fargate-profile', [bench.target('nodegroups', group)]);
    await settle();
    expect(at(flow, 'confirm').plan.victims).toEqual(['shop/api']);
    expect(flow.danger).toBe(2);
    flow.confirm();
    await settle();
    expect(bench.last?.text).toContain('DELETING');
    profiles.delete('shop');
    bench.clock.advance(6000);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done' });
  });

  it('is not for node groups', async () => {
    const bench = new ActionBench();
    const other = nodeGroupRow('managed/web', { name: 'web', kind: 'managed' });
    const flow = bench
      .runner(bench.onEks())
      .start('delete-fargate-profile', [bench.target('nodegroups', other)]);
    await settle();
    expect(at(flow, 'refused').reason).toContain('no Fargate profile');
  });
});
