/** What AWS did to the cluster: updates of EKS, and instances that Auto Scaling starts and ends. */
import { hasFailed } from '../eks-update.ts';
import type { UpdateRow } from '../tables/updates.ts';
import { changeRule, NOTHING, type Change, type ChangeQuery } from './change.ts';
import type { ChangeWord } from '../tables/changes.ts';

/** The word for what Auto Scaling does; of EKS each is an update. */
const WORDS: ReadonlyMap<string, ChangeWord> = new Map([
  ['Launch', 'launched'],
  ['Terminate', 'terminated'],
]);

/** What began longer ago when it is first seen is no news (ms). */
const NEWS = 30 * 60_000;

function happened(row: UpdateRow, at: number): Change {
  const { kind, name, uid, type, what, why } = row;
  const failed = hasFailed(row);
  const word = WORDS.get(type);
  return {
    kind,
    namespace: '',
    name,
    at,
    // That it failed is another line than that it began: it comes later, and is worse.
    key: `${uid}${failed ? ' failed' : ''}`,
    change: failed ? 'failed' : (word ?? 'updated'),
    who: '',
    what: [word === undefined ? type : '', what].filter((each) => each !== '').join(' '),
    why,
    level: failed ? 'bad' : 'ok',
    ...(word !== undefined && { flood: `${word} ${kind} ${name}${failed ? ' failed' : ''}` }),
  };
}

function* told(query: ChangeQuery, since: number): Generator<Change | null> {
  for (const row of query.rows('updates'))
    yield row.created >= since ? happened(row, row.created) : null;
}

export const AWS_CHANGES = [
  changeRule({
    table: 'updates',
    seen(before, after, { now, watched }) {
      if (after === null || !watched) return NOTHING;
      if (before === null)
        return after.created < now - NEWS ? NOTHING : [happened(after, after.created)];
      const fails = hasFailed(after) && !hasFailed(before);
      return fails ? [happened(after, after.ended || now)] : NOTHING;
    },
    told,
  }),
];
