import { describe, expect, it } from 'vitest';
import type { ChosenWorkspace } from '../../../src/config/workspaces.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import type { Chart, PromChart } from '../../../src/domain/charts/chart.ts';
import { SPANS } from '../../../src/domain/charts/span.ts';
import type { AwsDoor } from '../../../src/ports/aws.ts';
import type { AwsCall, AwsCalls } from '../../../src/ports/aws-calls.ts';
import { ChartFeed } from '../../../src/session/chart-feed.ts';
import { MetricMeter } from '../../../src/session/metric-meter.ts';
import type { WorkspaceMemory } from '../../../src/session/workspace-look.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 14, 12, 0, 30);
const cluster = { name: 'shop', arn: 'arn:shop', region: 'eu-central-1' };
const ACTIVE = { statusCode: 'ACTIVE' };
const [HOUR] = SPANS;

type Question = AwsCalls['aps:QueryMetrics']['input'];

const workspace = (workspaceId: string, alias = '') => ({
  ...{ workspaceId, arn: `arn:${workspaceId}`, alias, status: ACTIVE, tags: {} },
});

const chart = (title: string, finest = 60): PromChart => ({
  ...{ title, unit: 'count', finest, quiet: 'nothing scraped', agent: 'prometheus' },
  lines: ['one', 'two'].map((label) => ({
    label,
    query: ({ own, range }) =>
      `${title}_${label}{${own?.label ?? ''}="${own?.value ?? ''}"}[${range}s]`,
  })),
});

/** What AWS itself measures. */
const metric = { namespace: 'AWS/EC2', name: 'x', dimensions: {}, stat: 'Average' };
const other: Chart = {
  ...{ title: 'other', unit: 'count', finest: 60, quiet: 'nothing measured' },
  lines: [{ label: 'one', metric }],
};

class Bench {
  readonly clock = new VirtualClock(NOW);
  readonly meter = new MetricMeter();
  readonly questions: Question[] = [];
  lists = 0;
  workspaces = [workspace('ws-1', 'metrics'), workspace('ws-2')];
  scraped: readonly string[] = ['ws-1'];
  /** The labels of what each workspace has. */
  targets: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
    'ws-1': [{ cluster: 'shop' }, { cluster: 'other' }],
  };
  readonly faults: Partial<Record<AwsCall, AwsFault>> = {};
  samples: number | null = 1000;
  /** Lists are answered when it is. */
  held: Promise<void> = Promise.resolve();
  /** What the configuration says. */
  choice: ChosenWorkspace | null = null;
  readonly memory: WorkspaceMemory = { chosen: () => this.choice, found: new Map() };

  feed(charts: readonly Chart[]): ChartFeed {
    const door: AwsDoor = {
      scope: { profile: '', region: 'eu-central-1' },
      call: <A extends AwsCall>(action: A, input: AwsCalls[A]['input']) =>
        this.#answer(action, input as Question) as Promise<AwsCalls[A]['output']>,
    };
    const { clock, meter, memory } = this;
    const feed: ChartFeed = new ChartFeed({
      ...{ door, charts, clock, meter, cluster, memory },
      changed: () => undefined,
    });
    return feed;
  }

  async wait(ms = 0): Promise<void> {
    this.clock.advance(ms);
    for (let i = 0; i < 30; i++) await Promise.resolve();
  }

  /** The questions for figures: not those for what there is. */
  get asked(): readonly Question[] {
    return this.questions.filter(({ query }) => !query.startsWith('count by'));
  }

  #answer(action: AwsCall, input: Question): Promise<unknown> {
    const fault = this.faults[action];
    if (action !== 'aps:QueryMetrics') this.lists++;
    if (fault !== undefined) return Promise.reject(fault);
    switch (action) {
      case 'aps:ListWorkspaces':
        return this.held.then(() => ({ workspaces: this.workspaces }));
      case 'aps:ListScrapers':
        return Promise.resolve({
          scrapers: this.scraped.map((id) => ({
            ...{ scraperId: `s-${id}`, status: ACTIVE },
            source: { eksConfiguration: { clusterArn: cluster.arn } },
            destination: { ampConfiguration: { workspaceArn: `arn:${id}` } },
          })),
        });
      default:
        return Promise.resolve(this.#series(input));
    }
  }

  #series(input: Question) {
    this.questions.push(input);
    if (input.query.startsWith('count by')) {
      const groups = this.targets[input.workspaceId] ?? [];
      return { series: groups.map((labels) => ({ labels, points: [] })), samples: 10 };
    }
    const lines = [...input.query.matchAll(/"(c\d+l\d+)"/g)].map(([, line = '']) => line);
    return {
      series: lines.map((line, i) => ({
        labels: { ekscope_line: line },
        points: [[input.start, i + 1]],
      })),
      samples: this.samples,
    };
  }
}

describe('charts of a Prometheus', () => {
  it('are asked in one question for each length of period, once it is known where', async () => {
    const bench = new Bench();
    const feed = bench.feed([chart('a'), chart('b'), chart('c', 300)]);
    feed.look([0, 1, 2], HOUR);
    expect(feed.agent).toBeNull();
    expect(feed.state(0, HOUR)).toEqual({ series: null, trouble: null });
    await bench.wait();
    expect(feed.agent).toBe('prometheus');
    expect(feed.prometheus).toMatchObject({
      ...{ is: 'found', own: { label: 'cluster', value: 'shop' } },
      ...{ why: 'scraper s-ws-1 sends shop into it', workspace: { id: 'ws-1' } },
    });
    expect(bench.asked).toHaveLength(2);
    const [minutes] = bench.asked;
    expect(minutes).toMatchObject({ workspaceId: 'ws-1', step: 60 });
    expect(minutes?.query.split('\nor ')).toEqual([
      'label_replace(a_one{cluster="shop"}[300s], "ekscope_line", "c0l0", "", "")',
      ...['a_two', 'b_one', 'b_two'].map(
        (name, i) =>
          `label_replace(${name}{cluster="shop"}[300s], "ekscope_line", "${['c0l1', 'c1l0', 'c1l1'][i]}", "", "")`,
      ),
    ]);
    // A point at the end of a period is its value.
    expect([minutes?.start, minutes?.end]).toEqual([
      Date.UTC(2026, 9, 14, 11, 1),
      Date.UTC(2026, 9, 14, 12, 0),
    ]);
    expect(feed.state(1, HOUR).series?.map(({ values }) => values[0])).toEqual([3, 4]);
    expect(bench.meter.words).toBe('asked 3 queries');
  });

  it('are asked again when they have a new point, and not while nobody looks', async () => {
    const bench = new Bench();
    const feed = bench.feed([chart('a')]);
    feed.look([0], HOUR);
    await bench.wait();
    await bench.wait(34_000);
    expect(bench.asked).toHaveLength(1);
    await bench.wait(2_000);
    expect(bench.asked).toHaveLength(2);
    feed.stop();
    await bench.wait(10 * MINUTE);
    expect(bench.asked).toHaveLength(2);
  });

  it('say what goes wrong with a question, and ask again', async () => {
    const bench = new Bench();
    const feed = bench.feed([chart('a')]);
    feed.look([0], HOUR);
    await bench.wait();
    bench.faults['aps:QueryMetrics'] = new AwsFault('busy', 'throttled');
    await bench.wait(MINUTE);
    expect(feed.state(0, HOUR)).toMatchObject({
      series: [{}, {}],
      trouble: { reason: 'throttled' },
    });
    delete bench.faults['aps:QueryMetrics'];
    await bench.wait(16_000);
    expect(feed.state(0, HOUR).trouble).toBeNull();
  });

  it('tell that a cost is not known where Prometheus does not tell it', async () => {
    const bench = new Bench();
    bench.samples = null;
    const feed = bench.feed([chart('a')]);
    feed.look([0], HOUR);
    await bench.wait();
    expect(bench.meter.usd).toBe('<$0.0001 and what Prometheus does not tell');
  });
});

describe('the workspace', () => {
  const answerOf = async (bench: Bench) => {
    const feed = bench.feed([chart('a')]);
    feed.look([], HOUR);
    await bench.wait();
    return feed.prometheus;
  };

  it('is found once for all panes', async () => {
    const bench = new Bench();
    await answerOf(bench);
    await answerOf(bench);
    expect(bench.lists).toBe(2);
  });

  it('is the one with a label of the cluster where nothing else says so', async () => {
    const bench = new Bench();
    bench.scraped = [];
    bench.targets = { 'ws-1': [{ cluster: 'other' }], 'ws-2': [{ cluster_name: 'shop' }] };
    expect(await answerOf(bench)).toMatchObject({
      ...{ is: 'found', workspace: { id: 'ws-2' }, why: 'label cluster_name in it is shop' },
    });
  });

  it('is named beside others that it might be as well', async () => {
    const bench = new Bench();
    bench.scraped = ['ws-1', 'ws-2'];
    bench.targets = { 'ws-1': [{ cluster: 'shop' }], 'ws-2': [{}] };
    expect(await answerOf(bench)).toMatchObject({
      why: 'scraper s-ws-1 sends shop into it; so it is with 1 other workspace',
    });
  });

  it.each([
    ['aps:ListWorkspaces', false],
    ['aps:QueryMetrics', false],
    ['aps:ListScrapers', true],
  ] as const)('without the right to %s', async (action, isFound) => {
    const bench = new Bench();
    bench.faults[action] = new AwsFault('denied', `needs ${action}`, 'ask for it');
    const answer = await answerOf(bench);
    // Labels tell as much as scrapers do.
    expect(answer).toMatchObject(
      isFound
        ? { is: 'found' }
        : { is: 'none', reason: `needs ${action}`, hint: 'ask for it', isFailed: true },
    );
  });

  it('is none where there is none, and may be there ten minutes later', async () => {
    const bench = new Bench();
    bench.workspaces = [];
    expect(await answerOf(bench)).toMatchObject({
      reason: 'no workspace of Managed Prometheus in eu-central-1',
    });
    bench.workspaces = [workspace('ws-1')];
    await answerOf(bench);
    expect(bench.lists).toBe(2);
    await bench.wait(11 * MINUTE);
    expect(await answerOf(bench)).toMatchObject({ is: 'found' });
  });

  it('is done without while AWS does not answer, and shown when it does', async () => {
    const bench = new Bench();
    let answer: () => void = () => undefined;
    bench.held = new Promise((resolve) => (answer = resolve));
    const feed = bench.feed([chart('a'), other]);
    feed.look([0], HOUR);
    await bench.wait(2_000);
    expect(feed.agent).toBeNull();
    await bench.wait(2_000);
    expect(feed.agent).toBe('cloudwatch');
    answer();
    await bench.wait();
    expect(feed.agent).toBe('prometheus');
  });

  it('is hoped for where nothing else measures it', async () => {
    const bench = new Bench();
    bench.workspaces = [];
    const feed = bench.feed([chart('a')]);
    feed.look([0], HOUR);
    await bench.wait();
    expect(feed.agent).toBe('prometheus');
    expect(feed.whyEmpty(chart('a'))).toMatchObject({
      reason: 'no workspace of Managed Prometheus in eu-central-1',
    });
  });

  it('is looked for again by hand where that failed', async () => {
    const bench = new Bench();
    bench.faults['aps:ListWorkspaces'] = new AwsFault('unreachable', 'no answer');
    const feed = bench.feed([chart('a'), other]);
    feed.look([0], HOUR);
    await bench.wait();
    expect(feed.agent).toBe('cloudwatch');
    delete bench.faults['aps:ListWorkspaces'];
    feed.again();
    await bench.wait();
    expect(feed.agent).toBe('prometheus');
    expect(bench.asked).toHaveLength(1);
  });
});

describe('a workspace that the user chose', () => {
  const ID = 'ws-0a1b2c3d-0000-4000-8000-0123456789ab';

  const answerOf = async (
    bench: Bench,
    workspace: string,
    label: ChosenWorkspace['label'] = null,
  ) => {
    bench.choice = { workspace, label };
    const feed = bench.feed([chart('a'), other]);
    feed.look([], HOUR);
    await bench.wait();
    return feed.prometheus;
  };

  it.each([
    [ID, ''],
    [`arn:aws:aps:eu-central-1:111122223333:workspace/${ID}`, ''],
    [`arn:aws:aps:us-east-1:111122223333:workspace/${ID}`, 'us-east-1'],
  ])('by %s needs no list, and is asked where it is', async (named, region) => {
    const bench = new Bench();
    bench.targets = { [ID]: [{ cluster: 'other' }, { cluster: 'shop' }] };
    expect(await answerOf(bench, named)).toMatchObject({
      ...{ is: 'found', workspace: { id: ID, region }, why: 'the configuration names it' },
      own: { label: 'cluster', value: 'shop' },
    });
    expect(bench.lists).toBe(0);
    expect(bench.questions[0]?.region).toBe(region);
  });

  it('by its alias is the one of that name, whatever scrapers say', async () => {
    const bench = new Bench();
    bench.workspaces = [workspace('ws-1', 'metrics'), workspace('ws-2', 'mine')];
    bench.targets = { 'ws-2': [{}] };
    expect(await answerOf(bench, 'mine')).toMatchObject({ workspace: { id: 'ws-2' }, own: null });
  });

  it('has its series by the label that the user chose', async () => {
    const bench = new Bench();
    bench.targets = { [ID]: [{ k8s: 'shop-eu' }] };
    const label = { label: 'k8s', value: 'shop "eu"' };
    expect(await answerOf(bench, ID, label)).toMatchObject({ is: 'found', own: label });
    expect(bench.questions.map(({ query }) => query)).toEqual([
      String.raw`count by (k8s) (up{k8s="shop \"eu\""})`,
    ]);
    bench.targets = {};
    bench.memory.found.clear();
    expect(await answerOf(bench, ID, label)).toMatchObject({
      ...{ is: 'none', isChosen: true, isFailed: false },
      reason: `nothing with k8s=shop "eu" is sent to workspace ${ID}`,
    });
  });

  it.each([
    [
      'nobodys',
      'there is no workspace nobodys in eu-central-1',
      'there are: metrics (ws-1), ws-2, twice (ws-3) and 1 more; one in another region is named by its ARN',
    ],
    ['twice', '2 workspaces are called twice', 'name one by its id: ws-3, ws-4'],
    [
      'arn:aws:aps:x.example/:111122223333:workspace/ws-9',
      'there is no workspace arn:aws:aps:x.example/:111122223333:workspace/ws-9 in eu-central-1',
      'there are: metrics (ws-1), ws-2, twice (ws-3) and 1 more; one in another region is named by its ARN',
    ],
  ] as const)('%s, which cannot be had', async (named, reason, hint) => {
    const bench = new Bench();
    bench.workspaces = [
      ...[workspace('ws-1', 'metrics'), workspace('ws-2')],
      ...[workspace('ws-3', 'twice'), workspace('ws-4', 'twice')],
    ];
    expect(await answerOf(bench, named)).toMatchObject({
      ...{ is: 'none', reason, isChosen: true },
      hint,
    });
  });

  it('by an id that is not there', async () => {
    const bench = new Bench();
    bench.faults['aps:QueryMetrics'] = new AwsFault('absent', 'no such workspace');
    expect(await answerOf(bench, ID)).toMatchObject({
      reason: `there is no workspace ${ID} in eu-central-1`,
      hint: 'those that are there: aws amp list-workspaces --region eu-central-1',
    });
  });

  it('that may not be asked says which right is missing', async () => {
    const bench = new Bench();
    bench.faults['aps:QueryMetrics'] = new AwsFault('denied', 'needs aps:QueryMetrics', 'ask');
    expect(await answerOf(bench, ID)).toMatchObject({
      ...{ reason: 'needs aps:QueryMetrics', hint: 'ask', isFailed: true, isChosen: true },
    });
  });

  it('of several clusters, of which no label tells, can be told how', async () => {
    const bench = new Bench();
    bench.targets = { [ID]: [{ cluster: 'a' }, { cluster: 'b' }] };
    expect(await answerOf(bench, ID)).toMatchObject({
      reason: `several clusters send to workspace ${ID}, and no label in it names shop`,
      hint: `the configuration can: prometheus: { shop: { workspace: ${ID}, label: name=value } }`,
    });
  });
});
