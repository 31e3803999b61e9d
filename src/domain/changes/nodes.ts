/** Nodes that join, leave, fail and are closed. */
import type { NodeRow } from '../rows.ts';
import { changeRule, type Change, type ChangeQuery, type Sight } from './change.ts';
import { objectOf } from './objects.ts';

const what = ({ instanceType, zone, group, capacity }: NodeRow): string =>
  [group, instanceType, capacity, zone].filter((each) => each !== '').join(' ');

function node(row: NodeRow, change: Change['change'], at: number, more: Partial<Change>): Change {
  return {
    ...objectOf('Node', row),
    key: `${change} ${row.uid} ${at}`,
    at,
    change,
    who: '',
    what: what(row),
    level: 'ok',
    flood: `${change} ${row.group}`,
    ...more,
  };
}

const joined = (row: NodeRow): Change =>
  node(row, 'joined', row.created, { key: `joined ${row.uid}` });

/** What was last said to be happening to it is why it left. */
function left(row: NodeRow, { now, lately }: Sight): Change {
  const why = lately('disrupted', 'Node', '', row.name);
  return node(row, 'left', now, {
    level: 'warn',
    who: why?.who ?? '',
    what: [why?.what ?? '', what(row)].filter((each) => each !== '').join(' · '),
  });
}

function readiness(row: NodeRow, at: number): Change {
  const [change, level] = row.isReady
    ? (['ready', 'ok'] as const)
    : (['not ready', 'bad'] as const);
  return node(row, change, at, { level, what: row.isReady ? '' : row.status });
}

/** Who opened it again the API does not tell: nobody has the field then. */
const cordon = (row: NodeRow, at: number): Change =>
  node(row, row.cordoned ? 'cordoned' : 'uncordoned', at, {
    what: '',
    who: row.cordonedBy?.by ?? '',
  });

const changed = (before: NodeRow, after: NodeRow, { now }: Sight): readonly Change[] => [
  ...(before.isReady === after.isReady ? [] : [readiness(after, after.readySince || now)]),
  ...(before.cordoned === after.cordoned ? [] : [cordon(after, now)]),
];

function* told(query: ChangeQuery, since: number): Generator<Change | null> {
  for (const row of query.rows('nodes')) {
    if (row.gone > 0) continue;
    if (row.created >= since) yield joined(row);
    else yield row.readySince >= since ? readiness(row, row.readySince) : null;
    const closedAt = row.cordonedBy?.at ?? 0;
    if (closedAt >= since) yield cordon(row, closedAt);
  }
}

export const NODE_CHANGES = [
  changeRule({
    table: 'nodes',
    seen(before, after, sight) {
      if (before !== null && after !== null) return changed(before, after, sight);
      if (after !== null) return [joined(after)];
      return before === null ? [] : [left(before, sight)];
    },
    told,
  }),
];
