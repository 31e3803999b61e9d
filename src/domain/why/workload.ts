/** Why a workload has not the pods that it should have, or its rollout comes no further. */
import type { Work } from '../../core/work.ts';
import { refusalOf } from '../refusal.ts';
import { rollout } from '../rollout.ts';
import type { PodRow, WorkloadRow } from '../rows.ts';
import { NO_REPLICA_SET } from '../tables/workload.ts';
import { hasEnded, isOwnedBy, isPodOf } from '../workload-pods.ts';
import { nodeless } from './daemonset.ts';
import {
  eventsOf,
  finding,
  firstOf,
  rowsWhere,
  type Answer,
  type Finding,
  type Rule,
  type World,
} from './finding.ts';
import { heldBack } from './held-back.ts';
import { sharedCause } from './pods-of.ts';
import { refusal, refused } from './refused.ts';
import { surgeSteps } from './surge.ts';

/** What is on its way for less long is not asked about (ms). */
const USUAL = 20_000;

export const whyWorkload: Rule<WorkloadRow> = (row, world) => {
  if (row.deleting > 0) return null;
  if (row.kind === 'DaemonSet' && row.desired === 0) return nodeless(row, world);
  const { state } = rollout(row);
  const lacks = row.available < row.desired || row.current < row.desired;
  if (state === 'done' && !lacks) return null;
  return firstOf(notMade, paused, notReady, notYetAvailable, ending, waiting)(row, world);
};

/** Its controller, or that of its newest replica set, is refused pods. */
function* notMade(row: WorkloadRow, world: World): Work<Answer> {
  if (row.current >= row.desired && row.updated >= row.desired) return null;
  if (row.progressReason === NO_REPLICA_SET) return withoutSet(row);
  const unread: string[] = [];
  const set = row.kind === 'Deployment' ? yield* newestSet(row, world, unread) : null;
  const events =
    set === null
      ? eventsOf(row.kind, row, world, unread)
      : eventsOf('ReplicaSet', set, world, unread);
  const found = refused(events, row.namespace);
  if (found !== null) return { ...found, sentence: prefixed(row, found.sentence), unread };
  // Events are kept for an hour; the condition stays.
  if (row.failure === '' || /minimum availability/i.test(row.failure)) return null;
  const { words, next } = refusalOf(row.failure);
  return finding('said', prefixed(row, `its pods are not made: ${words}`), {
    evidence: [{ source: 'condition ReplicaFailure', text: row.failure }],
    next,
    unread,
  });
}

/** The API server refuses the replica set that a deployment's template asks for. */
function withoutSet({ namespace, progressMessage }: WorkloadRow): Finding {
  const said = { source: 'condition Progressing', text: progressMessage };
  return refusal(progressMessage, said, namespace, 'its new replica set is not made');
}

/** That the deadline is over is told beside what keeps it. */
const prefixed = (row: WorkloadRow, sentence: string): string =>
  row.progressReason === 'ProgressDeadlineExceeded'
    ? `its rollout is over its progress deadline: ${sentence}`
    : sentence;

function* newestSet(row: WorkloadRow, world: World, unread: string[]): Work<WorkloadRow | null> {
  const unknown = world.unread('replicasets', row.namespace);
  if (unknown !== '') unread.push(`its replica sets: ${unknown}`);
  const sets = yield* rowsWhere(world, 'replicasets', isOwnedBy(row.kind, row));
  return [...sets].sort((a, b) => Number(b.revision) - Number(a.revision))[0] ?? null;
}

function paused(row: WorkloadRow): Answer {
  if (!row.paused || row.updated >= row.desired) return null;
  const sentence = `its rollout is paused: ${row.updated} of ${row.desired} pods are of the new template`;
  return finding('said', sentence, {
    evidence: [{ source: 'spec', text: 'paused: true' }],
    next: ['resume it'],
  });
}

/** Its pods are there and not ready: those of the newest template count, where that is on its way. */
function* notReady(row: WorkloadRow, world: World): Work<Answer> {
  const unread: string[] = [];
  const unknown = world.unread('pods', row.namespace);
  if (unknown !== '') unread.push(`its pods: ${unknown}`);
  const set = row.kind === 'Deployment' ? yield* newestSet(row, world, unread) : null;
  const isOwn = isPodOf(row);
  const all = { count: 0, unready: [] as PodRow[] };
  const fresh = { count: 0, unready: [] as PodRow[] };
  yield* world.each('pods', (pod) => {
    if (!isOwn(pod) || isOver(pod)) return;
    for (const of of set === null || pod.ownerName === set.name ? [all, fresh] : [all]) {
      of.count++;
      if (!pod.isReady) of.unready.push(pod);
    }
  });
  const pods = fresh.unready.length > 0 ? fresh : all;
  const { unready } = pods;
  if (unready.length === 0) return null;
  const { words, finding: found, evidence } = yield* sharedCause(unready, world);
  const isNew = pods === fresh && set !== null && fresh.count < all.count;
  const count = `${unready.length} of ${pods.count} ${isNew ? 'new pods' : 'pods'}`;
  const are = unready.length === 1 ? 'is' : 'are';
  const missing = isNew ? 0 : row.desired - all.count;
  const held = heldBack(row, unready, world, unread);
  const toCome =
    missing > 0 ? `, and ${missing} more ${missing === 1 ? 'is' : 'are'} not made yet` : '';
  // Its rules say how sure the cause is; that it is the cause of this follows.
  return finding(
    found?.certainty ?? 'deduced',
    prefixed(row, `${count} ${are} not ready${toCome}: ${words}${held?.clause ?? ''}`),
    {
      evidence: [...evidence, ...(held?.evidence ?? [])],
      next: held?.next ?? [
        ...(found?.next ?? []),
        ...(isNew ? surgeSteps(row, unready, world, unread) : []),
        ...steps(row, set, world),
      ],
      unread: [...unread, ...(found?.unread ?? [])],
    },
  );
}

const isOver = (pod: PodRow): boolean => hasEnded(pod) || pod.deleting > 0;

/** What was rolled out so long ago (ms), and has worked, is not what broke. */
const LATELY = 60 * 60_000;

/** There is something to go back to, and what is there now is new. */
function steps(row: WorkloadRow, set: WorkloadRow | null, world: World): readonly string[] {
  if (row.kind !== 'Deployment' || Number(row.revision) <= 1) return [];
  const isNew = set !== null && world.now - set.created < LATELY;
  return isNew || row.progressReason !== 'NewReplicaSetAvailable'
    ? ['go back to the revision before, where that one worked (R)']
    : [];
}

/** Ready, but not for as long as minReadySeconds asks. */
function notYetAvailable(row: WorkloadRow): Answer {
  if (row.ready < row.desired || row.available >= row.desired) return null;
  const sentence = `${row.ready - row.available} of ${row.desired} pods are ready, but not for as long yet as it asks (minReadySeconds)`;
  return finding('deduced', sentence, {
    evidence: [{ source: 'status', text: `${row.ready} ready, ${row.available} available` }],
  });
}

/** A set gives each pod a name or a node of its own: the next waits until the one before is gone. */
function* ending(row: WorkloadRow, world: World): Work<Answer> {
  if (row.kind !== 'StatefulSet' && row.kind !== 'DaemonSet') return null;
  const isOwn = isPodOf(row);
  const pods = yield* rowsWhere(world, 'pods', (pod) => isOwn(pod) && pod.deleting > 0);
  if (pods.length === 0) return null;
  const { words, finding: found, evidence } = yield* sharedCause(pods, world);
  const are = pods.length === 1 ? '1 pod that is' : `${pods.length} pods that are`;
  const sentence = prefixed(row, `it waits for ${are} being terminated: ${words}`);
  return finding(found?.certainty ?? 'deduced', sentence, {
    evidence,
    next: found?.next ?? [],
    unread: found?.unread ?? [],
  });
}

/** What its status says, where nothing else does. */
function waiting(row: WorkloadRow, world: World): Answer {
  const { state, text } = rollout(row);
  if (state === 'done' || world.now - row.created < USUAL) return null;
  if (state === 'progressing' && row.kind === 'StatefulSet' && row.strategy === 'OnDelete') {
    return null;
  }
  const unknown = world.unread('pods', row.namespace);
  return finding('said', prefixed(row, text), {
    unread: unknown === '' ? [] : [`its pods: ${unknown}`],
    evidence: [
      {
        source: 'status',
        text: `${row.updated} updated, ${row.available} available of ${row.desired}`,
      },
    ],
  });
}
