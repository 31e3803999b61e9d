/**
 * What the aws CLI tells of clusters and groups is what the panes say. Skipped where it is not
 * installed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Region, startRegion } from '../e2e/region.ts';
import { onPath } from '../support/on-path.ts';
import { Clients } from './peer.ts';

interface Cluster {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly version: string;
  readonly platformVersion: string;
  readonly endpoint: string;
  readonly resourcesVpcConfig: {
    readonly endpointPublicAccess: boolean;
    readonly endpointPrivateAccess: boolean;
  };
}

interface Nodegroup {
  readonly nodegroupName: string;
  readonly status: string;
  readonly version: string;
  readonly releaseVersion: string;
  readonly capacityType: string;
  readonly instanceTypes: readonly string[];
  readonly amiType: string;
  readonly nodeRole: string;
  readonly subnets: readonly string[];
  readonly scalingConfig: {
    readonly minSize: number;
    readonly desiredSize: number;
    readonly maxSize: number;
  };
}

describe.skipIf(!onPath('aws'))('the aws CLI', () => {
  let region: Region;
  let clients: Clients;

  beforeAll(async () => {
    region = await startRegion('--pods', '100');
    clients = new Clients(region.env);
  });
  afterAll(() => {
    clients[Symbol.dispose]();
    region[Symbol.dispose]();
  });

  const eks = async (command: string): Promise<unknown> =>
    JSON.parse(await clients.aws(`eks ${command} --output json`));

  it('describes the same clusters', async () => {
    const { clusters } = (await eks('list-clusters')) as { clusters: string[] };
    const described = await Promise.all(
      clusters.map(
        async (name) =>
          ((await eks(`describe-cluster --name ${name}`)) as { cluster: Cluster }).cluster,
      ),
    );
    const expected = described.map(({ resourcesVpcConfig: access, arn, ...cluster }) => ({
      id: arn,
      name: cluster.name,
      status: cluster.status,
      version: cluster.version,
      platformVersion: cluster.platformVersion,
      endpoint: cluster.endpoint,
      endpointAccess: [
        access.endpointPublicAccess ? 'public' : '',
        access.endpointPrivateAccess ? 'private' : '',
      ]
        .filter(Boolean)
        .join('+'),
    }));
    expect(await clients.rows('clusters')).toMatchObject(expected);
  });

  it('describes the same groups', async () => {
    const { nodegroups } = (await eks('list-nodegroups --cluster-name shop-prod')) as {
      nodegroups: string[];
    };
    const { fargateProfileNames } = (await eks(
      'list-fargate-profiles --cluster-name shop-prod',
    )) as { fargateProfileNames: string[] };
    const described = await Promise.all(
      nodegroups.map(async (name) => {
        const answer = await eks(
          `describe-nodegroup --cluster-name shop-prod --nodegroup-name ${name}`,
        );
        return (answer as { nodegroup: Nodegroup }).nodegroup;
      }),
    );
    const expected = described.map(({ scalingConfig, ...group }) => ({
      name: group.nodegroupName,
      kind: 'managed',
      status: group.status,
      version: group.version,
      release: group.releaseVersion,
      capacity: group.capacityType.toLowerCase().replace('_', '-'),
      instanceTypes: group.instanceTypes.join(','),
      amiType: group.amiType,
      role: group.nodeRole,
      subnets: group.subnets.join(','),
      min: scalingConfig.minSize,
      desired: scalingConfig.desiredSize,
      max: scalingConfig.maxSize,
    }));
    const rows = await clients.rows('nodegroups');
    const ofKind = (kind: string) => rows.filter((row) => row['kind'] === kind);
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    expect(ofKind('managed')).toMatchObject(expected.sort(byName));
    expect(ofKind('fargate').map((row) => row['name'])).toEqual(fargateProfileNames.sort());
  });
});
