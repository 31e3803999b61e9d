/** Rollouts of the time before deployments were watched: each left its replica set behind. */
import type { WorkloadRow } from '../rows.ts';
import { changeRule, NOTHING, turned, type Change, type ChangeQuery } from './change.ts';
import { objectOf } from './objects.ts';
import { Scalings } from './scalings.ts';
import { rolloutKey, templateChange, TOGETHER, writerAt } from './workloads.ts';

type Sets = Map<string, WorkloadRow[]>;

const ownerOf = ({ namespace, ownerName }: WorkloadRow): string => `${namespace}/${ownerName}`;

function* told(query: ChangeQuery, since: number): Generator<Change | null> {
  const scalings = yield* Scalings.of(query, since);
  const sets: Sets = new Map();
  const recent = new Set<string>();
  for (const set of query.rows('replicasets')) {
    yield null;
    if (set.gone > 0 || set.ownerKind !== 'Deployment') continue;
    const owner = ownerOf(set);
    const known = sets.get(owner);
    if (known === undefined) sets.set(owner, [set]);
    else known.push(set);
    // One that was gone back to is an old one.
    if (set.created >= since || set.pastRevisions !== '') recent.add(owner);
  }
  for (const owner of recent) {
    const [all = []] = [sets.get(owner)];
    yield* toldBy(all, scalings, query, since);
    yield null;
  }
}

/** The rollouts that the replica sets of one deployment tell of. */
function* toldBy(
  all: readonly WorkloadRow[],
  scalings: Scalings,
  query: ChangeQuery,
  since: number,
): Generator<Change> {
  const [first] = all;
  const deployment = first && query.named('deployments', first.namespace, first.ownerName);
  if (deployment === undefined) return;
  const revisions = new Map<number, WorkloadRow>();
  for (const set of all) {
    for (const past of set.pastRevisions.split(',')) if (past !== '') revisions.set(+past, set);
    revisions.set(Number(set.revision), set);
  }
  for (const [revision, set] of revisions) {
    const before = revisions.get(revision - 1);
    // The first one was made with the deployment.
    if (before === undefined) continue;
    const isFirst = revision === Math.min(...numbersOf(set));
    const isLast = !revisions.has(revision + 1);
    const written = isLast ? (deployment.writes.template?.at ?? 0) : 0;
    const at = isFirst ? set.created : backAt(set, scalings) || written;
    const who = isLast ? writerAt(deployment, at) : '';
    if (at >= since) yield rollout(deployment, [before, set], { revision, at, who });
  }
}

const numbersOf = ({ pastRevisions, revision }: WorkloadRow): readonly number[] =>
  [...pastRevisions.split(','), revision].filter((each) => each !== '').map(Number);

/** When a replica set was gone back to; 0 where no event tells. */
function backAt(set: WorkloadRow, scalings: Scalings): number {
  const up = scalings
    .all(set.namespace, set.ownerName)
    .filter((each) => each.set === set.name && each.from === 0 && each.at > set.created + TOGETHER);
  return Math.max(0, ...up.map(({ at }) => at));
}

function rollout(
  deployment: WorkloadRow,
  [before, after]: readonly [WorkloadRow, WorkloadRow],
  { revision, at, who }: { readonly revision: number; readonly at: number; readonly who: string },
): Change {
  return {
    ...objectOf('Deployment', deployment),
    key: rolloutKey(deployment, `${revision - 1}`),
    at,
    change: 'rollout',
    who,
    what: `${templateChange(before, after)}, revision ${turned(revision - 1, revision)}`,
    level: 'ok',
    before: `${revision - 1}`,
    after: `${revision}`,
  };
}

/** What is seen of a rollout is seen of its deployment. */
export const ROLLOUT_CHANGES = [
  changeRule({
    table: 'replicasets',
    seen: () => NOTHING,
    told,
    reads: ['deployments', 'events'],
  }),
];
