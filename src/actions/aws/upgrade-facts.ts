/** What is asked of EKS before the version of a cluster changes. */
import { reasonOf } from '../../core/words.ts';
import { insightCause } from '../../domain/insight.ts';
import { insights } from '../../domain/tables/insights.ts';
import type { UpgradeFacts } from '../../domain/upgrade.ts';
import type { InsightDescription } from '../../ports/aws-shapes.ts';
import type { ActionContext } from '../engine/define.ts';
import { awsOf, type Aws } from '../targets/aws.ts';
import { paramOf, updatesOf } from './eks-updates.ts';

/** Addresses that EKS may need in the subnets of a cluster while it replaces its API servers. */
const ADDRESSES = 5;

/** What is known, and of what it could not be asked why. */
export interface Upgradable extends UpgradeFacts {
  /** `ACTIVE`, `UPDATING` … */
  readonly status: string;
  /** EKS makes its nodes, all of them or some. */
  readonly autoMode: boolean;
  /** Versions that EKS offers, with the end of their standard support (ms; null: not told). */
  readonly offered: ReadonlyMap<string, number | null>;
  readonly gaps: readonly string[];
}

/** Asks for all of it; what may not be asked is a gap, in words, but for the cluster itself. */
export async function upgradable(ctx: ActionContext): Promise<Upgradable> {
  const aws = awsOf(ctx);
  const { door, eks } = aws;
  const { name } = eks;
  const gaps: string[] = [];
  const orGap = <T>(what: string, asked: Promise<T>, gap: T): Promise<T> =>
    asked.catch((error: unknown) => {
      gaps.push(`${what}: ${reasonOf(error)}`);
      return gap;
    });
  const { cluster } = await door.call('eks:DescribeCluster', { name });
  const [offered, found, groups, upgraded, tight] = await Promise.all([
    orGap('versions that EKS offers are not known', offeredBy(aws), new Map()),
    orGap('insights are not known', insightsOf(aws), []),
    orGap('versions of node groups are not known', groupsOf(aws), []),
    orGap('whether it may go back is not known', lastUpgrade(aws), null),
    orGap('free addresses are not known', tightOf(cluster.resourcesVpcConfig.subnetIds, aws), []),
  ]);
  const { version, status } = cluster;
  return {
    ...{ version, status, offered, insights: found, groups, upgraded, tight, gaps },
    ...{ autoMode: cluster.computeConfig.enabled, kubelets: kubeletsOf(ctx) },
  };
}

async function offeredBy({ door }: Aws): Promise<ReadonlyMap<string, number | null>> {
  const { clusterVersions } = await door.call('eks:DescribeClusterVersions', {});
  return new Map(
    clusterVersions.map(({ clusterVersion, endOfStandardSupportDate }) => [
      clusterVersion,
      endOfStandardSupportDate,
    ]),
  );
}

async function insightsOf({ door, eks }: Aws): Promise<UpgradeFacts['insights']> {
  const clusterName = eks.name;
  const { insights: listed } = await door.call('eks:ListInsights', { clusterName });
  return Promise.all(
    listed.map(async ({ id, name, category, kubernetesVersion, insightStatus: { status } }) => {
      const known = { name, category, version: kubernetesVersion, status };
      if (status === 'PASSING') return { ...known, cause: '' };
      const { insight } = await door.call('eks:DescribeInsight', { clusterName, id });
      return { ...known, cause: causeOf(insight) };
    }),
  );
}

/** Which client calls what goes away, which add-ons are too old; else EKS's reason. */
function causeOf({ insightStatus, categorySpecificSummary: summary }: InsightDescription): string {
  return insightCause({
    ...insights.blank,
    ...insightStatus,
    deprecated: summary.deprecationDetails.map((detail) => ({
      usage: detail.usage,
      replacedWith: detail.replacedWith,
      stopsIn: detail.stopServingVersion,
      clients: detail.clientStats.map((client) => ({
        agent: client.userAgent,
        requests: client.numberOfRequestsLast30Days,
        last: client.lastRequestTime ?? 0,
      })),
    })),
    addons: summary.addonCompatibilityDetails.map(({ name, compatibleVersions: versions }) => ({
      name,
      versions,
    })),
  });
}

async function groupsOf({ door, eks }: Aws): Promise<UpgradeFacts['groups']> {
  const clusterName = eks.name;
  const { nodegroups } = await door.call('eks:ListNodegroups', { clusterName });
  return Promise.all(
    nodegroups.map(async (nodegroupName) => {
      const { nodegroup } = await door.call('eks:DescribeNodegroup', {
        clusterName,
        nodegroupName,
      });
      return { name: nodegroupName, version: nodegroup.version };
    }),
  );
}

async function lastUpgrade(aws: Aws): Promise<UpgradeFacts['upgraded']> {
  const all = await updatesOf({ name: aws.eks.name }, aws);
  const last = all.find(
    ({ type, status }) =>
      status === 'Successful' && (type === 'VersionUpdate' || type === 'VersionRollback'),
  );
  // After a rollback there is nothing to go back to.
  if (last?.type !== 'VersionUpdate') return null;
  return { at: last.createdAt ?? 0, to: paramOf(last, 'Version') };
}

async function tightOf(ids: readonly string[], { door }: Aws): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const Filters = [{ Name: 'subnet-id', Values: ids }];
  const { Subnets } = await door.call('ec2:DescribeSubnets', { Filters });
  return Subnets.flatMap(({ SubnetId, AvailableIpAddressCount: free }) =>
    free !== null && free < ADDRESSES
      ? `${SubnetId} has ${free} free addresses: EKS may need ${ADDRESSES}`
      : [],
  );
}

/**
 * Kubelets of the nodes, where there is a connection that follows them: but for those of Auto Mode,
 * which EKS brings to the version itself.
 */
function kubeletsOf({ query }: ActionContext): UpgradeFacts['kubelets'] {
  if (!query.status('nodes').synced) return null;
  const counts = new Map<string, number>();
  for (const { version, compute, gone } of query.rows('nodes'))
    if (gone === 0 && compute !== 'auto') counts.set(version, (counts.get(version) ?? 0) + 1);
  return counts;
}
