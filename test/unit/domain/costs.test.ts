import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { costs as pane } from '../../../src/resources/costs.ts';
import { finished } from '../../../src/core/work.ts';
import { costsOf } from '../../../src/domain/costs.ts';
import type { CostRow } from '../../../src/domain/tables/costs.ts';
import { nodeRow, podRow } from '../../support/rows.ts';

const ctx = { now: 0, time: 'age' } as const;
const GiB = 2 ** 30;
const node = (name: string, more: object = {}) =>
  nodeRow({
    ...{ name, instanceType: 'm5.xlarge', region: 'us-east-1', compute: 'managed', group: 'web' },
    ...{ capacity: 'on-demand', os: 'linux', cpuAllocatable: 4, memoryAllocatable: 16 * GiB },
    ...more,
  });
const pod = (name: string, on: string, more: object = {}) =>
  podRow({
    ...{ name, namespace: 'shop', node: on, cpuRequest: 2, memoryRequest: 8 * GiB },
    ...{ workload: 'api', workloadKind: 'Deployment', ...more },
  });

function rows(...world: Parameters<typeof costsOf>): ReadonlyMap<string, CostRow> {
  return new Map(finished(costsOf(...world)).map((row) => [row.uid, row]));
}

describe('what a cluster costs', () => {
  it('is the price of its nodes and its control plane, and half of a node half asked for is idle', () => {
    const found = rows({ nodes: [node('a')], pods: [pod('api-1', 'a')] });
    expect(found.get('cluster/all nodes')).toMatchObject({ name: 'all', nodes: 1, pods: 1 });
    expect(found.get('cluster/all nodes')?.hour).toBeCloseTo(0.192 + 0.1);
    expect(found.get('group/web')?.idle).toBeCloseTo(0.096);
    expect(found.get('namespace/shop')?.hour).toBeCloseTo(0.096);
    expect(found.get('namespace/shop')?.parts).toMatchObject([
      { kind: 'Deployment', name: 'api', pods: 1 },
    ]);
  });

  it('adds up: what namespaces request and what is idle is what nodes cost', () => {
    const nodes = [node('a'), node('b', { group: 'data' })];
    const pods = [
      pod('x', 'a', { cpuRequest: 0.3, memoryRequest: GiB }),
      pod('y', 'b', { namespace: 'jobs', cpuRequest: 1, memoryRequest: 0 }),
    ];
    const found = rows({ nodes, pods });
    const hour = (uid: string) => found.get(uid)?.hour ?? NaN;
    expect(hour('namespace/shop') + hour('namespace/jobs') + hour('idle/nobody’s')).toBeCloseTo(
      2 * 0.192,
    );
    expect(hour('group/web') + hour('group/data')).toBeCloseTo(2 * 0.192);
  });

  it('is of Fargate what its pod is sold, borne by that pod as a whole', () => {
    const fargate = {
      ...{ compute: 'fargate', group: '', nodegroup: 'fargate/jobs', instanceType: '' },
      ...{ arch: 'amd64', capacity: 'fargate', fargateSize: { cpu: 2, gigabytes: 4 } },
    };
    const world = { nodes: [node('f', fargate)], pods: [pod('x', 'f', { cpuRequest: 0.1 })] };
    const found = rows(world);
    const hour = 2 * 0.04048 + 4 * 0.004445;
    expect(found.get('group/jobs')).toMatchObject({ unpriced: 0, idle: 0, sources: { list: 1 } });
    expect(found.get('group/jobs')?.hour).toBeCloseTo(hour);
    expect(found.get('group/jobs')?.parts[0]?.note).toBe('2 vCPU, 4 GB, fargate');
    expect(found.get('namespace/shop')?.hour).toBeCloseTo(hour);
    // A pod that has ended costs until it is deleted, and asks for nothing any more.
    const ended = rows({ ...world, pods: [pod('x', 'f', { phase: 'Succeeded' })] });
    expect(ended.get('group/jobs')?.idle).toBeCloseTo(hour);
  });

  it('is more than what is counted where Auto Mode charges a fee, and says for how many', () => {
    const found = rows({
      nodes: [node('a', { compute: 'auto' }), node('b')],
      pods: [pod('x', 'a'), pod('y', 'b', { namespace: 'jobs' })],
    });
    expect(found.get('cluster/all nodes')).toMatchObject({ withoutFee: 1, elsewise: 0 });
    expect(found.get('namespace/shop')).toMatchObject({ withoutFee: 1 });
    expect(found.get('namespace/jobs')).toMatchObject({ withoutFee: 0 });
    const row = found.get('cluster/all nodes');
    const cellOf = (id: string): string =>
      plain(pane.columns.find((each) => each.id === id)?.cell?.(row as never, ctx) ?? '');
    expect(cellOf('hour')).toBe('≥0.484');
    expect(cellOf('note')).toContain('not in it: the fee of Auto Mode for 1 node');
  });

  it('is with the fee of Auto Mode where that is told, and says how much of it that is', () => {
    const price = { onDemand: 0.2, autoFee: 0.02, spot: null, spotSince: 0 };
    const found = rows({
      nodes: [node('a', { compute: 'auto', group: 'general', price }), node('b', { price })],
      pods: [pod('x', 'a'), pod('y', 'b', { namespace: 'jobs' })],
    });
    const row = (uid: string) => found.get(uid) ?? { hour: NaN, fee: NaN };
    expect(row('cluster/all nodes')).toMatchObject({ fee: 0.02, withoutFee: 0 });
    expect(row('cluster/all nodes').hour).toBeCloseTo(0.2 + 0.22 + 0.1);
    expect(row('group/general').hour).toBeCloseTo(0.22);
    expect(row('group/web')).toMatchObject({ hour: 0.2, fee: 0 });
    expect(row('namespace/shop').hour).toBeCloseTo(0.11);
    expect(row('namespace/shop').fee).toBeCloseTo(0.01);
    expect(row('namespace/jobs').fee).toBe(0);
    expect(row('idle/nobody’s').hour).toBeCloseTo(0.21);
    const note = pane.columns.find(({ id }) => id === 'note');
    expect(note?.value(row('group/general') as never, ctx)).toBe(
      '0.020 of it the fee of Auto Mode',
    );
  });

  it('does not tell of a fee that is less than a tenth of a cent', () => {
    const price = { onDemand: 0.2, autoFee: 0.02, spot: null, spotSince: 0 };
    const small = pod('x', 'a', { cpuRequest: 0.001, memoryRequest: 1 });
    const found = rows({
      nodes: [node('a', { compute: 'auto', group: 'general', price })],
      pods: [small],
    });
    const note = pane.columns.find(({ id }) => id === 'note');
    expect(note?.value(found.get('namespace/shop') as never, ctx)).toBe('');
  });

  it('is idle nobody knows how much where not all pods may be seen', () => {
    const found = rows({ nodes: [node('a')], pods: [pod('x', 'a')], arePodsAll: false });
    expect(found.has('idle/nobody’s')).toBe(false);
    expect(found.get('group/web')).toMatchObject({ idle: null, parts: [{ idle: null }] });
    expect(found.get('namespace/shop')?.hour).toBeCloseTo(0.096);
  });

  it('counts Spot at its price on demand, apart, and what has no price as such', () => {
    const found = rows({
      nodes: [node('a', { capacity: 'spot' }), node('b', { instanceType: 'm5.metal' })],
      pods: [pod('x', 'b')],
    });
    expect(found.get('group/web')).toMatchObject({ unpriced: 1, saved: 0, unsaved: 1 });
    expect(found.get('group/web')?.elsewise).toBeCloseTo(0.192);
    expect(found.get('namespace/shop')).toMatchObject({ hour: 0, unpriced: 1 });
    expect(found.get('namespace/shop')?.parts[0]?.hour).toBeNull();
  });

  it('counts Spot at the price of its zone where that is known, and tells what it saves', () => {
    const price = { onDemand: 0.2, spot: 0.06, spotSince: 1 };
    const found = rows({
      nodes: [node('a', { capacity: 'spot', price }), node('b', { price })],
      pods: [pod('x', 'a')],
    });
    expect(found.get('group/web')).toMatchObject({ elsewise: 0, sources: { api: 1, spot: 1 } });
    expect(found.get('group/web')?.hour).toBeCloseTo(0.26);
    expect(found.get('group/web')?.saved).toBeCloseTo(0.14);
    expect(found.get('namespace/shop')?.hour).toBeCloseTo(0.03);
    expect(found.get('namespace/shop')?.saved).toBeCloseTo(0.07);
  });

  it('is for no pod that has ended or waits', () => {
    const pods = [pod('x', 'a', { phase: 'Succeeded' }), pod('y', '')];
    const found = rows({ nodes: [node('a')], pods });
    expect(found.has('namespace/shop')).toBe(false);
  });

  it('has no control plane of EKS where no node is one of EKS', () => {
    const found = rows({ nodes: [node('a', { compute: 'node' })], pods: [] });
    expect(found.has('control plane/EKS')).toBe(false);
  });
});
