/** Every kind that has charts: what is asked for, and of what there is none. */
import { describe, expect, it } from 'vitest';
import type { Chart } from '../../../src/domain/charts/chart.ts';
import { metricKey } from '../../../src/domain/charts/metric.ts';
import { TABLES } from '../../../src/domain/tables/index.ts';
import type { Query } from '../../../src/ports/query.ts';
import { RESOURCES } from '../../../src/resources/index.ts';
import { untyped } from '../../../src/ui/resource/row-resource.ts';

const eks = { name: 'shop', arn: 'arn', profile: '', region: 'eu-central-1' };
const BALANCER = 'arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/k8s-shop/0a';
const GROUP = 'arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/k8s-api/0b';

const query = (groups: readonly object[] = []): Query =>
  ({ rows: (table: string) => (table === 'targetgroups' ? groups : []) }) as unknown as Query;

/** The charts of a row of a resource, or why it has none. */
function chartsOf(id: string, change: object, groups: readonly object[] = []) {
  const resource = RESOURCES.find((each) => each.id === id);
  if (resource === undefined) throw new Error(`no resource ${id}`);
  const row = { ...TABLES[resource.table as keyof typeof TABLES].blank, name: 'x', ...change };
  return untyped(resource).charts?.of(row, query(groups), eks) ?? { none: '' };
}

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
};

describe.each(
  RESOURCES.filter(({ charts }) => charts !== undefined).map(({ id }) => [id] as const),
)('charts of %s', (id) => {
  const charts = some(chartsOf(id, SAMPLES[id] ?? {}));

  it('can be told apart, and so can their lines', () => {
    expect(new Set(charts.map(({ title }) => title)).size).toBe(charts.length);
    for (const { lines } of charts) {
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(6);
      expect(new Set(lines.map(({ label }) => label)).size).toBe(lines.length);
      expect(new Set(lines.map(({ metric }) => metricKey(metric))).size).toBe(lines.length);
    }
  });

  it('say why they may be empty, and name the rights that they take', () => {
    for (const { quiet } of charts) expect(quiet).not.toBe('');
    const resource = RESOURCES.find((each) => each.id === id);
    expect(resource?.charts?.iam).toContain('cloudwatch:GetMetricData');
  });

  it('tell sums for each second: a period is as long as the span asks for', () => {
    for (const { perSecond, lines } of charts) {
      const stats = new Set(lines.map(({ metric }) => metric.stat));
      if (stats.has('Sum')) expect(perSecond).toBe(true);
    }
  });

  it('ask for metrics with all of their dimensions', () => {
    const all = charts.flatMap(({ lines }) => lines.map(({ metric }) => metric));
    for (const { dimensions } of all) {
      for (const value of Object.values(dimensions)) expect(value).not.toBe('');
    }
  });
});

const metricsIn = (charts: readonly Chart[], namespace: string) =>
  charts.flatMap(({ lines }) => lines).filter(({ metric }) => metric.namespace === namespace);

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
      some(chartsOf('loadbalancers', row, [{ ...group, services: [], resource: '' }])),
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
  ])('%s %j', (id, change) => {
    expect(chartsOf(id, change)).toHaveProperty('none', expect.stringMatching(/^x .+/));
  });
});

it('a pod is drawn beside the mean of those of its workload', () => {
  const [cpu] = some(chartsOf('pods', { name: 'api-1', namespace: 'shop', workload: 'api' }));
  expect(cpu?.lines.map(({ label, metric }) => [label, metric.dimensions])).toEqual([
    ['this pod', { PodName: 'api', Namespace: 'shop', FullPodName: 'api-1', ClusterName: 'shop' }],
    ['mean of api', { PodName: 'api', Namespace: 'shop', ClusterName: 'shop' }],
  ]);
});
