import { isReady } from '../world/objects.ts';
import type { Pod } from '../world/objects.ts';
import type { Pdb } from '../world/workload-objects.ts';
import { scaled } from '../world/quantity.ts';
import { matches } from '../world/selectors.ts';
import { Workqueue } from '../world/workqueue.ts';
import type { World } from '../world/world.ts';
import { deletePod } from './replicas.ts';

const EVICTED = {
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'EvictionByEvictionAPI',
  message: 'Eviction API: evicting',
} as const;

/** Keeps the status of pod disruption budgets. */
export function startDisruptionBudgets(world: World): void {
  const { store } = world;
  const queue = new Workqueue(world, 200, (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const budget = store.get('poddisruptionbudgets', namespace, name);
    if (budget) reconcile(world, budget);
  });
  const keyOf = ({ metadata }: Pdb): string => `${metadata.namespace ?? ''}/${metadata.name}`;
  store.subscribe('poddisruptionbudgets', ({ type, object }) => {
    if (type !== 'DELETED') queue.add(keyOf(object));
  });
  store.subscribe('pods', ({ object }) => {
    for (const budget of budgetsOf(world, object)) queue.add(keyOf(budget));
  });
}

function budgetsOf(world: World, pod: Pod): Pdb[] {
  const { namespace, labels } = pod.metadata;
  return world.store
    .inNamespace('poddisruptionbudgets', namespace ?? '')
    .filter((budget) => matches(budget.spec.selector, labels));
}

function reconcile(world: World, budget: Pdb): void {
  const { namespace = '' } = budget.metadata;
  const pods = world.store
    .inNamespace('pods', namespace)
    .filter((pod) => matches(budget.spec.selector, pod.metadata.labels));
  const expectedPods = pods.length;
  const currentHealthy = pods.filter(isReady).length;
  const { minAvailable, maxUnavailable } = budget.spec;
  const desiredHealthy =
    minAvailable !== undefined
      ? scaled(minAvailable, expectedPods, true)
      : expectedPods - scaled(maxUnavailable, expectedPods, true);
  const disruptionsAllowed = Math.max(0, currentHealthy - desiredHealthy);
  const before = budget.status.conditions?.[0];
  const status = disruptionsAllowed > 0 ? 'True' : 'False';
  const next: Pdb['status'] = {
    observedGeneration: budget.metadata.generation ?? 1,
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    expectedPods,
    conditions: [
      {
        type: 'DisruptionAllowed',
        status,
        observedGeneration: budget.metadata.generation ?? 1,
        lastTransitionTime:
          before?.status === status ? before.lastTransitionTime : world.clock.stamp(),
        reason: disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods',
        message: '',
      },
    ],
  };
  if (JSON.stringify(next) === JSON.stringify(budget.status)) return;
  world.store.update('poddisruptionbudgets', { ...budget, status: next });
}

/** The budget that forbids to evict a pod now, if one does. */
export function forbidding(world: World, pod: Pod): Pdb | undefined {
  if (!isReady(pod)) return undefined;
  return budgetsOf(world, pod).find(({ status }) => status.disruptionsAllowed < 1);
}

/** Evicts a pod unless a budget forbids it; says whether it did. */
export function evict(world: World, pod: Pod, graceSeconds?: number): boolean {
  if (forbidding(world, pod)) return false;
  for (const budget of isReady(pod) ? budgetsOf(world, pod) : []) {
    const { status } = budget;
    // Spent at once, so that two evictions in the same moment do not share one allowance.
    world.store.update('poddisruptionbudgets', {
      ...budget,
      status: { ...status, disruptionsAllowed: Math.max(0, status.disruptionsAllowed - 1) },
    });
  }
  tellEvicted(world, pod);
  deletePod(world, pod, graceSeconds);
  return true;
}

/** The API server says of a pod that it is evicted before it deletes it. */
function tellEvicted(world: World, { metadata: { namespace = '', name } }: Pod): void {
  const pod = world.store.get('pods', namespace, name);
  if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) return;
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== EVICTED.type);
  const conditions = [...others, { ...EVICTED, lastTransitionTime: world.clock.stamp() }];
  world.store.update('pods', { ...pod, status: { ...pod.status, conditions } });
}
