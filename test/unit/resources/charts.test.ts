/** Every kind that has charts: what is asked for, and of what there is none. */
import { describe, expect, it } from 'vitest';
import { isProm, type Chart, type MetricChart } from '../../../src/domain/charts/chart.ts';
import { metricKey } from '../../support/metric-key.ts';
import { TABLES } from '../../../src/domain/tables/index.ts';
import type { Query } from '../../../src/ports/query.ts';
import { RESOURCES } from '../../../src/resources/index.ts';
import {
  parsePromql,
  type Expression,
  type Selection,
} from '../../../src/simulator/promql/syntax.ts';
import { untyped } from '../../../src/ui/resource/row-resource.ts';

const eks = { name: 'shop', arn: 'arn', profile: '', region: 'eu-central-1' };
const BALANCER = 'arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/k8s-shop/0a';
const GROUP = 'arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/k8s-api/0b';

type Others = Readonly<Record<string, readonly object[]>>;

const query = (others: Others): Query =>
  ({ rows: (table: string) => others[table] ?? [] }) as unknown as Query;

/** The charts of a row of a resource, or why it has none. @param others rows beside it, by table */
function chartsOf(id: string, change: object, others: Others = {}) {
  const resource = RESOURCES.find((each) => each.id === id);
  if (resource === undefined) throw new Error(`no resource ${id}`);
  const row = { ...TABLES[resource.table as keyof typeof TABLES].blank, name: 'x', ...change };
  return untyped(resource).charts?.of(row, query(others), eks) ?? { none: '' };
}

const ofMetrics = (charts: readonly Chart[]): readonly MetricChart[] =>
  charts.filter((chart): chart is MetricChart => !isProm(chart));

function some(found: ReturnType<typeof chartsOf>): readonly Chart[] {
  if ('none' in found) throw new Error(found.none);
  return found.charts;
}

const SAMPLES: Readonly<Record<string, object>> = {
  clusters: { version: '1.36' },
  nodegroups: { asg: 'eks-web' },
  nodes: { instanceId: 'i-1' },
  loadbalancers: { uid: BALANCER, kind: 'alb' },
  targetgroups: { uid: GROUP, balancers: [BALANCER] },
  volumes: { name: 'vol-1' },
  pods: { namespace: 'shop', workload: 'api' },
  deployments: { namespace: 'shop' },
  statefulsets: { namespace: 'shop' },
  daemonsets: { namespace: 'shop' },
  namespaces: {},
  services: { namespace: 'shop', selector: { app: 'api' } },
};

describe.each(
  RESOURCES.filter(({ charts }) => charts !== undefined).map(({ id }) => [id] as const),
)('charts of %s', (id) => {
  const charts = some(chartsOf(id, SAMPLES[id] ?? {}));

  it('can be told apart, and so can their lines', () => {
    for (const shown of ['cloudwatch', 'prometheus']) {
      const titles = charts.flatMap(({ title, agent = shown }) => (agent === shown ? title : []));
      expect(new Set(titles).size).toBe(titles.length);
    }
    for (const { lines } of charts) {
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(6);
      expect(new Set(lines.map(({ label }) => label)).size).toBe(lines.length);
      const asked = lines.map((line) =>
        'metric' in line ? metricKey(line.metric) : line.query({ own: null, range: 300 }),
      );
      expect(new Set(asked).size).toBe(lines.length);
    }
  });

  it('say why they may be empty, and name the rights that they take', () => {
    for (const { quiet } of charts) expect(quiet).not.toBe('');
    const resource = RESOURCES.find((each) => each.id === id);
    expect(resource?.charts?.iam).toContain('cloudwatch:GetMetricData');
  });

  it('tell sums for each second: a period is as long as the span asks for', () => {
    for (const { perSecond, lines } of ofMetrics(charts)) {
      const stats = new Set(lines.map(({ metric }) => metric.stat));
      if (stats.has('Sum')) expect(perSecond).toBe(true);
    }
  });

  it('ask for metrics with all of their dimensions', () => {
    const all = ofMetrics(charts).flatMap(({ lines }) => lines.map(({ metric }) => metric));
    for (const { dimensions } of all) {
      for (const value of Object.values(dimensions)) expect(value).not.toBe('');
    }
  });
});

const metricsIn = (charts: readonly Chart[], namespace: string) =>
  ofMetrics(charts)
    .flatMap(({ lines }) => lines)
    .filter(({ metric }) => metric.namespace === namespace);

describe('a cluster', () => {
  it('that is too old is not measured', () => {
    const charts = some(chartsOf('clusters', { version: '1.27' }));
    expect(charts[0]?.off).toBe(
      'EKS measures control planes from Kubernetes 1.28 on; this one has 1.27',
    );
    expect(charts.at(-1)?.off).toBeUndefined();
  });

  it('of which the version is not known is asked about', () => {
    expect(some(chartsOf('clusters', {})).every(({ off }) => off === undefined)).toBe(true);
  });
});

describe('load balancers', () => {
  const group = { uid: GROUP, name: 'k8s-api', gone: 0, balancers: [BALANCER] };

  it('go by the ends of their ARNs, and have the hosts of their groups', () => {
    const row = { uid: BALANCER, kind: 'alb' };
    const lines = metricsIn(
      some(
        chartsOf('loadbalancers', row, {
          targetgroups: [{ ...group, services: [], resource: '' }],
        }),
      ),
      'AWS/ApplicationELB',
    );
    expect(lines[0]?.metric.dimensions).toEqual({ LoadBalancer: 'app/k8s-shop/0a' });
    const hosts = lines.find(({ metric }) => metric.name === 'UnHealthyHostCount');
    expect(hosts?.metric).toMatchObject({
      dimensions: { LoadBalancer: 'app/k8s-shop/0a', TargetGroup: 'targetgroup/k8s-api/0b' },
      stat: 'Maximum',
    });
  });

  it('that are classic go by their names', () => {
    const row = { uid: 'classic/old', kind: 'classic' };
    const names = metricsIn(some(chartsOf('loadbalancers', row)), 'AWS/ELB');
    expect(names.map(({ metric }) => metric.dimensions)).toContainEqual({
      LoadBalancerName: 'old',
    });
    expect(names.some(({ metric }) => metric.name === 'HealthyHostCount')).toBe(true);
  });

  it('without a group have no hosts, and a group without one has nothing', () => {
    const charts = some(chartsOf('loadbalancers', { uid: BALANCER, kind: 'nlb' }));
    expect(charts.map(({ title }) => title)).not.toContain('Targets');
    expect(chartsOf('targetgroups', { uid: GROUP, balancers: [] })).toHaveProperty('none');
  });
});

describe('what is measured nowhere says so', () => {
  it.each([
    ['nodes', { instanceId: '' }],
    ['nodes', { instanceId: 'mi-1' }],
    ['nodegroups', { asg: '' }],
    ['pods', { fargateProfile: 'previews' }],
    ['services', { type: 'ExternalName', external: 'db.example' }],
  ])('%s %j', (id, change) => {
    expect(chartsOf(id, change)).toHaveProperty('none', expect.stringMatching(/^x .+/));
  });
});

it('a pod is drawn beside the mean of those of its workload', () => {
  const [cpu] = ofMetrics(
    some(chartsOf('pods', { name: 'api-1', namespace: 'shop', workload: 'api' })),
  );
  expect(cpu?.lines.map(({ label, metric }) => [label, metric.dimensions])).toEqual([
    ['this pod', { PodName: 'api', Namespace: 'shop', FullPodName: 'api-1', ClusterName: 'shop' }],
    ['mean of api', { PodName: 'api', Namespace: 'shop', ClusterName: 'shop' }],
  ]);
});

describe('what a Prometheus is asked', () => {
  const queries = (id: string, change: object, others: Others = {}): readonly string[] =>
    some(chartsOf(id, change, others))
      .filter(isProm)
      .flatMap(({ lines }) => lines)
      .map(({ query: of }) => of({ own: { label: 'cluster', value: 'shop' }, range: 300 }));

  it('is of one cluster, wherever several send', () => {
    for (const id of ['clusters', 'nodes', 'pods', 'deployments', 'namespaces']) {
      const all = queries(id, SAMPLES[id] ?? {});
      expect(all.length).toBeGreaterThan(0);
      for (const text of all) {
        const evaluation = parsePromql(text);
        expect(selectionsIn(evaluation).every(hasClusterOf('shop'))).toBe(true);
        expect(selectionsIn(evaluation).some(hasClusterOf('other'))).toBe(false);
      }
    }
  });

  it('is of the pods of all that is behind a service, also of those that are gone', () => {
    const pod = (
      name: string,
      workloadKind: string,
      workload: string,
      labels = { app: 'api' },
    ) => ({
      ...{ name, namespace: 'shop', labels, workloadKind, workload },
    });
    const [, , cpu = ''] = queries('services', SAMPLES['services'] ?? {}, {
      pods: [
        pod('api-7d9fbcd44c-x2xzq', 'Deployment', 'api'),
        pod('api-7d9fbcd44c-z2xzq', 'Deployment', 'api'),
        pod('api-canary-7d9fbcd44c-x2xzq', 'Rollout', 'api-canary'),
        pod('by-hand', '', ''),
        pod('db-0', 'StatefulSet', 'db', { app: 'db' }),
      ],
    });
    const names = selectionsIn(parsePromql(cpu))
      .flatMap(({ matches }) => matches)
      .find(({ label }) => label === 'pod');
    for (const name of ['api-58f9c8b6d4-bbbbb', 'api-canary-58f9c8b6d4-bbbbb', 'by-hand']) {
      expect(names?.fits(name)).toBe(true);
    }
    for (const name of ['db-0', 'api-worker-58f9c8b6d4-bbbbb', 'by-hand-2']) {
      expect(names?.fits(name)).toBe(false);
    }
  });

  it('is of the nodes that a group has, of so many as a question can hold', () => {
    const nodes = Array.from({ length: 120 }, (_, i) => ({
      ...{ name: `ip-10-0-1-${i}`, internalIP: `10.0.1.${i}`, instanceId: `i-${i}` },
      ...{ nodegroup: i < 110 ? 'web' : 'other', gone: i === 0 ? 1 : 0 },
    }));
    const found = chartsOf('nodegroups', { name: 'web', uid: 'web' }, { nodes });
    expect(found).toHaveProperty('title', 'nodegroup web, 100 of its 109 nodes');
    const asked = selectionsIn(
      parsePromql(queries('nodegroups', { uid: 'web' }, { nodes }).at(-1) ?? ''),
    );
    const node = asked.flatMap(({ matches }) => matches).find(({ label }) => label === 'node');
    const fits = nodes.filter(({ name }) => node?.fits(name) === true);
    expect(fits.map(({ name }) => name)).toEqual(nodes.slice(1, 101).map(({ name }) => name));
  });

  it('is of the pods of a workload, also of those that are gone, and of no other', () => {
    const like = (id: string, kind: string): RegExp => {
      const [text = ''] = queries(id, { name: 'api', namespace: 'shop', kind });
      const [, pattern = ''] = /pod=~("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
      return new RegExp(`^(?:${JSON.parse(pattern) as string})$`);
    };
    expect('api-7d9fbcd44c-x2xzq').toMatch(like('deployments', 'Deployment'));
    expect('api-v2-7d9fbcd44c-x2xzq').not.toMatch(like('deployments', 'Deployment'));
    expect('api-12').toMatch(like('statefulsets', 'StatefulSet'));
    expect('api-x2xzq').toMatch(like('daemonsets', 'DaemonSet'));
    expect('api-main-x2xzq').not.toMatch(like('daemonsets', 'DaemonSet'));
  });

  it('finds a node by its name and by its address, and no node whose address begins alike', () => {
    const [cpu = ''] = queries('nodes', {
      name: 'ip-10-0-1-2',
      instanceId: 'i-1',
      internalIP: '10.0.1.2',
    });
    const instance = selectionsIn(parsePromql(cpu))
      .flatMap(({ matches }) => matches)
      .find(({ label }) => label === 'instance');
    for (const name of ['10.0.1.2:9100', '10.0.1.2', 'ip-10-0-1-2:9100']) {
      expect(instance?.fits(name)).toBe(true);
    }
    for (const name of ['10.0.1.22:9100', '10a0.1.2:9100', '110.0.1.2']) {
      expect(instance?.fits(name)).toBe(false);
    }
  });
});

function selectionsIn(expression: Expression): readonly Selection[] {
  switch (expression.is) {
    case 'selection':
      return [expression];
    case 'call':
      return expression.args.flatMap(selectionsIn);
    case 'aggregate':
      return selectionsIn(expression.of);
    case 'binary':
      return [expression.left, expression.right].flatMap(selectionsIn);
    default:
      return [];
  }
}

const hasClusterOf =
  (name: string) =>
  ({ matches }: Selection): boolean =>
    matches.some(({ label, fits }) => label === 'cluster' && fits(name));
