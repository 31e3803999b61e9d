import { describe, expect, it } from 'vitest';
import { loadOf, together } from '../../../../src/domain/pulse/load.ts';
import { nodeRow } from '../../../support/rows.ts';

const busy = { pods: 10, cpuRequested: 1, memoryRequested: 4 };

describe('the load of nodes', () => {
  it('is what is requested and used of what there is', () => {
    const load = loadOf([
      nodeRow({ name: 'a', ...busy, cpu: 0.5, memory: 2 }),
      nodeRow({ name: 'b', ...busy, isReady: false, cpu: 0.1, memory: 1 }),
    ]);
    expect(load).toMatchObject({
      nodes: 2,
      ready: 1,
      slots: { used: 20, of: 58 },
      cpu: { used: 2, of: 4 },
      memory: { used: 8, of: 16 },
      cpuUsed: { used: 0.6, of: 4 },
    });
  });

  it('is not known as long as it is not of one of them', () => {
    const load = loadOf([nodeRow({ name: 'a', ...busy }), nodeRow({ name: 'b' })]);
    expect(load.slots).toEqual({ used: null, of: 58 });
    expect(load.cpuUsed.used).toBeNull();
  });

  it('of usage is that of the nodes that are measured', () => {
    const load = loadOf([
      nodeRow({ name: 'a', ...busy, cpu: 1, memory: 2 }),
      nodeRow({ name: 'new', ...busy }),
    ]);
    expect(load.cpuUsed).toEqual({ used: 1, of: 2 });
  });

  it('leaves out nodes of Fargate, each of which is full by its one pod', () => {
    const load = loadOf([
      nodeRow({ name: 'a', ...busy }),
      nodeRow({ name: 'f', compute: 'fargate', pods: 1, podsAllocatable: 1 }),
    ]);
    expect(load).toMatchObject({ nodes: 2, hosts: 1, slots: { used: 10, of: 29 } });
    expect(loadOf([nodeRow({ name: 'f', compute: 'fargate' })]).slots.used).toBeNull();
  });

  it('of parts together is that of all their nodes', () => {
    const nodes = [
      nodeRow({ name: 'a', ...busy, cpu: 1, memory: 1 }),
      nodeRow({ name: 'b', ...busy }),
      nodeRow({ name: 'f', compute: 'fargate' }),
    ];
    expect(together(nodes.map((node) => loadOf([node])))).toEqual(loadOf(nodes));
  });
});
