import {
  CloudWatchClient,
  GetMetricDataCommand,
  ListMetricsCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type { MetricQuery, MetricResult } from '../../../ports/aws/cloudwatch-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import type { Operations, Sendable } from './operation.ts';
import { single } from './operation.ts';
import { allPages } from './pages.ts';
import { amount, many, record, text, time, type Reader } from './shape.ts';

/** CloudWatch itself answers with no more points at once. */
const MOST_POINTS = 100_800;

/** What stands at each place, also where that is nothing: times and values pair. */
function places<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value) => (Array.isArray(value) ? value.slice(0, MOST_POINTS).map(read) : []);
}

const result = record<MetricResult>({
  Id: text,
  StatusCode: text,
  Timestamps: places(time),
  Values: places(amount),
});

const queryOf = ({ Id, metric, Period }: Sendable<MetricQuery>): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period,
    Stat: metric.stat,
  },
});

/** The door's calls of CloudWatch. */
export function cloudWatchOperations(config: ClientConfig): Operations<'cloudwatch'> {
  const client = new CloudWatchClient(config);
  return {
    async 'cloudwatch:GetMetricData'({ MetricDataQueries, StartTime, EndTime }, ask) {
      const input = {
        MetricDataQueries: MetricDataQueries.map(queryOf),
        StartTime: new Date(StartTime),
        EndTime: new Date(EndTime),
        ScanBy: 'TimestampAscending',
      } as const;
      const parts = await allPages(
        (NextToken) =>
          ask((options) => client.send(new GetMetricDataCommand({ ...input, NextToken }), options)),
        ({ MetricDataResults }) => many(result)(MetricDataResults),
        ({ NextToken }) => text(NextToken),
      );
      return { MetricDataResults: joined(parts) };
    },
    'cloudwatch:ListMetrics': single(
      (input, options) => client.send(new ListMetricsCommand(input), options),
      ({ Metrics }) => ({ Metrics: many(record({ MetricName: text }))(Metrics) }),
    ),
  };
}

/** Each metric once: an answer of several pages has parts of it on each. */
function joined(parts: readonly MetricResult[]): readonly MetricResult[] {
  return [...Map.groupBy(parts, ({ Id }) => Id)].map(([Id, own]) => ({
    Id,
    // All but the last page say that there is more.
    StatusCode: own.at(-1)?.StatusCode ?? '',
    Timestamps: own.flatMap(({ Timestamps }) => Timestamps),
    Values: own.flatMap(({ Values }) => Values),
  }));
}
