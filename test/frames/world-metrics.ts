/** AWS as charts ask it: one cluster, and metrics that are always the same. */
import { AwsFault } from '../../src/domain/aws-fault.ts';
import { IDLE } from '../../src/domain/status.ts';
import { blankCluster } from '../../src/domain/tables/clusters.ts';
import type { AwsDoor, AwsPort } from '../../src/ports/aws.ts';
import type { AwsCall, AwsCalls } from '../../src/ports/aws-calls.ts';
import type { MetricQuery, MetricResult } from '../../src/ports/aws/cloudwatch-calls.ts';
import type { PromSeries } from '../../src/ports/aws/aps-calls.ts';
import type { Sink } from '../../src/ports/sink.ts';
import { MINUTE, NOW } from './world.ts';

const ARN = 'arn:aws:eks:eu-central-1:123456789012:cluster/shop';
const LIVE = { ...IDLE, state: 'live', since: NOW, asOf: NOW, synced: true } as const;

/** What it is told of AWS, and how often metrics were asked for. */
export interface MetricsWorld {
  /** Why no metric can be had; absent: they can. */
  readonly fault?: AwsFault;
  /** There is a workspace of Prometheus that the cluster is scraped into; absent: nobody may ask. */
  readonly prometheus?: boolean;
  /** The ARN of the cluster, where it is another one. */
  readonly arn?: string;
  /** Why no question to it is answered. */
  readonly promFault?: AwsFault;
  /** The namespaces that nothing is sent to. */
  readonly without?: readonly string[];
  calls: number;
  /** Questions to Prometheus. */
  queries?: string[];
}

type Input = AwsCalls['cloudwatch:GetMetricData']['input'];

/** The AWS of a cluster of which there are metrics. */
export const metricsAws = (world: MetricsWorld): AwsPort =>
  shopAws((action, input) => answer(world, action, input as Input));

/** An AWS with a cluster at the server that the frames are connected to, and what it answers. */
export function shopAws(
  answer: (action: AwsCall, input: unknown, signal?: AbortSignal) => Promise<unknown>,
): AwsPort {
  const door: AwsDoor = {
    scope: { profile: '', region: 'eu-central-1' },
    call: <A extends AwsCall>(action: A, input: AwsCalls[A]['input'], signal?: AbortSignal) =>
      answer(action, input, signal) as Promise<AwsCalls[A]['output']>,
  };
  return {
    follow(table, _target, sink) {
      if (table === 'clusters') (sink as unknown as Sink<object>).put([shop]);
      sink.synced();
      sink.status(LIVE);
      return () => undefined;
    },
    token: () => Promise.reject(new Error('no tokens here')),
    door: () => door,
    retryNow: () => undefined,
    endpoint: '',
    close: () => undefined,
  };
}

const shop = {
  ...blankCluster(ARN as never, 'shop'),
  ...{ endpoint: 'https://10.9.8.7', account: '123456789012', region: 'eu-central-1' },
  ...{ status: 'ACTIVE', version: '1.36' },
};

function answer(world: MetricsWorld, action: AwsCall, input: Input): Promise<unknown> {
  if (world.prometheus === true && action.startsWith('aps:')) {
    return promAnswer(world, action, input as unknown as Question);
  }
  if (action === 'cloudwatch:ListMetrics') return Promise.resolve({ Metrics: [] });
  if (action !== 'cloudwatch:GetMetricData') {
    return Promise.reject(new AwsFault('denied', `needs ${action}`));
  }
  world.calls++;
  if (world.fault !== undefined) return Promise.reject(world.fault);
  return Promise.resolve({
    MetricDataResults: input.MetricDataQueries.map((query) => points(query, input, world)),
  });
}

type Question = AwsCalls['aps:QueryMetrics']['input'];

/** One workspace, whose scraper sends what the cluster measures. */
function promAnswer(world: MetricsWorld, action: AwsCall, input: Question): Promise<unknown> {
  const status = { statusCode: 'ACTIVE' };
  const arn = 'arn:aws:aps:eu-central-1:123456789012:workspace/ws-1';
  switch (action) {
    case 'aps:ListWorkspaces':
      return Promise.resolve({
        workspaces: [{ workspaceId: 'ws-1', arn, alias: 'shop-metrics', status, tags: {} }],
      });
    case 'aps:ListScrapers':
      return Promise.resolve({
        scrapers: [
          {
            ...{
              scraperId: 's-1',
              status,
              source: { eksConfiguration: { clusterArn: world.arn ?? ARN } },
            },
            destination: { ampConfiguration: { workspaceArn: arn } },
          },
        ],
      });
    default:
      world.queries?.push(input.query);
      if (world.promFault !== undefined) return Promise.reject(world.promFault);
      return Promise.resolve({ series: promSeries(input), samples: 4000 });
  }
}

function promSeries({ query, start, end, step }: Question): readonly PromSeries[] {
  if (query.startsWith('count by')) {
    return ['shop', 'other'].map((cluster) => ({ labels: { cluster }, points: [[start, 3]] }));
  }
  return [...query.matchAll(/label_replace\((.*), "ekscope_line", "(c\d+l\d+)", "", ""\)/g)].map(
    ([, expression = '', line = '']) => {
      const points: [number, number][] = [];
      for (let at = start; at <= end; at += step * 1000) {
        const wave = 1 + 0.3 * Math.sin((at - NOW) / (25 * MINUTE) + expression.length);
        points.push([at, promSize(expression) * wave]);
      }
      return { labels: { ekscope_line: line }, points };
    },
  );
}

function promSize(query: string): number {
  if (query.startsWith('100 *')) return 30;
  if (/bytes|"memory"/.test(query)) return 120 * 2 ** 20;
  return query.includes('cpu') ? 0.3 : 4;
}

/** A wave, with an hour from 11 UTC on of which nothing is known. */
function points(
  { Id, metric, Period }: MetricQuery,
  { StartTime, EndTime }: Input,
  world: MetricsWorld,
): MetricResult {
  const sends = world.without?.includes(metric.namespace) !== true;
  const size = sizeOf(metric.name);
  const times: number[] = [];
  for (let at = StartTime; sends && at < EndTime; at += Period * 1000) {
    if (at < NOW - 60 * MINUTE || at >= NOW - 45 * MINUTE) times.push(at);
  }
  const phase = metric.name.length;
  return {
    ...{ Id, StatusCode: 'Complete', Timestamps: times },
    Values: times.map((at) => {
      const wave = 1 + 0.4 * Math.sin((at - NOW) / (25 * MINUTE) + phase);
      return size * wave * (metric.stat === 'Sum' ? Period : 1);
    }),
  };
}

/** How large it is about, by what it is called. */
function sizeOf(name: string): number {
  if (name.includes('seconds') || name.includes('Time')) return 0.04;
  if (name.includes('bytes')) return 120 * 2 ** 20;
  if (/percent|utilization|Utilization/.test(name)) return 40;
  return /[45]XX|429/.test(name) ? 1.5 : 60;
}
