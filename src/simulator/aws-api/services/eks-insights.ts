import {
  DescribeInsight$,
  type DescribeInsightRequest,
  type DescribeInsightResponse,
  ListInsights$,
  type ListInsightsRequest,
  type ListInsightsResponse,
} from '@aws-sdk/client-eks';
import type { ClusterInsight } from '../../region.ts';
import { type Operation, operation } from '../operation.ts';
import { clusterOf, notFound, page } from './eks-lookup.ts';

/** EKS looks anew once a day: when it did so last, before the present (ms). */
const REFRESHED = 7 * 3_600_000;

/** What EKS finds out about clusters. */
export const INSIGHT_OPERATIONS: readonly Operation[] = [
  operation(ListInsights$, (input: ListInsightsRequest, account): ListInsightsResponse => {
    const { insights } = clusterOf(account, input.clusterName);
    const { categories, statuses } = input.filter ?? {};
    const wanted = insights.filter(
      ({ category, status }) =>
        (categories === undefined || categories.includes(category)) &&
        (statuses === undefined || statuses.includes(status)),
    );
    const { items, next } = page(wanted, input);
    return { insights: items.map((each) => summary(each, account.now)), nextToken: next };
  }),
  operation(DescribeInsight$, (input: DescribeInsightRequest, account): DescribeInsightResponse => {
    const { insights } = clusterOf(account, input.clusterName);
    const insight = insights.find(({ id }) => id === input.id);
    if (!insight) throw notFound(`Insight ${input.id ?? ''} was not found`, {});
    return {
      insight: {
        ...summary(insight, account.now),
        recommendation: insight.recommendation,
        additionalInfo: {
          'EKS update cluster documentation':
            'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
        },
        resources: insight.resources.map((kubernetesResourceUri) => ({ kubernetesResourceUri })),
        categorySpecificSummary: {
          deprecationDetails: insight.deprecated.map(
            ({ usage, replacedWith, stopsIn, clients }) => ({
              usage,
              replacedWith,
              stopServingVersion: stopsIn,
              startServingReplacementVersion: stopsIn,
              clientStats: clients.map(({ agent, requests }) => ({
                userAgent: agent,
                numberOfRequestsLast30Days: requests,
                lastRequestTime: new Date(account.now - REFRESHED),
              })),
            }),
          ),
        },
      },
    };
  }),
];

function summary(insight: ClusterInsight, now: number) {
  return {
    id: insight.id,
    name: insight.name,
    category: insight.category,
    kubernetesVersion: insight.version,
    lastRefreshTime: new Date(now - REFRESHED),
    lastTransitionTime: new Date(insight.since),
    description: insight.description,
    insightStatus: { status: insight.status, reason: insight.reason },
  };
}
