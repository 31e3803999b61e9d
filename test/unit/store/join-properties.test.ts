import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BaseRow } from '../../../src/domain/rows.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import { Store } from '../../../src/store/index.ts';
import {
  cronJobRow,
  endpointSliceRow,
  hpaRow,
  jobRow,
  nodeGroupRow,
  nodeRow,
  podRow,
  serviceAccountRow,
  serviceRow,
  workloadRow,
} from '../../support/rows.ts';
import { SlowWorker } from '../../support/slow-worker.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** Few of each, so that most events touch a join. */
const id = fc.nat(3);
const namespace = fc.constantFrom('default', 'shop');

const pods = fc
  .record({
    id: fc.nat(7),
    namespace,
    node: id,
    workload: id,
    kind: fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet', ''),
    owner: fc.constantFrom('ReplicaSet', 'Job'),
    cause: fc.constantFrom('', '', 'OOMKilled 137', 'Error 1'),
    phase: fc.constantFrom('Running', 'Succeeded', 'Pending'),
    cpuRequest: fc.nat(4),
    profile: fc.constantFrom('', '', 'jobs'),
  })
  .map(({ id, node, workload, kind, owner, profile, ...rest }) =>
    podRow({
      name: `p${id}`,
      ...rest,
      node: node === 0 ? '' : `n${node}`,
      workloadKind: kind,
      workload: `w${workload}`,
      ownerKind: owner,
      ownerName: `w${workload}`,
      serviceAccount: `s${workload}`,
      fargateProfile: profile,
    }),
  );

const nodes = fc
  .record({
    id,
    zone: fc.constantFrom('eu-central-1a', 'eu-central-1b', ''),
    compute: fc.constantFrom('managed', 'karpenter', 'self-managed', 'fargate'),
    group: fc.constantFrom('', 'web', 'db'),
    isReady: fc.boolean(),
  })
  .map(({ id, ...rest }) => nodeRow({ name: `n${id}`, instanceId: `i-${id}`, ...rest }));

const nodegroups = fc
  .record({
    uid: fc.constantFrom('managed/web', 'managed/db', 'fargate/jobs', 'self-managed/asg'),
    instances: fc.uniqueArray(fc.constantFrom('i-0', 'i-1', 'i-2', 'i-3')),
  })
  .map(({ uid, instances }) =>
    nodeGroupRow(uid, { instances: uid.startsWith('self') ? instances : [] }),
  );

const workload = (kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet') =>
  fc
    .tuple(id, namespace)
    .map(([id, namespace]) => workloadRow(kind, { name: `w${id}`, namespace }));

const rows: Partial<Record<TableId, fc.Arbitrary<BaseRow>>> = {
  pods,
  nodes,
  nodegroups,
  deployments: workload('Deployment'),
  statefulsets: workload('StatefulSet'),
  daemonsets: workload('DaemonSet'),
  replicasets: workload('ReplicaSet'),
  serviceaccounts: fc
    .tuple(id, namespace, fc.constantFrom('', 'arn'))
    .map(([id, namespace, role]) => serviceAccountRow({ name: `s${id}`, namespace, role })),
  hpas: fc
    .tuple(id, namespace, id, fc.constantFrom('Deployment', 'StatefulSet', 'ReplicaSet'))
    .map(([id, namespace, target, targetKind]) =>
      hpaRow({ name: `h${id}`, namespace, targetKind, targetName: `w${target}` }),
    ),
  jobs: fc
    .tuple(id, namespace, id, fc.constantFrom('Running', 'Complete', 'Failed'))
    .map(([id, namespace, owner, status]) =>
      jobRow({
        name: `w${id}`,
        namespace,
        status,
        ownerKind: 'CronJob',
        ownerName: owner === 0 ? '' : `c${owner}`,
      }),
    ),
  cronjobs: fc
    .tuple(id, namespace)
    .map(([id, namespace]) => cronJobRow({ name: `c${id}`, namespace })),
  services: fc
    .tuple(id, namespace)
    .map(([id, namespace]) => serviceRow({ name: `w${id}`, namespace })),
  endpointslices: fc
    .tuple(id, namespace, id, fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }))
    .map(([id, namespace, service, ready]) =>
      endpointSliceRow({ name: `e${id}`, namespace, service: `w${service}`, ready }),
    ),
};

type Event =
  | { readonly table: TableId; readonly put: readonly BaseRow[] }
  | { readonly table: TableId; readonly list: readonly BaseRow[] }
  | { readonly table: TableId; readonly remove: BaseRow }
  | { readonly table: TableId; readonly reset: true }
  | { readonly wait: true };

const event: fc.Arbitrary<Event> = fc.oneof(
  ...(Object.keys(rows) as TableId[]).flatMap((table) => {
    const row = rows[table] ?? fc.constant(podRow({ name: '' }));
    return [
      {
        weight: 4,
        arbitrary: fc.record({ table: fc.constant(table), put: fc.array(row, { maxLength: 5 }) }),
      },
      { weight: 2, arbitrary: fc.record({ table: fc.constant(table), remove: row }) },
      {
        weight: 2,
        arbitrary: fc.record({ table: fc.constant(table), list: fc.array(row, { maxLength: 9 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ table: fc.constant(table), reset: fc.constant(true as const) }),
      },
    ];
  }),
  { weight: 12, arbitrary: fc.record({ wait: fc.constant(true as const) }) },
);

/** What is listed of each table, and whether a full list of it was ever complete. */
type Model = Map<TableId, { rows: Map<string, BaseRow>; synced: boolean }>;

function apply(store: Store, model: Model, step: Exclude<Event, { wait: true }>): void {
  const state = model.get(step.table) ?? { rows: new Map<string, BaseRow>(), synced: false };
  model.set(step.table, state);
  const sink = store.sink(step.table);
  if ('put' in step) {
    sink.put(structuredClone(step.put) as never[]);
    for (const row of step.put) state.rows.set(row.uid, row);
  } else if ('remove' in step) {
    sink.remove([{ uid: step.remove.uid }]);
    state.rows.delete(step.remove.uid);
  } else if ('list' in step) {
    sink.relist();
    sink.put(structuredClone(step.list) as never[]);
    sink.synced();
    state.rows = new Map(step.list.map((row) => [row.uid, row]));
    state.synced = true;
  } else {
    store.reset(step.table);
    model.delete(step.table);
  }
}

/** A store that gets what is there now, table by table, in one go. */
function fromScratch(model: Model): Store {
  const store = new Store({ clock: new VirtualClock() });
  for (const [table, state] of model) {
    const sink = store.sink(table);
    sink.put(structuredClone([...state.rows.values()]) as never[]);
    if (state.synced) sink.synced();
  }
  return store;
}

function present(store: Store, table: TableId): BaseRow[] {
  return [...store.rows(table)]
    .filter((row) => row.gone === 0)
    .sort((a, b) => (a.uid < b.uid ? -1 : 1));
}

describe('joins kept by delta', () => {
  it.each([
    ['at once', undefined],
    ['a few in each turn', new SlowWorker()],
  ])('are what a computation from scratch gives, whatever happened before: %s', (_, worker) => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const clock = new VirtualClock();
        const store = new Store({ clock, worker });
        const model: Model = new Map();
        const view = store.view({ table: 'pods', compare: () => 0, steady: false, gone: 'none' });
        for (const step of events) {
          if ('wait' in step) clock.advance(100);
          else apply(store, model, step);
        }
        clock.advance(100);
        const scratch = fromScratch(model);
        for (const table of Object.keys(rows) as TableId[]) {
          expect(present(store, table)).toEqual(present(scratch, table));
        }
        view.finish();
        clock.advance(100);
        expect(new Set(view.window(0, view.length))).toEqual(new Set(present(store, 'pods')));
      }),
      { numRuns: 300 },
    );
  });
});
