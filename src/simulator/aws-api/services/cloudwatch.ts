import {
  GetMetricData$,
  ListMetrics$,
  type GetMetricDataInput,
  type GetMetricDataOutput,
  type ListMetricsInput,
  type ListMetricsOutput,
  type MetricDataQuery,
  type MetricDataResult,
  type MetricStat,
} from '@aws-sdk/client-cloudwatch';
import type { Figure, MetricSubject, Point } from '../../metric.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { statistic } from './metric-statistics.ts';

/** What CloudWatch takes and answers at most in one call. */
const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;
/** Points come in this late (ms). */
const LATE = 60_000;
const DAY = 86_400_000;
/** How long points of these many seconds are kept (ms): finer ones are not there any more. */
const RETENTION = [
  [60, 15 * DAY],
  [300, 63 * DAY],
  [3600, 455 * DAY],
] as const;

/** What CloudWatch answers of the region. */
export const CLOUDWATCH_OPERATIONS: readonly Operation[] = [
  operation(GetMetricData$, (input: GetMetricDataInput, account): GetMetricDataOutput => {
    const { MetricDataQueries: queries = [], StartTime, EndTime } = input;
    const [from, to] = [StartTime?.getTime() ?? 0, EndTime?.getTime() ?? 0];
    if (from >= to)
      throw invalid('The parameter StartTime must be less than the parameter EndTime.');
    if (queries.length > MOST_QUERIES) {
      throw invalid(`The collection MetricDataQueries must not have a size greater than 500.`);
    }
    const subjects = account.clusters.flatMap((cluster) => cluster.metrics());
    const results = queries.flatMap((query): MetricDataResult[] => {
      const points = pointsOf(statOf(query), subjects, { from, to, now: account.now });
      if (query.ReturnData === false) return [];
      const ordered = input.ScanBy === 'TimestampAscending' ? points : points.toReversed();
      return [
        {
          Id: query.Id,
          Label: query.Label ?? query.MetricStat?.Metric?.MetricName,
          Timestamps: ordered.map(([at]) => new Date(at)),
          Values: ordered.map(([, value]) => value),
          StatusCode: 'Complete',
        },
      ];
    });
    const count = results.reduce((sum, { Timestamps = [] }) => sum + Timestamps.length, 0);
    if (count > MOST_POINTS) throw invalid('You have requested too many data points.');
    return { MetricDataResults: results, Messages: [] };
  }),
  operation(ListMetrics$, (input: ListMetricsInput, account): ListMetricsOutput => {
    const found = listed(input, account);
    const { items, next } = pageOf(found, {
      size: 500,
      token: input.NextToken,
      most: 500,
      invalid: 'InvalidParameterValue',
    });
    return { Metrics: [...items], ...(next && { NextToken: next }) };
  }),
];

const invalid = (message: string): ApiError => new ApiError('ValidationError', 400, message);

function listed(
  { Namespace, MetricName, Dimensions = [] }: ListMetricsInput,
  { clusters }: AccountView,
) {
  return clusters
    .flatMap((cluster) => cluster.metrics())
    .filter(({ namespace, dimensions }) => {
      const hasAll = Dimensions.every(
        ({ Name = '', Value }) =>
          Name in dimensions && (Value === undefined || dimensions[Name] === Value),
      );
      return hasAll && (Namespace === undefined || namespace === Namespace);
    })
    .flatMap(({ namespace, dimensions, figures }) =>
      Object.keys(figures)
        .filter((name) => MetricName === undefined || name === MetricName)
        .map((name) => ({
          Namespace: namespace,
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        })),
    );
}

function statOf({ MetricStat: stat, Expression, Id }: MetricDataQuery): MetricStat {
  if (stat !== undefined) return stat;
  throw invalid(
    Expression === undefined
      ? `The parameter MetricDataQueries.member.${Id ?? ''}.MetricStat is required.`
      : 'Metric math is not served here.',
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

function pointsOf(
  { Metric: metric, Period = 0, Stat = '' }: MetricStat,
  subjects: readonly MetricSubject[],
  { from, to, now }: Range,
): readonly (readonly [at: number, value: number])[] {
  if (Period < 60 || Period % 60 !== 0) throw invalid('Period must be a multiple of 60.');
  const asked = Object.fromEntries(
    (metric?.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]),
  );
  const subject = subjects.find(
    ({ namespace, dimensions }) => namespace === metric?.Namespace && isSame(dimensions, asked),
  );
  const figure = subject?.figures[metric?.MetricName ?? ''];
  if (subject === undefined || figure === undefined) return [];
  const kept = RETENTION.find(([seconds]) => Period <= seconds)?.[1] ?? 455 * DAY;
  const step = Period * 1000;
  const points: (readonly [number, number])[] = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) {
    if (at < now - kept) continue;
    const { values, weight } = samples(subject, figure, at, Math.min(at + step, now - LATE));
    const value = statistic(Stat, values, weight);
    if (value !== null) points.push([at, value]);
  }
  return points;
}

/** Other dimensions are another metric. */
const isSame = (
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => other[name] === value);

/** Most points of a period that are worked out: of a long one a few tell as much. */
const MOST_SAMPLES = 6;

/** The points of [from, to) that there are, and how many each of them stands for. */
function samples(
  { resolution, since, until }: MetricSubject,
  figure: Figure,
  from: number,
  to: number,
): { readonly values: readonly Point[]; readonly weight: number } {
  const own = resolution * 1000;
  const weight = Math.max(1, Math.floor((to - from) / own / MOST_SAMPLES));
  const values: Point[] = [];
  for (let at = Math.ceil(from / own) * own; at < to; at += own * weight) {
    if (at < since || (until !== null && at >= until)) continue;
    const value = figure(at);
    if (value !== null) values.push(value);
  }
  return { values, weight };
}
