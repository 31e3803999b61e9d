/**
 * The aws CLI changes the simulated region as it changes AWS, and is told the same when it may not.
 * Skipped where it is not installed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalRegion, localRegion } from '../support/local-region.ts';
import { onPath } from '../support/on-path.ts';
import { Clients } from './peer.ts';

const ACCOUNT = '111122223333';
const CLUSTER = '--cluster-name shop-prod';
const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

describe.skipIf(!onPath('aws'))('the aws CLI changes', () => {
  let region: LocalRegion;
  let clients: Clients;

  beforeAll(async () => {
    region = await localRegion('--pods', '100');
    clients = new Clients(region.env);
  });
  afterAll(async () => {
    clients[Symbol.dispose]();
    await region.close();
  });

  const text = async (command: string): Promise<string> =>
    (await clients.aws(`${command} --output text`)).trim();
  const json = async (command: string): Promise<unknown> =>
    JSON.parse((await clients.aws(`${command} --output json`)) || 'null');

  it('Fargate profiles, one at a time', async () => {
    const role = `--pod-execution-role-arn ${roleArn('shop-prod-fargate-pods')}`;
    const named = (name: string): string => `${CLUSTER} --fargate-profile-name ${name}`;
    const create = (name: string): string =>
      `eks create-fargate-profile ${named(name)} ${role} --selectors namespace=jobs-*,labels={tier=low}`;
    expect(await json(create('jobs'))).toMatchObject({
      fargateProfile: {
        status: 'CREATING',
        selectors: [{ namespace: 'jobs-*', labels: { tier: 'low' } }],
      },
    });
    const status = `eks describe-fargate-profile ${named('jobs')} --query fargateProfile.status`;
    await expect(text(create('more'))).rejects.toThrow(
      'ResourceInUseException) when calling the CreateFargateProfile operation: Cannot create Fargate Profile more because cluster shop-prod currently has Fargate profile jobs in status CREATING',
    );
    region.pass(2);
    expect(await text(status)).toBe('ACTIVE');
    await text(`eks delete-fargate-profile ${named('jobs')}`);
    region.pass(2);
    await expect(text(status)).rejects.toThrow('ResourceNotFoundException');
  });

  it('the sizes of groups, and tells what they tried', async () => {
    const group = `${CLUSTER} --nodegroup-name general`;
    const id = await text(
      `eks update-nodegroup-config ${group} --scaling-config minSize=1,desiredSize=4 --query update.id`,
    );
    region.pass(1);
    expect(
      await text(
        `eks describe-update --name shop-prod --nodegroup-name general --update-id ${id} --query update.status`,
      ),
    ).toBe('Successful');
    expect(
      await json(`eks describe-nodegroup ${group} --query nodegroup.scalingConfig`),
    ).toMatchObject({ minSize: 1, desiredSize: 4 });

    const named = '--auto-scaling-group-name shop-prod-batch-workers';
    await text(`autoscaling update-auto-scaling-group ${named} --desired-capacity 4`);
    region.pass(1);
    expect(
      await text(
        `autoscaling describe-scaling-activities ${named} --query Activities[0].Description`,
      ),
    ).toContain('Launching a new EC2 instance');
    await expect(
      text(`autoscaling update-auto-scaling-group ${named} --desired-capacity 99`),
    ).rejects.toThrow('Desired capacity:99 must be between the specified min size');

    const starved = await text(
      'eks describe-nodegroup --cluster-name shop-staging --nodegroup-name workers-arm --query nodegroup.resources.autoScalingGroups[0].name',
    );
    expect(
      await text(
        `autoscaling describe-scaling-activities --auto-scaling-group-name ${starved} --query Activities[0].StatusMessage`,
      ),
    ).toContain('We currently do not have sufficient m7g.xlarge capacity');
  });

  it('the versions of node groups and of a cluster, which take their time', async () => {
    const group = '--cluster-name shop-staging --nodegroup-name workers';
    const begun = (await json(`eks update-nodegroup-version ${group} --force`)) as {
      update: { id: string; params: unknown };
    };
    expect(begun.update).toMatchObject({
      type: 'VersionUpdate',
      status: 'InProgress',
      params: [
        { type: 'Version', value: '1.34' },
        { type: 'ReleaseVersion', value: '1.34.8-20261124' },
      ],
    });
    expect(await text(`eks describe-nodegroup ${group} --query nodegroup.status`)).toBe('UPDATING');
    expect(
      await json('eks list-updates --name shop-staging --nodegroup-name workers'),
    ).toMatchObject({ updateIds: [begun.update.id] });

    const cluster = 'eks update-cluster-version --name shop-prod --kubernetes-version';
    await expect(text(`${cluster} 1.36`)).rejects.toThrow('Deprecated APIs removed');
    const id = await text(`${cluster} 1.36 --force --query update.id`);
    region.pass(10);
    expect(
      await text(`eks describe-update --name shop-prod --update-id ${id} --query update.status`),
    ).toBe('Successful');
    expect(await text('eks describe-cluster --name shop-prod --query cluster.version')).toBe(
      '1.36',
    );
    // The nodes are of 1.35: nothing holds the way back.
    expect(await text(`${cluster} 1.35 --query update.type`)).toBe('VersionRollback');
  });

  it('tells private subnets from public ones by their routes', async () => {
    const routed = (subnet: string): Promise<string> =>
      text(
        `ec2 describe-route-tables --filters Name=association.subnet-id,Values=${subnet} --query RouteTables[].Routes[].[GatewayId,NatGatewayId]`,
      );
    const subnets = async (tag: string): Promise<string[]> =>
      (
        await text(
          `ec2 describe-subnets --filters Name=tag:kubernetes.io/role/${tag},Values=1 Name=tag:kubernetes.io/cluster/shop-prod,Values=shared --query Subnets[].SubnetId`,
        )
      ).split(/\s+/);
    const [[open = ''], [closed = '']] = await Promise.all([
      subnets('elb'),
      subnets('internal-elb'),
    ]);
    expect(await routed(open)).toContain('igw-');
    const routes = await routed(closed);
    expect(routes).toContain('nat-');
    expect(routes).not.toContain('igw-');
  });

  it('Pod Identity associations', async () => {
    const account = `${CLUSTER} --namespace orders --service-account invoices`;
    const create = `eks create-pod-identity-association ${account} --role-arn ${roleArn('shop-prod-pod-identity')} --query association.associationId`;
    const id = await text(create);
    await expect(text(create)).rejects.toThrow(`Association already exists: ${id}`);
    const one = `${CLUSTER} --association-id ${id}`;
    await text(
      `eks update-pod-identity-association ${one} --role-arn ${roleArn('shop-prod-orders')}`,
    );
    expect(await json(`eks describe-pod-identity-association ${one}`)).toMatchObject({
      association: { serviceAccount: 'invoices', roleArn: roleArn('shop-prod-orders') },
    });
    await text(`eks delete-pod-identity-association ${one}`);
    expect(await json(`eks list-pod-identity-associations ${account}`)).toMatchObject({
      associations: [],
    });
    expect(await json(`eks list-addons ${CLUSTER} --query addons`)).toContain(
      'eks-pod-identity-agent',
    );
    expect(
      await text(`eks describe-addon ${CLUSTER} --addon-name vpc-cni --query addon.status`),
    ).toBe('ACTIVE');
  });

  it('roles, their trust and their policies', async () => {
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'pods.eks.amazonaws.com' },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
        },
      ],
    });
    const role = '--role-name peer';
    const create = `iam create-role ${role} --assume-role-policy-document ${trust}`;
    expect(await json(create)).toMatchObject({ Role: { Arn: roleArn('peer') } });
    await expect(text(create)).rejects.toThrow('EntityAlreadyExists');
    const wider = trust.replace('pods.eks', 'ec2');
    await text(`iam update-assume-role-policy ${role} --policy-document ${wider}`);
    expect(await json(`iam get-role ${role} --query Role.AssumeRolePolicyDocument`)).toEqual(
      JSON.parse(wider),
    );
    await expect(
      text(`iam update-assume-role-policy ${role} --policy-document {"Version":`),
    ).rejects.toThrow('MalformedPolicyDocument');
    const policy = `${role} --policy-arn arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess`;
    await text(`iam attach-role-policy ${policy}`);
    expect(
      await text(`iam list-attached-role-policies ${role} --query AttachedPolicies[].PolicyName`),
    ).toBe('AmazonS3ReadOnlyAccess');
    await expect(text(`iam delete-role ${role}`)).rejects.toThrow('DeleteConflict');
    await text(`iam detach-role-policy ${policy}`);
    await text(`iam delete-role ${role}`);
    await expect(text(`iam get-role ${role}`)).rejects.toThrow('NoSuchEntity');
    expect(await json('iam list-roles --query Roles[].RoleName')).toContain('shop-prod-node');
    const policies = await json(
      'iam list-policies --scope AWS --page-size 20 --query Policies[].Arn',
    );
    expect((policies as string[]).length).toBeGreaterThan(40);
  });

  it('OIDC providers, and tells what the caller may do', async () => {
    const url = '--url https://oidc.eks.eu-central-1.amazonaws.com/id/AAAA';
    const arn = await text(`iam create-open-id-connect-provider ${url} --client-id-list one`);
    const provider = `--open-id-connect-provider-arn ${arn}`;
    await text(`iam add-client-id-to-open-id-connect-provider ${provider} --client-id two`);
    expect(await json(`iam get-open-id-connect-provider ${provider} --query ClientIDList`)).toEqual(
      ['one', 'two'],
    );
    await text(`iam delete-open-id-connect-provider ${provider}`);
    expect(
      await text(
        `iam simulate-principal-policy --policy-source-arn ${roleArn('ShopOperator')} --action-names eks:CreateFargateProfile --query EvaluationResults[].EvalDecision`,
      ),
    ).toBe('allowed');
  });

  it.skipIf(!onPath('kubectl'))('proves the identity of a service account', async () => {
    const context = 'shop-prod';
    const contexts = (await clients.kubectl('config get-contexts -o name')).split('\n');
    const name = contexts.find((each) => each.includes(context)) ?? '';
    const token = async (audience: string): Promise<string> =>
      (
        await clients.kubectl(
          `--context ${name} -n orders create token orders-api --audience ${audience}`,
        )
      ).trim();
    // No key: the token alone says who it is.
    const nobody = clients.with({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    const prove = async (audience: string, role: string): Promise<string> =>
      (
        await nobody.aws(
          `sts assume-role-with-web-identity --role-arn ${roleArn(role)} --role-session-name proof --web-identity-token ${await token(audience)} --query AssumedRoleUser.Arn --output text`,
        )
      ).trim();
    expect(await prove('sts.amazonaws.com', 'shop-prod-orders')).toBe(
      `arn:aws:sts::${ACCOUNT}:assumed-role/shop-prod-orders/proof`,
    );
    await expect(prove('other', 'shop-prod-orders')).rejects.toThrow('Incorrect token audience');
    await expect(prove('sts.amazonaws.com', 'shop-prod-payments')).rejects.toThrow(
      'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    );
  });
});
