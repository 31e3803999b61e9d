/** Rollouts of the time before deployments were watched: each left its replica set behind. */
import type { WorkloadRow } from '../rows.ts';
import { changeRule, NOTHING, turned, type Change, type ChangeQuery } from './change.ts';
import { objectOf } from './objects.ts';
import { imageChanges, rolloutKey } from './workloads.ts';

/** A template is written and its replica set made within this time (ms). */
const TOGETHER = 10_000;

const ownerOf = ({ namespace, ownerName }: WorkloadRow): string => `${namespace}/${ownerName}`;

function* told(query: ChangeQuery, since: number): Generator<Change | null> {
  const recent: WorkloadRow[] = [];
  for (const set of query.rows('replicasets')) {
    if (set.gone === 0 && set.created >= since && set.ownerKind === 'Deployment') recent.push(set);
    yield null;
  }
  if (recent.length === 0) return;
  const owners = new Set(recent.map(ownerOf));
  const sets = new Map<string, WorkloadRow[]>();
  for (const set of query.rows('replicasets')) {
    if (set.gone === 0 && owners.has(ownerOf(set))) {
      sets.set(ownerOf(set), [...(sets.get(ownerOf(set)) ?? []), set]);
    }
    yield null;
  }
  for (const set of recent) yield toldBy(set, sets.get(ownerOf(set)) ?? [], query);
}

/** The rollout that made this replica set, among all of its deployment. */
function toldBy(set: WorkloadRow, all: readonly WorkloadRow[], query: ChangeQuery): Change | null {
  const deployment = query.named('deployments', set.namespace, set.ownerName);
  if (deployment === undefined) return null;
  const before = all
    .filter((each) => Number(each.revision) < Number(set.revision) && each.created < set.created)
    .sort((a, b) => Number(b.revision) - Number(a.revision))[0];
  // The first one was made with the deployment.
  if (before === undefined) return null;
  const { template } = deployment.writes;
  const isItsWriter = template !== null && Math.abs(template.at - set.created) <= TOGETHER;
  const images = imageChanges(before.containers, set.containers);
  return {
    ...objectOf('Deployment', deployment),
    key: rolloutKey(deployment, before.revision),
    at: set.created,
    change: 'rollout',
    who: isItsWriter ? template.by : '',
    what: [...images, `revision ${turned(before.revision, set.revision)}`].join(', '),
    level: 'ok',
    before: before.revision,
    after: set.revision,
  };
}

/** What is seen of a rollout is seen of its deployment. */
export const ROLLOUT_CHANGES = [
  changeRule({ table: 'replicasets', seen: () => NOTHING, told, reads: ['deployments'] }),
];
