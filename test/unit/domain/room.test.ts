import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomFor, type PodNeeds } from '../../../src/domain/room.ts';
import { nodeRow, podRow } from '../../support/rows.ts';

const needs: PodNeeds = { cpu: 1, memory: 1, nodeSelector: {}, tolerations: [] };
const node = (given: Partial<Parameters<typeof nodeRow>[0]> = {}) =>
  nodeRow({
    name: 'n',
    isReady: true,
    cpuAllocatable: 4,
    memoryAllocatable: 4,
    podsAllocatable: 10,
    taints: [],
    ...given,
  });

describe('room for more pods', () => {
  it('is what is free beside the pods that are there', () => {
    const pods = [podRow({ name: 'a', node: 'n', cpuRequest: 2.5, memoryRequest: 0 })];
    const { fits, obstacles } = roomFor(needs, 5, [node()], pods);
    expect(fits).toBe(1);
    expect([...obstacles]).toEqual([['cpu', 1]]);
  });

  it.each([
    ['unready', { cordoned: true }],
    ['taint', { taints: ['gpu=yes:NoSchedule'] }],
    ['pods', { podsAllocatable: 0 }],
  ] as const)('is none: %s', (obstacle, given) => {
    const room = roomFor(needs, 1, [node(given)], []);
    expect(room.fits).toBe(0);
    expect([...room.obstacles.keys()]).toEqual([obstacle]);
  });

  it('goes by node selectors and tolerations', () => {
    const gpu = node({ taints: ['gpu=yes:NoSchedule'], labels: { pool: 'gpu' } });
    const tolerations = [{ key: 'gpu', operator: 'Exists', value: '', effect: '' }];
    const nodeSelector = { pool: 'gpu' };
    expect(roomFor({ ...needs, nodeSelector, tolerations }, 9, [gpu, node()], []).fits).toBe(4);
  });

  it('is never more than is wanted, nor than the nodes have', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(50), fc.nat(50), fc.nat(20)), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(60),
        (sizes, cpu, memory, wanted) => {
          const nodes = sizes.map(([c, m, p], i) =>
            node({ name: `n${i}`, cpuAllocatable: c, memoryAllocatable: m, podsAllocatable: p }),
          );
          const { fits } = roomFor({ ...needs, cpu, memory }, wanted, nodes, []);
          const most = sizes.map(([c, m, p]) =>
            Math.min(Math.floor(c / cpu), Math.floor(m / memory), p),
          );
          expect(fits).toBe(
            Math.min(
              wanted,
              most.reduce((sum, each) => sum + each, 0),
            ),
          );
        },
      ),
    );
  });
});
