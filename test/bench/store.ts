/**
 * What the store costs with many pods: `node test/bench/store.ts [pods]` prints medians of several
 * runs (CPU of this process, one thread). Not a test: figures differ from machine to machine.
 */
import type { PodRow } from '../../src/domain/rows.ts';
import { Store } from '../../src/store/index.ts';
import { nodeRow, podRow, serviceAccountRow, usageRow, workloadRow } from '../support/rows.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const PODS = Number(process.argv[2] ?? 50_000);
const NODES = Math.ceil(PODS / 50);
const WORKLOADS = Math.ceil(PODS / 20);
const SLICE = 200;
const RUNS = 5;

const figures = new Map<string, number[]>();

/** CPU time of this thread: what other programs do meanwhile does not count. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function measure<T>(name: string, work: () => T): T {
  const start = cpuMs();
  const result = work();
  figures.set(name, [...(figures.get(name) ?? []), cpuMs() - start]);
  return result;
}

/** The same scrambled order in every run. */
function scramble(i: number): number {
  return (i * 7919) % PODS;
}

function pod(i: number, change: Partial<PodRow> = {}): PodRow {
  const workload = i % WORKLOADS;
  return podRow({
    uid: `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`,
    name: `service-${workload}-7d9f8c6b5-${i.toString(36).padStart(5, '0')}`,
    namespace: `team-${workload % 40}`,
    resourceVersion: '1',
    node: `ip-10-0-${i % NODES}.eu-central-1.compute.internal`,
    serviceAccount: `service-${workload}`,
    cpuRequest: 0.1,
    memoryRequest: 128,
    ownerKind: 'ReplicaSet',
    ownerName: `service-${workload}-7d9f8c6b5`,
    workloadKind: 'Deployment',
    workload: `service-${workload}`,
    ...change,
  });
}

/** Pods as a source delivers them: some at a time, made when they are wanted. */
function slice(from: number): PodRow[] {
  return Array.from({ length: SLICE }, (_, i) => pod(scramble(from + i)));
}

const byName = (a: PodRow, b: PodRow): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
const byCpu = (a: PodRow, b: PodRow): number => (b.cpu ?? -1) - (a.cpu ?? -1);
const byStatus = (a: PodRow, b: PodRow): number =>
  a.status < b.status ? -1 : a.status > b.status ? 1 : 0;

function run(): void {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  const pods = store.sink('pods');
  const nodes = store.sink('nodes');
  const view = store.view({ table: 'pods', compare: byName, steady: false, gone: 'all' });

  let longest = 0;
  measure('load nodes, workloads, accounts', () => {
    nodes.put(
      Array.from({ length: NODES }, (_, i) =>
        nodeRow({
          name: `ip-10-0-${i}.eu-central-1.compute.internal`,
          zone: `eu-central-1${'abc'.charAt(i % 3)}`,
          group: `group-${i % 10}`,
        }),
      ),
    );
    nodes.synced();
    const names = Array.from({ length: WORKLOADS }, (_, i) => `service-${i}`);
    const place = (i: number) => `team-${i % 40}`;
    store
      .sink('deployments')
      .put(names.map((name, i) => workloadRow('Deployment', { name, namespace: place(i) })));
    store
      .sink('serviceaccounts')
      .put(names.map((name, i) => serviceAccountRow({ name, namespace: place(i), role: 'arn' })));
    store.flushNow();
  });
  measure(`load ${PODS} pods, all joins, one sorted view`, () => {
    pods.relist();
    for (let i = 0; i < PODS; i += SLICE) {
      pods.put(slice(i));
      if (i % (SLICE * 10) > 0) continue;
      const start = cpuMs();
      store.flushNow();
      longest = Math.max(longest, cpuMs() - start);
    }
    const start = cpuMs();
    pods.synced();
    store.flushNow();
    longest = Math.max(longest, cpuMs() - start);
  });
  figures.set('longest frame of it', [...(figures.get('longest frame of it') ?? []), longest]);

  measure('1,000 frames of one changed pod', () => {
    for (let i = 0; i < 1_000; i++) {
      pods.put([pod(i * 17, { resourceVersion: `2.${i}`, restarts: 1 })]);
      store.flushNow();
    }
  });
  measure('10 frames of 1,000 changed pods', () => {
    for (let frame = 0; frame < 10; frame++) {
      pods.put(
        Array.from({ length: 1_000 }, (_, i) =>
          pod((frame * 1_000 + i) % PODS, { resourceVersion: `3.${i}`, status: 'Error' }),
        ),
      );
      store.flushNow();
    }
  });
  measure('a node changes its zone (50 pods)', () => {
    nodes.put([
      nodeRow({ name: 'ip-10-0-1.eu-central-1.compute.internal', zone: 'eu-central-1c' }),
    ]);
    store.flushNow();
  });
  const usage = [...store.rows('pods')].map((row, i) =>
    usageRow(row.namespace, row.name, i % 977, i % 1013),
  );
  measure('usage of all pods', () => {
    const sink = store.sink('podusage');
    for (let i = 0; i < PODS; i += SLICE) sink.put(usage.slice(i, i + SLICE));
    sink.synced();
    store.flushNow();
  });
  measure('sort by CPU', () => view.update({ compare: byCpu, steady: true }));
  measure('sort by status', () => view.update({ compare: byStatus, steady: false }));
  measure('sort by name', () => view.update({ compare: byName }));
  measure('filter by text', () => view.update({ filter: (row) => row.name.includes('service-1') }));
  measure('filter away', () => view.update({ filter: undefined }));
  measure('indexOf, 1,000 times', () => {
    for (let i = 0; i < 1_000; i++) view.indexOf(pod(i).uid);
  });
  const again = [...store.rows('pods')].map((row) => structuredClone(row));
  measure('full list again, nothing changed', () => {
    pods.relist();
    pods.put(again);
    pods.synced();
    store.flushNow();
  });
  store.close();
}

for (let i = 0; i < RUNS; i++) run();
for (const [name, times] of figures) {
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  console.log(`${median.toFixed(1).padStart(10)} ms  ${name}`);
}
console.log(`${(process.memoryUsage().rss / 1e6).toFixed(0).padStart(10)} MB  resident`);
