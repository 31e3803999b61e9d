/** However many rows there are, an answer is found in pieces: none of them looks at many. */
import { describe, expect, it } from 'vitest';
import type { Worker } from '../../../src/core/work.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import type { BaseRow } from '../../../src/domain/rows.ts';
import { IDLE } from '../../../src/domain/status.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import { PIECE, type Rule } from '../../../src/domain/why/finding.ts';
import { whyJob } from '../../../src/domain/why/job.ts';
import { whyPod } from '../../../src/domain/why/pod/index.ts';
import { whyService } from '../../../src/domain/why/service.ts';
import { whyWorkload } from '../../../src/domain/why/workload.ts';
import { Investigation, type Scene } from '../../../src/session/investigation.ts';
import { nodeRow, podRow, rowOf, workloadRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const NODES = 2_000;
const PODS = 50_000;
/** What a rule may read of one row. */
const FIELDS = 40;

/** Counts what is read of rows between two steps. */
class ReadCounter implements Worker {
  readonly piece = PIECE;
  reads = 0;
  most = 0;
  steps = 0;

  readonly row = <Row extends object>(row: Row): Row =>
    new Proxy(row, {
      get: (target, field) => {
        this.reads++;
        return Reflect.get(target, field) as unknown;
      },
    });

  readonly run: Worker['run'] = (work, done) => {
    for (;;) {
      this.reads = 0;
      const step = work.next();
      this.most = Math.max(this.most, this.reads);
      this.steps++;
      if (step.done === true) {
        done(step.value);
        return () => undefined;
      }
    }
  };
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

const nodes = numbers(NODES).map((i) =>
  nodeRow({
    name: `n${i}`,
    isReady: true,
    taints: i % 3 === 0 ? [`dedicated=t${i}:NoSchedule`] : [],
    cpuAllocatable: 4,
    memoryAllocatable: 8,
    podsAllocatable: 100,
    cpuRequested: 4,
    memoryRequested: 1,
    pods: 25,
  }),
);

const pods = numbers(PODS).map((i) =>
  podRow({
    name: `api-${i}`,
    namespace: 'shop',
    node: `n${i % NODES}`,
    phase: 'Running',
    status: 'CrashLoopBackOff',
    cause: `exit ${i}`,
    isReady: false,
    labels: { app: 'api' },
    workloadKind: 'Deployment',
    workload: 'api',
    ownerKind: i % 2 === 0 ? 'ReplicaSet' : 'Job',
    ownerName: i % 2 === 0 ? 'api-1' : 'load',
  }),
);

const sets = numbers(PODS / 5).map((i) =>
  workloadRow('ReplicaSet', { name: `set-${i}`, namespace: 'shop', ownerName: `d${i % 100}` }),
);

const message = `0/${NODES} nodes are available: 667 node(s) had untolerated taint(s), 1333 Insufficient cpu.`;
const pending = podRow({
  name: 'big',
  namespace: 'shop',
  phase: 'Pending',
  status: 'Pending',
  cause: message,
  cpuRequest: 3,
});
const spread = { topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} };

/** The answer of a rule in that large cluster, and what its most laborious step read. */
function asked<Row extends BaseRow>(rule: Rule<Row>, row: Row) {
  const counter = new ReadCounter();
  const rows: Partial<Record<TableId, readonly object[]>> = {
    nodes: nodes.map(counter.row),
    pods: pods.map(counter.row),
    replicasets: sets.map(counter.row),
  };
  const scene = {
    cluster: contextKey('lab'),
    worker: counter,
    kube: {
      get: () => Promise.resolve({ spec: { topologySpreadConstraints: [spread] } }),
      list: () => Promise.resolve([]),
    },
    need: () => () => undefined,
    store: {
      now: () => 0,
      onChange: () => () => undefined,
      status: () => ({ ...IDLE, state: 'live', synced: true }),
      named: () => undefined,
      rows: (table: TableId) => rows[table] ?? [],
    },
  } as unknown as Scene;
  const investigation = new Investigation(scene, new VirtualClock(), () => undefined);
  const ask = (): string => {
    const found: string[] = [];
    investigation.ask(
      (world) => rule(row, world),
      (finding) => found.push(finding?.sentence ?? ''),
    );
    return found[0] ?? '';
  };
  return { ask, counter, pieces: () => investigation.pieces };
}

const expectPieces = ({ most, steps }: ReadCounter, atLeast: number): void => {
  expect(steps).toBeGreaterThan(atLeast);
  expect(most).toBeLessThan(PIECE * FIELDS);
};

describe('an answer in a large cluster', () => {
  it('goes over its nodes in pieces', async () => {
    const { ask, counter, pieces } = asked(whyPod, pending);
    ask();
    await Promise.resolve().then(() => Promise.resolve());
    expect(ask()).toMatch(/^no node takes it: 1333 lack CPU .*, 667 have a taint/);
    expectPieces(counter, NODES / PIECE);
    expect(pieces()).toBeGreaterThanOrEqual(NODES / PIECE);
  });

  it('goes over the pods of a service in pieces', () => {
    const row = rowOf('services', {
      name: 'api',
      namespace: 'shop',
      type: 'ClusterIP',
      selector: { app: 'api' },
      endpointsReady: 0,
    });
    const { ask, counter } = asked(whyService, row);
    expect(ask()).toMatch(/^none of its 50000 pods is ready/);
    expectPieces(counter, PODS / PIECE);
  });

  it('goes over the pods of a workload in pieces', () => {
    const row = workloadRow('Deployment', { name: 'api', namespace: 'shop', desired: PODS });
    const { ask, counter } = asked(whyWorkload, row);
    expect(ask()).toMatch(/^50000 of 50000 pods are not ready/);
    expectPieces(counter, PODS / PIECE);
  });

  it('goes over the pods of a job in pieces', () => {
    const row = rowOf('jobs', { name: 'load', namespace: 'shop', status: 'Running', active: 1 });
    const { ask, counter } = asked(whyJob, row);
    expect(ask()).toContain('api-1');
    expectPieces(counter, PODS / PIECE);
  });
});
