/**
 * Metrics of CloudWatch, read by the aws CLI (which speaks CBOR) and through the door (which speaks
 * JSON): of the simulated region, and of moto, into which the CLI puts them. Skipped where these are
 * not installed.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isProm } from '../../src/domain/charts/chart.ts';
import type { Metric } from '../../src/domain/charts/metric.ts';
import { SPANS } from '../../src/domain/charts/span.ts';
import { arnKey } from '../../src/domain/cluster-key.ts';
import { blankCluster } from '../../src/domain/tables/clusters.ts';
import type { AwsDoor, AwsPort } from '../../src/ports/aws.ts';
import type { Query } from '../../src/ports/query.ts';
import { clusterCharts } from '../../src/resources/charts/cluster.ts';
import { createSimulation } from '../../src/simulator/simulation.ts';
import { createAwsPort, NO_FILES } from '../../src/sources/aws/index.ts';
import { awsLine } from '../../src/ui/charts/copies.ts';
import { NOW, serveRegion, type TestAws } from '../support/aws-region.ts';
import { awsCli } from '../support/aws-cli.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { onPath } from '../support/on-path.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const run = promisify(execFile);
const REGION = 'eu-central-1';
const MINUTE = 60_000;

/** The charts of a cluster ask nothing of its store. */
const NO_QUERY = {} as Query;

type Env = Readonly<Record<string, string>>;

const cli =
  (env: Env) =>
  async (...args: readonly string[]): Promise<unknown> => {
    const told = await awsCli(['cloudwatch', ...args, '--output', 'json'], {
      ...{ PATH: process.env['PATH'], HOME: '/nonexistent', AWS_DEFAULT_REGION: REGION },
      ...env,
    });
    return told === '' ? null : (JSON.parse(told) as unknown);
  };

/** What the CLI is told to ask. */
const query = ({ namespace, name, dimensions, stat }: Metric, Period: number) => ({
  Id: 'm0',
  MetricStat: {
    Metric: {
      ...{ Namespace: namespace, MetricName: name },
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    ...{ Period, Stat: stat },
  },
});

interface Answer {
  readonly MetricDataResults: readonly {
    readonly Label: string;
    /** As they come on the wire by default: text, or seconds. */
    readonly Timestamps: readonly (string | number)[];
    readonly Values: readonly number[];
  }[];
}

/** The points of a metric as the CLI tells them, in ms, oldest first. */
async function byCli(env: Env, metric: Metric, from: number, to: number, period = 300) {
  const { MetricDataResults } = (await cli(env)(
    ...['get-metric-data', '--scan-by', 'TimestampAscending'],
    ...['--start-time', new Date(from).toISOString(), '--end-time', new Date(to).toISOString()],
    ...['--metric-data-queries', JSON.stringify([query(metric, period)])],
  )) as Answer;
  const [first] = MetricDataResults;
  return first?.Timestamps.map((time, i) => [
    typeof time === 'number' ? time * 1000 : Date.parse(time),
    first.Values[i],
  ]);
}

/** The same through the door. */
async function byDoor(door: AwsDoor, metric: Metric, from: number, to: number, Period = 300) {
  const { MetricDataResults } = await door.call('cloudwatch:GetMetricData', {
    MetricDataQueries: [{ Id: 'm0', metric, Period }],
    ...{ StartTime: from, EndTime: to },
  });
  const [first] = MetricDataResults;
  return first?.Timestamps.map((time, i) => [time, first.Values[i]]);
}

const doorOf = (env: Env): { readonly port: AwsPort; readonly door: AwsDoor } => {
  const port = createAwsPort({
    clock: new VirtualClock(),
    random: () => 0.5,
    env,
    files: NO_FILES,
  });
  return { port, door: port.door({ profile: '', region: REGION }, () => true) };
};

describe.skipIf(!onPath('aws'))('the aws CLI, on the simulated region', () => {
  const { region, clusters } = createSimulation({
    ...{ seed: 1, now: NOW, speed: 1, nodes: 12, pods: 60, caData: '' },
  });
  let aws: TestAws;
  let port: AwsPort;
  let door: AwsDoor;

  beforeAll(async () => {
    aws = await serveRegion(region);
    ({ port, door } = doorOf(aws.env));
  });
  afterAll(async () => {
    port.close();
    await aws.close();
  });

  const ofCluster = (namespace: string, name: string, stat = 'Average'): Metric => ({
    ...{ namespace, name, stat, dimensions: { ClusterName: 'shop-prod' } },
  });

  it.each([
    ofCluster('AWS/EKS', 'apiserver_request_total', 'Sum'),
    ofCluster('AWS/EKS', 'apiserver_request_duration_seconds_LIST_P99'),
    ofCluster('ContainerInsights', 'node_cpu_utilization', 'p90'),
    ofCluster('ContainerInsights', 'none_of_these'),
  ])('reads the points of $name that the door reads', async (metric) => {
    const span = [NOW - 60 * MINUTE, NOW] as const;
    const points = await byCli(aws.env, metric, ...span);
    expect(points).toEqual(await byDoor(door, metric, ...span));
    expect(points).toHaveLength(metric.name === 'none_of_these' ? 0 : 12);
  });

  it('reads as many nodes and pods as there are', async () => {
    const { store } = clusters[0]?.world ?? {};
    const last = async (name: string) =>
      (await byCli(aws.env, ofCluster('ContainerInsights', name), NOW - 10 * MINUTE, NOW, 60))?.at(
        -1,
      )?.[1];
    expect(await last('cluster_node_count')).toBe(store?.count('nodes'));
    const running = store?.list('pods').filter(({ status }) => status.phase === 'Running').length;
    // Some came or went in the last minute.
    const counted = await last('cluster_number_of_running_pods');
    expect(Math.abs((counted ?? 0) - (running ?? 0))).toBeLessThan(6);
  });

  it('takes the line that is copied of a chart', async () => {
    const set = clusterCharts.of(blankCluster(arnKey('a'), 'shop-prod'), NO_QUERY, {
      ...{ name: 'shop-prod', arn: 'a', profile: '', region: REGION },
    });
    const [chart] = 'none' in set ? [] : set.charts;
    if (chart === undefined || isProm(chart)) throw new Error('no chart');
    const line = awsLine(chart, SPANS[0], { profile: '', region: REGION }, NOW);
    const env = { PATH: process.env['PATH'], HOME: '/nonexistent', ...aws.env };
    const { stdout } = await run('sh', ['-c', `${line} --output json`], { env });
    const { MetricDataResults } = JSON.parse(stdout) as Answer;
    expect(MetricDataResults.map(({ Label }) => Label)).toEqual(
      chart.lines.map(({ label }) => label),
    );
    for (const { Values } of MetricDataResults) expect(Values).toHaveLength(59);
  });

  it('lists metrics, page by page, of what has them only', async () => {
    const list = async (cluster: string) =>
      (await cli(aws.env)(
        ...['list-metrics', '--namespace', 'ContainerInsights'],
        ...['--dimensions', `Name=ClusterName,Value=${cluster}`],
      )) as { readonly Metrics: readonly { readonly MetricName: string }[] };
    expect((await list('shop-prod')).Metrics.length).toBeGreaterThan(500);
    expect((await list('shop-staging')).Metrics).toEqual([]);
  });

  it('is told what is wrong', async () => {
    await expect(byCli(aws.env, ofCluster('AWS/EKS', 'x'), NOW, NOW - MINUTE)).rejects.toThrow(
      /ValidationError.*StartTime must be less/s,
    );
  });
});

describe.skipIf(!onPath('aws') || !onPath('moto_server'))('moto', () => {
  let moto: Moto;
  let port: AwsPort;
  let door: AwsDoor;

  beforeAll(async () => {
    moto = await startMoto();
    ({ port, door } = doorOf(moto.env));
  });
  afterAll(() => {
    port.close();
    moto.close();
  });

  it('tells the door what the CLI put into it', async () => {
    const now = Math.floor(Date.now() / (5 * MINUTE)) * 5 * MINUTE;
    const dimensions = { ClusterName: 'motley', NodeName: 'ip-10-0-0-1' };
    const data = [30, 25, 20, 10].map((minutes) => ({
      MetricName: 'node_cpu_utilization',
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Timestamp: new Date(now - minutes * MINUTE).toISOString(),
      ...{ Value: minutes / 4, Unit: 'Percent' },
    }));
    await cli(moto.env)(
      ...['put-metric-data', '--namespace', 'ContainerInsights'],
      ...['--metric-data', JSON.stringify(data)],
    );
    const metric: Metric = {
      ...{ namespace: 'ContainerInsights', name: 'node_cpu_utilization', dimensions },
      stat: 'Average',
    };
    const points = await byDoor(door, metric, now - 60 * MINUTE, now);
    expect(points).toEqual(
      [30, 25, 20, 10].map((minutes) => [now - minutes * MINUTE, minutes / 4]),
    );
    expect(points).toEqual(await byCli(moto.env, metric, now - 60 * MINUTE, now));
    const other = { ...metric, dimensions: { ClusterName: 'motley' } };
    expect(await byDoor(door, other, now - 60 * MINUTE, now)).toEqual([]);
    const { Metrics } = await door.call('cloudwatch:ListMetrics', {
      Namespace: 'ContainerInsights',
      Dimensions: [{ Name: 'ClusterName', Value: 'motley' }],
    });
    expect(new Set(Metrics.map(({ MetricName }) => MetricName))).toEqual(
      new Set(['node_cpu_utilization']),
    );
  });
});
