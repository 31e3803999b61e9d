import {
  type Cluster,
  type ClusterVersionInformation,
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeFargateProfileCommand,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  EKSClient,
  type FargateProfile,
  ListClustersCommand,
  ListFargateProfilesCommand,
  ListNodegroupsCommand,
  ListUpdatesCommand,
  type Nodegroup,
  type Update,
} from '@aws-sdk/client-eks';
import type { ClientConfig } from '../client-config.ts';
import { texts } from '../read.ts';
import type { Call } from '../session.ts';
import { allPages } from './pages.ts';

/** What the program reads from EKS. Null: the API left out what it was asked for. */
export interface EksApi {
  clusterNames(signal: AbortSignal): Promise<readonly string[]>;
  cluster(name: string, signal: AbortSignal): Promise<Cluster | null>;
  versions(signal: AbortSignal): Promise<readonly ClusterVersionInformation[]>;
  nodegroupNames(cluster: string, signal: AbortSignal): Promise<readonly string[]>;
  nodegroup(cluster: string, name: string, signal: AbortSignal): Promise<Nodegroup | null>;
  fargateNames(cluster: string, signal: AbortSignal): Promise<readonly string[]>;
  fargate(cluster: string, name: string, signal: AbortSignal): Promise<FargateProfile | null>;
  updateIds(cluster: string, nodegroup: string, signal: AbortSignal): Promise<readonly string[]>;
  update(
    cluster: string,
    nodegroup: string,
    id: string,
    signal: AbortSignal,
  ): Promise<Update | null>;
}

export function eksApi(config: ClientConfig, call: Call): EksApi {
  const client = new EKSClient(config);
  return {
    clusterNames: (abortSignal) =>
      allPages(
        (nextToken) =>
          call('eks:ListClusters', () =>
            client.send(new ListClustersCommand({ nextToken }), { abortSignal }),
          ),
        (page) => texts(page.clusters),
        (page) => page.nextToken,
      ),
    cluster: (name, abortSignal) =>
      call('eks:DescribeCluster', async () => {
        const answer = await client.send(new DescribeClusterCommand({ name }), { abortSignal });
        return answer.cluster ?? null;
      }),
    versions: (abortSignal) =>
      allPages(
        (nextToken) =>
          call('eks:DescribeClusterVersions', () =>
            client.send(new DescribeClusterVersionsCommand({ nextToken, includeAll: true }), {
              abortSignal,
            }),
          ),
        (page) => page.clusterVersions,
        (page) => page.nextToken,
      ),
    nodegroupNames: (clusterName, abortSignal) =>
      allPages(
        (nextToken) =>
          call('eks:ListNodegroups', () =>
            client.send(new ListNodegroupsCommand({ clusterName, nextToken }), { abortSignal }),
          ),
        (page) => texts(page.nodegroups),
        (page) => page.nextToken,
      ),
    nodegroup: (clusterName, nodegroupName, abortSignal) =>
      call('eks:DescribeNodegroup', async () => {
        const command = new DescribeNodegroupCommand({ clusterName, nodegroupName });
        return (await client.send(command, { abortSignal })).nodegroup ?? null;
      }),
    fargateNames: (clusterName, abortSignal) =>
      allPages(
        (nextToken) =>
          call('eks:ListFargateProfiles', () =>
            client.send(new ListFargateProfilesCommand({ clusterName, nextToken }), {
              abortSignal,
            }),
          ),
        (page) => texts(page.fargateProfileNames),
        (page) => page.nextToken,
      ),
    fargate: (clusterName, fargateProfileName, abortSignal) =>
      call('eks:DescribeFargateProfile', async () => {
        const command = new DescribeFargateProfileCommand({ clusterName, fargateProfileName });
        return (await client.send(command, { abortSignal })).fargateProfile ?? null;
      }),
    updateIds: (name, nodegroupName, abortSignal) =>
      allPages(
        (nextToken) =>
          call('eks:ListUpdates', () =>
            client.send(new ListUpdatesCommand({ name, nodegroupName, nextToken }), {
              abortSignal,
            }),
          ),
        (page) => texts(page.updateIds),
        (page) => page.nextToken,
      ),
    update: (name, nodegroupName, updateId, abortSignal) =>
      call('eks:DescribeUpdate', async () => {
        const command = new DescribeUpdateCommand({ name, nodegroupName, updateId });
        return (await client.send(command, { abortSignal })).update ?? null;
      }),
  };
}
