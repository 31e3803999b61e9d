/** Rollouts of stateful and daemon sets: each left a controller revision behind. */
import type { ControllerRevisionRow, WorkloadRow } from '../rows.ts';
import { changeRule, NOTHING, turned, type Change, type ChangeQuery } from './change.ts';
import { templateChange, writerAt } from './workloads.ts';

type Owner = Pick<ControllerRevisionRow, 'namespace' | 'ownerKind' | 'ownerName'>;

const keyOf = ({ namespace, ownerKind, ownerName }: Owner): string =>
  `${ownerKind} ${namespace}/${ownerName}`;

function workloadOf(
  { ownerKind, namespace, ownerName }: Owner,
  query: ChangeQuery,
): WorkloadRow | undefined {
  switch (ownerKind) {
    case 'StatefulSet':
      return query.named('statefulsets', namespace, ownerName);
    case 'DaemonSet':
      return query.named('daemonsets', namespace, ownerName);
    default:
      return undefined;
  }
}

function rollout(
  [before, after]: readonly [ControllerRevisionRow, ControllerRevisionRow],
  { at, who }: Pick<Change, 'at' | 'who'>,
): Change {
  const { ownerKind: kind, ownerName: name, namespace } = after;
  return {
    kind,
    name,
    namespace,
    key: `rollout ${after.uid} ${after.revision}`,
    at,
    change: 'rollout',
    who,
    what: `${templateChange(before, after)}, revision ${turned(before.revision, after.revision)}`,
    level: 'ok',
    before: before.name,
    after: after.name,
    // What is seen of the set itself says who did it, and when.
    hearsay: true,
  };
}

/** The one that was in force before. */
function previous(
  row: ControllerRevisionRow,
  query: ChangeQuery,
): ControllerRevisionRow | undefined {
  let found: ControllerRevisionRow | undefined;
  for (const each of query.rows('controllerrevisions')) {
    if (each.revision >= row.revision || keyOf(each) !== keyOf(row)) continue;
    if (found === undefined || each.revision > found.revision) found = each;
  }
  return found;
}

function* told(query: ChangeQuery, since: number): Generator<Change | null> {
  const sets = new Map<string, ControllerRevisionRow[]>();
  for (const row of query.rows('controllerrevisions')) {
    yield null;
    const known = sets.get(keyOf(row));
    if (known === undefined) sets.set(keyOf(row), [row]);
    else known.push(row);
  }
  for (const all of sets.values()) {
    yield null;
    all.sort((a, b) => a.revision - b.revision);
    const workload = all[0] && workloadOf(all[0], query);
    if (workload === undefined) continue;
    for (const [i, after] of all.entries()) {
      const before = all[i - 1];
      // The first one was made with its set.
      if (before === undefined) continue;
      // One that was gone back to is older than the one before it: when that was only who wrote
      // what is in force tells.
      const isLast = i === all.length - 1;
      const back = isLast ? (workload.writes.template?.at ?? 0) : 0;
      const at = after.created >= before.created ? after.created : back;
      if (at >= since)
        yield rollout([before, after], { at, who: isLast ? writerAt(workload, at) : '' });
    }
  }
}

export const REVISION_CHANGES = [
  changeRule({
    table: 'controllerrevisions',
    seen(before, after, { now, query }) {
      if (after === null || before?.revision === after.revision) return NOTHING;
      // Of the first one the set itself tells.
      const old = after.revision > 1 ? previous(after, query) : undefined;
      return old === undefined ? NOTHING : [rollout([old, after], { at: now, who: '' })];
    },
    told,
    reads: ['statefulsets', 'daemonsets'],
  }),
];
