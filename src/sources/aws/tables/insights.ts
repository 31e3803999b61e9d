import type { InsightRow } from '../../../domain/rows.ts';
import { insights as table } from '../../../domain/tables/insights.ts';
import type { InsightDescription, InsightSummary } from '../../../ports/aws-shapes.ts';
import { readEach } from '../polling/read-each.ts';
import type { AwsTable } from '../polling/table.ts';

const CALLS = ['eks:ListInsights', 'eks:DescribeInsight'] as const;

/** EKS finds out anew once a day. */
const INTERVAL = 15 * 60_000;
const GOOD_FOR = 24 * 3_600_000;

/** What the listing tells of an insight. */
function listedInsight(insight: InsightSummary): InsightRow {
  return {
    ...table.blank,
    uid: insight.id,
    name: insight.name,
    created: insight.lastTransitionTime ?? 0,
    category: insight.category,
    status: insight.insightStatus.status,
    reason: insight.insightStatus.reason,
    version: insight.kubernetesVersion,
    refreshed: insight.lastRefreshTime ?? 0,
    since: insight.lastTransitionTime ?? 0,
    description: insight.description,
  };
}

/** The row of an insight. */
function insightRow(insight: InsightDescription): InsightRow {
  const { deprecationDetails, addonCompatibilityDetails } = insight.categorySpecificSummary;
  return {
    ...listedInsight(insight),
    recommendation: insight.recommendation,
    resources: insight.resources
      .map(({ kubernetesResourceUri, arn }) => kubernetesResourceUri || arn)
      .filter((resource) => resource !== ''),
    deprecated: deprecationDetails.map((detail) => ({
      usage: detail.usage,
      replacedWith: detail.replacedWith,
      stopsIn: detail.stopServingVersion,
      clients: detail.clientStats.map(
        ({ userAgent: agent, numberOfRequestsLast30Days: requests, lastRequestTime }) => ({
          agent,
          requests,
          last: lastRequestTime ?? 0,
        }),
      ),
    })),
    addons: addonCompatibilityDetails.map(({ name, compatibleVersions: versions }) => ({
      name,
      versions,
    })),
    links: insight.additionalInfo,
  };
}

/** What EKS finds out about a cluster; what passes is not asked about further. */
export const insights: AwsTable<'insights', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: INTERVAL, changing: INTERVAL },
  isChanging: () => false,
  parts(cluster, { reads, clock }) {
    const { name: clusterName } = cluster;
    const aws = reads(cluster);
    const each = readEach<InsightSummary, InsightRow>(clock, GOOD_FOR, {
      key: ({ id }) => id,
      stamp: ({ lastRefreshTime, insightStatus }) => `${lastRefreshTime} ${insightStatus.status}`,
      unread: listedInsight,
      async read(summary, { signal }) {
        if (summary.insightStatus.status === 'PASSING') return listedInsight(summary);
        const input = { clusterName, id: summary.id };
        return insightRow((await aws.call('eks:DescribeInsight', input, signal)).insight);
      },
    });
    return [
      {
        label: 'insights',
        rows: each.rows,
        async read(round) {
          const answer = await aws.call('eks:ListInsights', { clusterName }, round.signal);
          await each.read(answer.insights, round);
        },
      },
    ];
  },
};
