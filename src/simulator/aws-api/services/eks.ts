import {
  DescribeCluster$,
  type DescribeClusterRequest,
  type DescribeClusterResponse,
  DescribeClusterVersions$,
  type DescribeClusterVersionsRequest,
  type DescribeClusterVersionsResponse,
  DescribeNodegroup$,
  type DescribeNodegroupRequest,
  type DescribeNodegroupResponse,
  DescribeUpdate$,
  type DescribeUpdateRequest,
  type DescribeUpdateResponse,
  ListClusters$,
  type ListClustersRequest,
  type ListClustersResponse,
  ListNodegroups$,
  type ListNodegroupsRequest,
  type ListNodegroupsResponse,
  ListUpdates$,
  type ListUpdatesRequest,
  type ListUpdatesResponse,
} from '@aws-sdk/client-eks';
import type { EksUpdate } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { type Operation, operation } from '../operation.ts';
import { ACCESS_OPERATIONS } from './eks-access.ts';
import { ADDON_OPERATIONS } from './eks-addons.ts';
import { UPDATE_NODEGROUP_CONFIG } from './eks-changes.ts';
import { FARGATE_OPERATIONS } from './eks-fargate.ts';
import { addonIn, clusterOf, nodegroupOf, notFound, page } from './eks-lookup.ts';
import { INSIGHT_OPERATIONS } from './eks-insights.ts';
import { VERSION_OPERATIONS } from './eks-versions.ts';
import { POD_IDENTITY_OPERATIONS } from './eks-pod-identity.ts';
import { clusterShape, nodegroupShape, updateShape, versionShapes } from './eks-shapes.ts';

/** What EKS answers of the region. */
export const EKS_OPERATIONS: readonly Operation[] = [
  operation(ListClusters$, (input: ListClustersRequest, { clusters }): ListClustersResponse => {
    const { items, next } = page(
      clusters.map(({ name }) => name),
      input,
    );
    return { clusters: [...items], nextToken: next };
  }),
  operation(
    DescribeCluster$,
    ({ name = '' }: DescribeClusterRequest, account): DescribeClusterResponse => ({
      cluster: clusterShape(clusterOf(account, name), account.region),
    }),
  ),
  operation(
    DescribeClusterVersions$,
    (input: DescribeClusterVersionsRequest, { now }): DescribeClusterVersionsResponse => {
      const wanted = input.clusterVersions;
      const versions = versionShapes(now).filter(
        ({ clusterVersion = '' }) => !wanted || wanted.includes(clusterVersion),
      );
      const { items, next } = page(versions, input);
      return { clusterVersions: [...items], nextToken: next };
    },
  ),
  operation(ListNodegroups$, (input: ListNodegroupsRequest, account): ListNodegroupsResponse => {
    const { nodegroups } = clusterOf(account, input.clusterName);
    const { items, next } = page(
      nodegroups.map(({ name }) => name),
      input,
    );
    return { nodegroups: [...items], nextToken: next };
  }),
  operation(
    DescribeNodegroup$,
    (input: DescribeNodegroupRequest, account): DescribeNodegroupResponse => {
      const cluster = clusterOf(account, input.clusterName);
      return { nodegroup: nodegroupShape(cluster, nodegroupOf(cluster, input.nodegroupName)) };
    },
  ),
  operation(ListUpdates$, (input: ListUpdatesRequest, account): ListUpdatesResponse => {
    const { items, next } = page(
      updatesOf(account, input).map(({ id }) => id),
      input,
    );
    return { updateIds: [...items], nextToken: next };
  }),
  operation(DescribeUpdate$, (input: DescribeUpdateRequest, account): DescribeUpdateResponse => {
    const update = updatesOf(account, input).find(({ id }) => id === input.updateId);
    if (!update) throw notFound(`No update found for ID: ${input.updateId ?? ''}`, {});
    return { update: updateShape(update) };
  }),
  UPDATE_NODEGROUP_CONFIG,
  ...VERSION_OPERATIONS,
  ...FARGATE_OPERATIONS,
  ...POD_IDENTITY_OPERATIONS,
  ...ADDON_OPERATIONS,
  ...ACCESS_OPERATIONS,
  ...INSIGHT_OPERATIONS,
];

/** Updates of the cluster itself, or of a node group or an add-on of it. */
function updatesOf(
  account: AccountView,
  { name = '', nodegroupName, addonName }: ListUpdatesRequest,
): readonly EksUpdate[] {
  const cluster = clusterOf(account, name);
  if (addonName !== undefined) return addonIn(cluster, addonName).updates;
  return nodegroupName === undefined
    ? cluster.updates
    : nodegroupOf(cluster, nodegroupName).updates;
}
