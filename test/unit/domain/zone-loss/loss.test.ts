import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../../../src/core/work.ts';
import type { NodeRow, PodRow, ZoneRow } from '../../../../src/domain/rows.ts';
import { healthyNeeded } from '../../../../src/domain/zone-loss/budgets.ts';
import { zoneLosses } from '../../../../src/domain/zone-loss/loss.ts';
import type { ZoneWorld } from '../../../../src/domain/zone-loss/world.ts';
import { nodeRow, podRow, rowOf, workloadRow } from '../../../support/rows.ts';

const NOWHERE: ZoneWorld = { nodes: [], pods: [], workloads: [], budgets: [], volumes: [] };
const [A, B] = ['eu-central-1a', 'eu-central-1b'];

const losses = (world: Partial<ZoneWorld>): readonly ZoneRow[] =>
  finished(zoneLosses({ ...NOWHERE, ...world }));
const lossOf = (zone: string, world: Partial<ZoneWorld>): ZoneRow | undefined =>
  losses(world).find(({ name }) => name === zone);

const node = (name: string, zone = A, given: Partial<NodeRow> = {}): NodeRow =>
  nodeRow({ name, zone, cpuAllocatable: 2, memoryAllocatable: 8, ...given });

const pod = (name: string, on: string, given: Partial<PodRow> = {}): PodRow =>
  podRow({
    name,
    namespace: 'shop',
    node: on,
    workloadKind: 'Deployment',
    workload: 'api',
    phase: 'Running',
    isReady: true,
    labels: { app: 'api' },
    cpuRequest: 1,
    ...given,
  });

const ZONE = 'topology.kubernetes.io/zone';

const spread = (given: object = {}) => ({
  ...{ key: ZONE, hard: true, maxSkew: 1, minDomains: 0, selector: 'app=api' },
  ...{ honorsTaints: false, ...given },
});

const api = (placement = {}) =>
  workloadRow('Deployment', {
    name: 'api',
    namespace: 'shop',
    placement: {
      nodeSelector: {},
      zones: [],
      tolerations: [],
      spread: [],
      bonds: [],
      ...placement,
    },
  });

describe('what falls with a zone', () => {
  const nodes = [node('a', A), node('b', B)];

  it('is a workload that is only there, with the cause', () => {
    const pods = [pod('1', 'a'), pod('2', 'a')];
    const causes = (placement: object) =>
      lossOf(A, { nodes, pods, workloads: [api(placement)] })?.losses.map(({ cause }) => cause);
    expect(causes({})).toEqual(['no topology spread constraint over zones']);
    expect(causes({ nodeSelector: { [ZONE]: A } })).toEqual(['its node selector names the zone']);
    expect(causes({ zones: [A] })).toEqual(['its node affinity names the zone']);
    expect(causes({ nodeSelector: { gpu: 'yes' } })).toEqual([
      'the nodes that it may run on are in one zone alone',
    ]);
    expect(causes({ spread: [spread({ hard: false })] })).toEqual([
      'its spread over zones is ScheduleAnyway',
    ]);
    expect(causes({ spread: [spread()] })).toEqual(['']);
  });

  it('is none of a daemon set', () => {
    const pods = [pod('1', 'a', { workloadKind: 'DaemonSet' })];
    expect(lossOf(A, { nodes, pods })).toMatchObject({ pods: 0, losses: [] });
  });

  it('is a budget that asks for more than is left', () => {
    const pods = [pod('1', 'a'), pod('2', 'b'), pod('3', 'b')];
    const budget = (given: object) =>
      rowOf('pdbs', {
        name: 'api',
        namespace: 'shop',
        selector: 'app=api',
        hasSelector: true,
        ...given,
      });
    const told = (given: object) =>
      lossOf(A, { nodes, pods, budgets: [budget(given)] })?.losses.flatMap((each) => each.budgets);
    expect(told({ minAvailable: '2' })).toEqual([]);
    expect(told({ minAvailable: '3' })).toEqual(['api: 2 healthy, 3 needed']);
    expect(told({ minAvailable: '70%' })).toEqual(['api: 2 healthy, 3 needed']);
    expect(told({ maxUnavailable: '1' })).toEqual([]);
    expect(told({ maxUnavailable: '0' })).toEqual(['api: 2 healthy, 3 needed']);
  });

  it('does not count what is being deleted already', () => {
    const minAvailable = '2';
    const budget = rowOf('pdbs', {
      ...{ name: 'api', namespace: 'shop', selector: 'app=api', hasSelector: true, minAvailable },
    });
    const leaving = pod('3', 'b', { deleting: 1 });
    const pods = [pod('1', 'a'), pod('2', 'b'), leaving];
    const [loss] = lossOf(A, { nodes, pods, budgets: [budget] })?.losses ?? [];
    expect(loss).toMatchObject({ total: 2, budgets: ['api: 1 healthy, 2 needed'] });
  });

  it('is a pod whose volume is there, and the volume', () => {
    const volumes = [rowOf('persistentvolumes', { name: 'v', zones: [A], claim: 'shop/data' })];
    const pods = [pod('1', 'a', { uses: ['persistentvolumeclaims/data'] })];
    expect(lossOf(A, { nodes, pods, volumes })).toMatchObject({
      volumes: 1,
      homeless: 1,
      losses: [{ why: 'its volume is in the zone', volumes: ['shop/data'] }],
    });
  });

  it('is a pod that no node takes, though all of it fits by sum', () => {
    const others = [node('b', B, { cpuAllocatable: 1 }), node('c', B, { cpuAllocatable: 1 })];
    const world = { nodes: [node('a', A), ...others], pods: [pod('1', 'a', { cpuRequest: 2 })] };
    expect(lossOf(A, world)).toMatchObject({ homeless: 1, cpuNeeded: 2, cpuFree: 2 });
  });

  it('is a pod that may run nowhere else', () => {
    const tainted = [node('a', A), node('b', B, { taints: ['gpu=yes:NoSchedule'] })];
    const world = { nodes: tainted, pods: [pod('1', 'a')], workloads: [api()] };
    expect(lossOf(A, world)?.losses).toMatchObject([
      { why: 'no node elsewhere that it may run on' },
    ]);
  });

  it('is a pod that its anti-affinity keeps from where there is room', () => {
    const host = 'kubernetes.io/hostname';
    const zone = 'topology.kubernetes.io/zone';
    const labelled = [...nodes, node('c', B)].map((each) => ({
      ...each,
      labels: { [host]: each.name, [zone]: each.zone },
    }));
    const told = (key: string, apart: boolean, here: readonly string[]) => {
      const pods = ['a', 'a', ...here].map((on, i) => pod(`${i}`, on, { cpuRequest: 0.1 }));
      const workloads = [api({ bonds: [{ key, selector: 'app=api', apart }] })];
      const row = lossOf(A, { nodes: labelled, pods, workloads });
      return [row?.homeless, row?.losses[0]?.why];
    };
    const forbids = 'its (anti-)affinity to other pods forbids the nodes with room';
    expect(told(host, true, [])).toEqual([0, '']);
    expect(told(host, true, ['b'])).toEqual([1, forbids]);
    expect(told(host, true, ['b', 'c'])).toEqual([2, forbids]);
    expect(told(zone, true, [])).toEqual([1, forbids]);
    expect(told(zone, false, [])).toEqual([0, '']);
    expect(told(host, false, ['c'])).toEqual([0, '']);
  });

  it('lies badly over the zones, and why', () => {
    const three = [node('a', A), node('b', B), node('c', 'eu-central-1c')];
    const told = (on: readonly string[], given: Partial<NodeRow> = {}) => {
      const pods = on.map((name, i) => pod(`${i}`, name, { cpuRequest: 0.1 }));
      const all = three.map((each) => (each.name === 'c' ? { ...each, ...given } : each));
      const loss = lossOf(A, { nodes: all, pods, workloads: [api()] })?.losses[0];
      return [loss?.spread.map(([, count]) => count), loss?.cause];
    };
    const none = 'no topology spread constraint over zones';
    expect(told(['a', 'b', 'c'])).toEqual([[1, 1, 1], '']);
    expect(told(['a', 'a', 'a', 'a', 'b'])).toEqual([[4, 1, 0], none]);
    expect(told(['a', 'a', 'a', 'a', 'b'], { cpuAllocatable: 0 })).toEqual([
      [4, 1, 0],
      `${none}; no room for one more in 1c`,
    ]);
  });

  it('is a node group that is only there', () => {
    const groups = [node('a', A, { group: 'x' }), node('c', A), node('b', B)];
    expect(lossOf(A, { nodes: groups })).toMatchObject({ nodes: 2, groups: ['x'] });
  });
});

describe('beside a model that tries everything', () => {
  /** Whether there is any way at all to put pods of these requests on nodes with so much free. */
  function canPlace(requests: readonly number[], free: readonly number[]): boolean {
    const [first, ...rest] = requests;
    if (first === undefined) return true;
    return free.some(
      (each, i) =>
        each >= first &&
        canPlace(
          rest,
          free.map((other, j) => (i === j ? other - first : other)),
        ),
    );
  }

  const world = fc.record({
    free: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    lost: fc.array(fc.record({ cpu: fc.integer({ min: 1, max: 3 }), of: fc.nat(2) }), {
      maxLength: 5,
    }),
    kept: fc.array(fc.nat(2), { maxLength: 4 }),
    min: fc.nat(6),
  });

  it('says of workloads and budgets the same, and never that pods fit which cannot', () => {
    fc.assert(
      fc.property(world, ({ free, lost, kept, min }) => {
        const nodes = [
          node('a', A),
          ...free.map((cpu, i) => node(`b${i}`, B, { cpuAllocatable: cpu + 100 })),
        ];
        // What is free is what the pods that stay leave.
        const fill = free.map((_, i) =>
          pod(`fill${i}`, `b${i}`, { workload: 'fill', cpuRequest: 100, labels: {} }),
        );
        const there = lost.map(({ cpu, of }, i) =>
          pod(`l${i}`, 'a', { workload: `w${of}`, cpuRequest: cpu }),
        );
        const here = kept.map((of, i) => pod(`k${i}`, 'b0', { workload: `w${of}`, cpuRequest: 0 }));
        const budget = rowOf('pdbs', {
          name: 'all',
          namespace: 'shop',
          selector: 'app=api',
          hasSelector: true,
          minAvailable: `${min}`,
        });
        const row = lossOf(A, { nodes, pods: [...fill, ...there, ...here], budgets: [budget] });
        const all = new Set(lost.map(({ of }) => of).filter((of) => !kept.includes(of)));
        const told = row?.losses.filter(({ pods, total }) => pods === total) ?? [];
        expect(new Set(told.map(({ name }) => name))).toEqual(
          new Set([...all].map((of) => `w${of}`)),
        );
        const isBroken = row?.losses.some(({ budgets }) => budgets.length > 0) ?? false;
        expect(isBroken).toBe(lost.length > 0 && kept.length < min);
        if (row?.homeless === 0)
          expect(
            canPlace(
              lost.map(({ cpu }) => cpu),
              free,
            ),
          ).toBe(true);
        if (lost.length === 1) {
          expect(row?.homeless === 0).toBe(
            canPlace(
              lost.map(({ cpu }) => cpu),
              free,
            ),
          );
        }
      }),
    );
  });

  it('counts what a budget needs as its controller does', () => {
    const needs = (given: object) => healthyNeeded(rowOf('pdbs', { name: 'x', ...given }), 3);
    expect(needs({ minAvailable: '50%' })).toBe(2);
    expect(needs({ maxUnavailable: '50%' })).toBe(1);
    expect(needs({ minAvailable: '5' })).toBe(5);
    expect(needs({ maxUnavailable: '1', expected: 7, counted: true })).toBe(6);
  });
});

describe('however many pods there are', () => {
  it('is found in pieces', () => {
    const ZONES = ['a', 'b', 'c'];
    let reads = 0;
    const counted = <Row extends object>(row: Row): Row =>
      new Proxy(row, {
        get: (target, field) => {
          reads++;
          return Reflect.get(target, field) as unknown;
        },
      });
    const many = <Row extends object>(count: number, of: (i: number) => Row): Row[] =>
      Array.from({ length: count }, (_, i) => counted(of(i)));
    const work = zoneLosses({
      ...NOWHERE,
      nodes: many(2_000, (i) => node(`n${i}`, ZONES[i % 3], { cpuAllocatable: 30 })),
      pods: many(50_000, (i) =>
        pod(`p${i}`, `n${i % 2_000}`, { workload: `w${i % 3}`, cpuRequest: 1 }),
      ),
      workloads: [0, 1, 2].map((i) => ({ ...api(), name: `w${i}` })),
      budgets: many(5, (i) =>
        rowOf('pdbs', { name: `b${i}`, namespace: 'shop', selector: 'app=api', hasSelector: true }),
      ),
    });
    let [most, steps] = [0, 0];
    for (let isDone = false; !isDone; steps++) {
      reads = 0;
      isDone = work.next().done === true;
      most = Math.max(most, reads);
    }
    // A node is looked at by a dozen of its fields.
    expect(most).toBeLessThan(2_000 * 12);
    expect(steps).toBeGreaterThan(1_000);
  });
});

describe('topology spread', () => {
  const at = (name: string, zone: string, cpuAllocatable = 20) =>
    node(name, zone, { cpuAllocatable, labels: { [ZONE]: zone, 'kubernetes.io/hostname': name } });
  const C = 'eu-central-1c';
  const nodes = [at('a', A), at('b', B), at('c', C)];
  const two = ['a', 'b', 'c'].flatMap((on) => [pod(`${on}1`, on), pod(`${on}2`, on)]);
  const told = (constraint: object, pods = two, on = nodes) =>
    lossOf(A, { nodes: on, pods, workloads: [api({ spread: [constraint] })] });

  it('lets pods go to the zones that stay, evenly', () => {
    expect(told(spread())).toMatchObject({ homeless: 0 });
  });

  it('holds them back where only one zone has room', () => {
    const full = [at('a', A), at('b', B, 2), at('c', C)];
    expect(told(spread(), two, full)).toMatchObject({
      homeless: 1,
      losses: [{ why: 'its spread over zones (maxSkew 1) forbids the nodes with room' }],
    });
    expect(told(spread({ maxSkew: 2 }), two, full)).toMatchObject({ homeless: 0 });
    expect(told(spread({ hard: false }), two, full)).toMatchObject({ homeless: 0 });
  });

  it('counts a domain that is missing as an empty one', () => {
    const few = [pod('a1', 'a'), pod('b1', 'b'), pod('c1', 'c')];
    expect(told(spread(), few)).toMatchObject({ homeless: 0 });
    expect(told(spread({ minDomains: 3 }), few)).toMatchObject({ homeless: 1 });
  });

  it('keeps them from a node without the label', () => {
    const on = [at('a', A), node('b', B, { labels: {} })];
    expect(told(spread(), [pod('a1', 'a')], on)).toMatchObject({ homeless: 1 });
  });

  it('is reckoned over nodes, too', () => {
    const own = spread({ key: 'kubernetes.io/hostname' });
    const pods = [pod('a1', 'a'), pod('b1', 'b')];
    expect(told(own, pods, [at('a', A), at('b', B)])).toMatchObject({ homeless: 0 });
    expect(told(own, pods, [at('a', A), at('b', B), at('c', C, 0)])).toMatchObject({
      losses: [{ why: 'its spread over nodes (maxSkew 1) forbids the nodes with room' }],
    });
  });

  it('says how many wait until the nodes of the zone are deleted', () => {
    const held = (constraint: object) => told(constraint)?.losses.map((loss) => loss.held);
    expect(held(spread())).toEqual([
      'none can start while nodes of the zone are still listed: its spread over zones (maxSkew 1) counts it as empty',
    ]);
    expect(held(spread({ maxSkew: 3 }))).toEqual(['']);
    expect(held(spread({ honorsTaints: true }))).toEqual(['']);
    expect(held(spread({ selector: 'app=other' }))).toEqual(['']);
    expect(held(spread({ selector: null }))).toEqual(['']);
  });
});
