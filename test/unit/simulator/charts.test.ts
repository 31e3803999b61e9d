/** What charts ask for is told by the simulated region: by the agent of CloudWatch, and by exporters. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isProm, type Chart } from '../../../src/domain/charts/chart.ts';
import { metricKey } from '../../support/metric-key.ts';
import { TABLES } from '../../../src/domain/tables/index.ts';
import type { NodeRow } from '../../../src/domain/tables/nodes.ts';
import type { Query } from '../../../src/ports/query.ts';
import { RESOURCES } from '../../../src/resources/index.ts';
import { startMetrics } from '../../../src/simulator/metrics/index.ts';
import { Evaluation } from '../../../src/simulator/promql/evaluate.ts';
import { parsePromql } from '../../../src/simulator/promql/syntax.ts';
import { untyped } from '../../../src/ui/resource/row-resource.ts';
import { smallWorld, workload, type SmallWorld } from './small-world.ts';

const eks = { name: 'small', arn: 'arn', profile: '', region: 'eu-central-1' };

let small: SmallWorld;
let told: ReturnType<typeof startMetrics>;
let node: Pick<NodeRow, 'name' | 'instanceId' | 'internalIP' | 'nodegroup'>;

beforeAll(() => {
  small = smallWorld({ ago: 3_600_000 });
  small.add('deployments', 'api', workload('api', 3));
  small.add('services', 'api', {
    type: 'ClusterIP',
    selector: { 'app.kubernetes.io/name': 'api' },
    ports: [
      { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
      { name: 'metrics', port: 9090, targetPort: 8080, protocol: 'TCP' },
    ],
  });
  const ended = workload('ended', 1) as { readonly template: { readonly spec: object } };
  small.add('pods', 'ended', { ...ended.template.spec, restartPolicy: 'Never' });
  small.run(600);
  const { store } = small.world;
  const pod = store.get('pods', 'shop', 'ended');
  if (pod === undefined) throw new Error('no pod');
  store.update('pods', { ...pod, status: { ...pod.status, phase: 'Succeeded' } });
  told = startMetrics(small.world, small.clock.now() - 600_000, true);
  small.run(120);
  const [first] = store.list('nodes');
  node = {
    name: first?.metadata.name ?? '',
    instanceId: (first?.spec.providerID ?? '').replace(/^.*\//, ''),
    internalIP: first?.status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '',
    nodegroup: 'workers',
  };
});

/** The charts of a row, beside rows of the tables that they look into. */
function chartsOf(id: string, change: object, others: Record<string, readonly object[]> = {}) {
  const resource = RESOURCES.find((each) => each.id === id);
  if (resource === undefined) throw new Error(`no resource ${id}`);
  const row = { ...TABLES[resource.table as keyof typeof TABLES].blank, ...change };
  const query = { rows: (table: string) => others[table] ?? [] } as unknown as Query;
  const found = untyped(resource).charts?.of(row, query, eks);
  if (found === undefined || 'none' in found) throw new Error(found?.none ?? 'no charts');
  return found.charts;
}

/** Lines of which nothing is told now. */
function untold(charts: readonly Chart[]): readonly string[] {
  const at = small.clock.date() - 60_000;
  const metrics = new Set(
    told
      .metrics()
      .flatMap(({ namespace, dimensions, figures }) =>
        Object.entries(figures).flatMap(([name, figure]) =>
          figure(at) === null ? [] : [metricKey({ namespace, dimensions, name, stat: '' })],
        ),
      ),
  );
  return charts.flatMap((chart) =>
    isProm(chart)
      ? chart.lines.flatMap(({ label, query }) => {
          const count = answer(query({ own: null, range: 300 })).length;
          return count === 1 ? [] : [`${chart.title}: ${label} (${count})`];
        })
      : chart.lines.flatMap(({ label, metric }) =>
          metrics.has(metricKey({ ...metric, stat: '' })) ? [] : [`${chart.title}: ${label}`],
        ),
  );
}

const answer = (query: string) =>
  new Evaluation((name) => told.series(name)).at(parsePromql(query), small.clock.date());

const UNLIMITED = [
  ...['CPU, of its limit', 'Memory, of its limit'],
  ...['CPU held back by its limit', 'limit'],
];
const isOfLimit = (line: string): boolean => UNLIMITED.some((word) => line.includes(word));

describe('charts of a region in which nothing has a limit', () => {
  const pods = () => small.pods().map(({ metadata }) => metadata);
  const podRows = () =>
    pods().map(({ name, labels = {} }) => ({
      ...{ name, labels, namespace: 'shop' },
      ...{ workload: 'api', workloadKind: 'Deployment' },
    }));

  it.each([
    ['namespaces', () => chartsOf('namespaces', { name: 'shop' })],
    [
      'services',
      () =>
        chartsOf(
          'services',
          { name: 'api', namespace: 'shop', selector: { 'app.kubernetes.io/name': 'api' } },
          { pods: podRows() },
        ),
    ],
    ['deployments', () => chartsOf('deployments', { name: 'api', namespace: 'shop' })],
    ['pods', () => chartsOf('pods', { ...podRows()[0] })],
    ['nodes', () => chartsOf('nodes', node)],
    [
      'nodegroups',
      () =>
        chartsOf(
          'nodegroups',
          { name: 'workers', uid: 'workers', asg: small.group.name },
          { nodes: [{ ...TABLES.nodes.blank, ...node }] },
        ),
    ],
  ] as const)('have a figure for each line: %s', (_, charts) => {
    expect(untold(charts()).filter((line) => !isOfLimit(line))).toEqual([]);
  });

  it('count addresses of a service once, whatever ports it has, and 0 of none', () => {
    const [endpoints] = chartsOf('services', { name: 'api', namespace: 'shop' }).filter(isProm);
    const values = endpoints?.lines.map(({ query }) => answer(query({ own: null, range: 300 })));
    expect(values?.map(([sample]) => sample?.value)).toEqual([3, 0]);
  });

  it('leave out what pods asked for that have ended', () => {
    const requested = chartsOf('namespaces', { name: 'shop' })
      .filter(isProm)
      .flatMap(({ lines }) => lines)
      .filter(({ label }) => label === 'requested')
      .map(({ query }) => answer(query({ own: null, range: 300 }))[0]?.value);
    expect(requested).toEqual([expect.closeTo(0.3), 3 * 128 * 2 ** 20]);
  });
});
