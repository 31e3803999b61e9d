import { describe, expect, it } from 'vitest';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import type { Chart, MetricChart } from '../../../src/domain/charts/chart.ts';
import { SPANS } from '../../../src/domain/charts/span.ts';
import type { AwsDoor } from '../../../src/ports/aws.ts';
import type { AwsCall, AwsCalls } from '../../../src/ports/aws-calls.ts';
import { ChartFeed } from '../../../src/session/chart-feed.ts';
import { MetricMeter } from '../../../src/session/metric-meter.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 14, 12, 0, 30);
const [HOUR, THREE, HALF] = SPANS;

type Input = AwsCalls['cloudwatch:GetMetricData']['input'];

const chart = (title: string, change: Partial<MetricChart> = {}): MetricChart => ({
  ...{ title, unit: 'count', finest: 60, quiet: 'nothing happened' },
  lines: ['one', 'two'].map((name) => ({
    label: name,
    metric: { namespace: 'AWS/EKS', name: `${title}_${name}`, dimensions: {}, stat: 'Average' },
  })),
  ...change,
});

const sender = {
  ...{ namespace: 'ContainerInsights', dimensions: { ClusterName: 'shop' } },
  ...{ missing: 'nothing is sent', hint: 'turn it on' },
};

class Bench {
  readonly clock = new VirtualClock(NOW);
  readonly meter = new MetricMeter();
  readonly asked: Input[] = [];
  lists = 0;
  /** What the next calls are answered with. */
  fault: AwsFault | null = null;
  listFault: AwsFault | null = null;
  isEmpty = false;
  status = 'Complete';
  listed: readonly { readonly MetricName: string }[] = [];
  readonly feed: ChartFeed;

  constructor(charts: readonly Chart[]) {
    const door: AwsDoor = {
      scope: { profile: '', region: 'eu-central-1' },
      call: <A extends AwsCall>(action: A, input: AwsCalls[A]['input']) =>
        this.#answer(action, input as Input) as Promise<AwsCalls[A]['output']>,
    };
    const { clock, meter } = this;
    const cluster = { name: 'shop', arn: 'arn:shop', region: 'eu-central-1' };
    this.feed = new ChartFeed({
      ...{ door, charts, clock, meter, cluster, memory: { chosen: () => null, found: new Map() } },
      changed: () => undefined,
    });
  }

  /** Lets time pass, and what was asked come. */
  async wait(ms = 0): Promise<void> {
    this.clock.advance(ms);
    for (let i = 0; i < 10; i++) await Promise.resolve();
  }

  /** The ids of the metrics of each call. */
  get ids(): readonly string[] {
    return this.asked.map(({ MetricDataQueries }) => MetricDataQueries.map(({ Id }) => Id).join());
  }

  #answer(action: AwsCall, input: Input): Promise<unknown> {
    if (action === 'cloudwatch:ListMetrics') {
      this.lists++;
      if (this.listFault) return Promise.reject(this.listFault);
      return Promise.resolve({ Metrics: this.listed });
    }
    this.asked.push(input);
    if (this.fault) return Promise.reject(this.fault);
    return Promise.resolve({
      MetricDataResults: input.MetricDataQueries.map(({ Id }, i) => ({
        ...{ Id, StatusCode: this.status },
        Timestamps: this.isEmpty ? [] : [input.StartTime],
        Values: this.isEmpty ? [] : [i + 1],
      })),
    });
  }
}

describe('what is on the screen', () => {
  it('is asked for in one call, by whole periods', async () => {
    const bench = new Bench([chart('a'), chart('b', { finest: 300 }), chart('c')]);
    expect(bench.feed.state(0, HOUR)).toEqual({ series: null, trouble: null });
    bench.feed.look([0, 1], HOUR);
    expect(bench.feed.isAsking).toBe(true);
    await bench.wait();
    expect(bench.ids).toEqual(['c0l0,c0l1,c1l0,c1l1']);
    const [call] = bench.asked;
    expect(call?.MetricDataQueries.map(({ Period }) => Period)).toEqual([60, 60, 300, 300]);
    expect([call?.StartTime, call?.EndTime]).toEqual([
      Date.UTC(2026, 9, 14, 11, 0),
      Date.UTC(2026, 9, 14, 12, 0),
    ]);
    expect(bench.feed.state(1, HOUR).series?.map(({ values }) => values[0])).toEqual([3, 4]);
    expect(bench.meter.words).toBe('asked 4 metrics');
    expect(bench.feed.isAsking).toBe(false);
  });

  it('is asked for again when it has a new point, and not before', async () => {
    const bench = new Bench([chart('a'), chart('b', { finest: 300 })]);
    bench.feed.look([0, 1], HOUR);
    await bench.wait();
    await bench.wait(34_000);
    expect(bench.asked).toHaveLength(1);
    await bench.wait(2_000);
    expect(bench.ids.slice(1)).toEqual(['c0l0,c0l1']);
    for (let i = 0; i < 4; i++) await bench.wait(MINUTE);
    expect(bench.ids.filter((ids) => ids.includes('c1'))).toHaveLength(2);
    expect(bench.ids.filter((ids) => ids.includes('c0'))).toHaveLength(6);
  });

  it('is told for each second where it is a sum, and as it is where it is not', async () => {
    const [one, other] = chart('a').lines;
    const sum = one && { ...one, metric: { ...one.metric, stat: 'Sum' } };
    const lines = [sum, other].filter((line) => line !== undefined);
    const bench = new Bench([chart('a', { perSecond: true, lines })]);
    bench.feed.look([0], HOUR);
    await bench.wait();
    const { series } = bench.feed.state(0, HOUR);
    expect(series?.map(({ values }) => values[0])).toEqual([1 / 60, 2]);
  });

  it('is 0 where there was something to count and none is sent', async () => {
    const bench = new Bench([chart('Requests'), chart('Errors', { countsOf: 'Requests' })]);
    bench.isEmpty = true;
    bench.feed.look([1], HOUR);
    await bench.wait();
    const errors = () => bench.feed.state(1, HOUR).series?.map(({ values }) => values.slice(0, 2));
    expect(errors()).toEqual([
      [null, null],
      [null, null],
    ]);
    bench.isEmpty = false;
    bench.feed.look([0, 1], HOUR);
    await bench.wait();
    // Requests are told of the first minute alone.
    expect(errors()).toEqual([
      [0, null],
      [0, null],
    ]);
  });

  it('is no longer asked for when nobody looks, and at once when somebody does', async () => {
    const bench = new Bench([chart('a')]);
    bench.feed.look([0], HOUR);
    await bench.wait();
    bench.feed.stop();
    await bench.wait(60 * MINUTE);
    expect(bench.asked).toHaveLength(1);
    bench.feed.look([0], HOUR);
    await bench.wait();
    expect(bench.asked).toHaveLength(2);
  });

  it('costs nothing when one comes back to it within its period', async () => {
    const bench = new Bench([chart('a')]);
    for (const span of [HOUR, THREE, HOUR, HALF, THREE]) {
      bench.feed.look([0], span);
      await bench.wait();
    }
    expect(bench.asked).toHaveLength(3);
    expect(bench.asked[2]?.MetricDataQueries[0]?.Period).toBe(300);
  });

  it('goes on to another span while the first is on its way', async () => {
    const bench = new Bench([chart('a')]);
    bench.feed.look([0], HOUR);
    bench.feed.look([0], THREE);
    await bench.wait();
    expect(bench.feed.state(0, THREE).series).not.toBe(null);
    expect(bench.feed.state(0, HOUR).series).toBe(null);
  });

  it('is split where it is more than a call may be', async () => {
    const many = Array.from({ length: 300 }, (_, i) => chart(`c${i}`));
    const bench = new Bench(many);
    bench.feed.look([...many.keys()], HOUR);
    await bench.wait(1);
    await bench.wait(1);
    const counts = bench.asked.map(({ MetricDataQueries }) => MetricDataQueries.length);
    expect(counts).toEqual([500, 100]);
    // Three hours of 600 metrics by the minute are more points than come at once, too.
    bench.feed.look([...many.keys()], THREE);
    for (let i = 0; i < 5; i++) await bench.wait(1);
    const points = bench.asked
      .slice(2)
      .map(({ MetricDataQueries }) => MetricDataQueries.length * 180);
    for (const each of points) expect(each).toBeLessThanOrEqual(100_800);
  });

  it('is not asked for where it is known to be empty', async () => {
    const bench = new Bench([chart('a', { off: 'too old' })]);
    bench.feed.look([0], HOUR);
    await bench.wait(5 * MINUTE);
    expect(bench.asked).toEqual([]);
    expect(bench.meter.isEmpty).toBe(true);
  });
});

describe('what fails', () => {
  const denied = new AwsFault('denied', 'needs cloudwatch:GetMetricData', 'ask for it');
  const busy = new AwsFault('busy', 'AWS throttles cloudwatch:GetMetricData');

  it('is said, and asked again: what is denied later', async () => {
    const bench = new Bench([chart('a')]);
    bench.fault = denied;
    bench.feed.look([0], HOUR);
    await bench.wait();
    expect(bench.feed.state(0, HOUR).trouble).toEqual({
      ...{ reason: 'needs cloudwatch:GetMetricData', hint: 'ask for it' },
    });
    await bench.wait(50_000);
    expect(bench.asked).toHaveLength(1);
    bench.fault = busy;
    await bench.wait(11_000);
    expect(bench.asked).toHaveLength(2);
    bench.fault = null;
    await bench.wait(16_000);
    expect(bench.feed.state(0, HOUR).trouble).toBe(null);
  });

  it('is asked again at once where that is wanted', async () => {
    const bench = new Bench([chart('a'), chart('b')]);
    bench.fault = denied;
    bench.feed.look([0, 1], HOUR);
    await bench.wait();
    bench.fault = null;
    bench.feed.again();
    await bench.wait();
    expect(bench.asked).toHaveLength(2);
    expect(bench.feed.state(1, HOUR).trouble).toBe(null);
    bench.feed.again();
    await bench.wait();
    expect(bench.asked).toHaveLength(2);
  });

  it('leaves what was read before', async () => {
    const bench = new Bench([chart('a')]);
    bench.feed.look([0], HOUR);
    await bench.wait();
    bench.fault = busy;
    await bench.wait(MINUTE);
    const { series, trouble } = bench.feed.state(0, HOUR);
    expect(series).not.toBe(null);
    expect(trouble?.reason).toBe('AWS throttles cloudwatch:GetMetricData');
  });

  it('is a metric that CloudWatch has no answer to', async () => {
    const bench = new Bench([chart('a')]);
    bench.status = 'InternalError';
    bench.feed.look([0], HOUR);
    await bench.wait();
    expect(bench.feed.state(0, HOUR).trouble?.reason).toBe('CloudWatch answers InternalError');
  });
});

describe('a chart without points', () => {
  const empty = async (change: (bench: Bench) => void, ...charts: readonly Chart[]) => {
    const bench = new Bench(charts);
    bench.isEmpty = true;
    change(bench);
    bench.feed.look([...charts.keys()], HOUR);
    await bench.wait(1);
    await bench.wait(1);
    return bench;
  };

  it('says why there may be none', async () => {
    const quiet = chart('a');
    const bench = await empty(() => undefined, quiet);
    expect(bench.feed.whyEmpty(quiet)).toEqual({ reason: 'nothing happened', hint: '' });
    expect(bench.lists).toBe(0);
  });

  it('asks once whether its metrics are sent at all', async () => {
    const [one, other] = [chart('a', { sender }), chart('b', { sender })];
    const bench = await empty(() => undefined, one, other);
    expect(bench.feed.whyEmpty(other)).toEqual({ reason: 'nothing is sent', hint: 'turn it on' });
    expect(bench.lists).toBe(1);
    expect(bench.meter.usd).toBe('<$0.0001');
  });

  it('costs nothing more while nothing is sent, and is looked at again now and then', async () => {
    const one = chart('a', { sender });
    const bench = await empty(() => undefined, one);
    for (let i = 0; i < 5; i++) await bench.wait(MINUTE);
    bench.feed.look([0], THREE);
    await bench.wait();
    expect(bench.asked).toHaveLength(1);
    expect(bench.feed.state(0, THREE)).toEqual({ series: [], trouble: null });
    expect(bench.feed.whyEmpty(one)?.reason).toBe('nothing is sent');
    bench.isEmpty = false;
    for (let i = 0; i < 11; i++) await bench.wait(MINUTE);
    expect(bench.feed.state(0, THREE).series).toHaveLength(2);
    expect(bench.lists).toBe(1);
  });

  it('is looked at again where it still sends nothing', async () => {
    const one = chart('a', { sender });
    const bench = await empty(() => undefined, one);
    for (let i = 0; i < 25; i++) await bench.wait(MINUTE);
    expect(bench.asked.length).toBeLessThanOrEqual(3);
    expect(bench.lists).toBe(bench.asked.length);
    expect(bench.feed.whyEmpty(one)?.reason).toBe('nothing is sent');
  });

  it('is quiet where they are', async () => {
    const one = chart('a', { sender });
    const bench = await empty((each) => (each.listed = [{ MetricName: 'x' }]), one);
    expect(bench.feed.whyEmpty(one)?.reason).toBe('nothing happened');
  });

  it('does not know where that is denied, and says so', async () => {
    const one = chart('a', { sender });
    const bench = await empty((each) => {
      each.listFault = new AwsFault('denied', 'needs cloudwatch:ListMetrics', 'ask for it');
    }, one);
    expect(bench.feed.whyEmpty(one)).toEqual({
      reason: 'no points, and why is not known: needs cloudwatch:ListMetrics',
      hint: 'ask for it',
    });
  });
});
