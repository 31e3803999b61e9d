/** Nodes that join, leave, fail and are closed. */
import type { NodeRow } from '../rows.ts';
import { changeRule, saidOf, type Change, type ChangeQuery, type Sight } from './change.ts';
import { objectOf } from './objects.ts';

/** What it is and where. */
const traitsOf = ({ instanceType, zone, group, capacity }: NodeRow): readonly string[] => [
  group,
  instanceType,
  capacity,
  zone,
];

function node(
  row: NodeRow,
  change: Change['change'],
  at: number,
  { traits: own = [], ...more }: Partial<Change>,
): Change {
  const traits = own.filter((trait) => trait !== '');
  return {
    ...objectOf('Node', row),
    key: `${change} ${row.uid} ${at}`,
    at,
    change,
    who: '',
    what: saidOf(traits),
    traits,
    level: 'ok',
    flood: `${change} ${row.group}`,
    ...more,
  };
}

const joined = (row: NodeRow): Change =>
  node(row, 'joined', row.created, { key: `joined ${row.uid}`, traits: traitsOf(row) });

/** What was last said to be happening to it is why it left. */
function left(row: NodeRow, { now, lately }: Sight): Change {
  const why = lately('disrupted', 'Node', '', row.name);
  return node(row, 'left', now, {
    level: 'warn',
    who: why?.who ?? '',
    traits: [...(why === undefined || why.what === '' ? [] : [`${why.what} ·`]), ...traitsOf(row)],
  });
}

function readiness(row: NodeRow, at: number): Change {
  const [change, level] = row.isReady
    ? (['ready', 'ok'] as const)
    : (['not ready', 'bad'] as const);
  const traits = row.isReady ? [] : [`${row.status} ·`];
  return node(row, change, at, { level, traits: [...traits, ...traitsOf(row)] });
}

/** Who opened it again the API does not tell: nobody has the field then. */
const cordon = (row: NodeRow, at: number): Change =>
  node(row, row.cordoned ? 'cordoned' : 'uncordoned', at, {
    who: row.cordonedBy?.by ?? '',
  });

/** Taints that stand for a state of the node which is told by itself, or that it sheds as it is set up. */
const OF_A_STATE =
  /^(?:node\.kubernetes\.io|node\.cloudprovider\.kubernetes\.io|karpenter\.sh)\/|^(?:ToBeDeleted|DeletionCandidate)|\/agent-not-ready[:=]/;

/** Taints that came or went: of those that many nodes get alike one line tells. */
function tainted(before: NodeRow, after: NodeRow, { now }: Sight): readonly Change[] {
  if (before.taints === after.taints) return [];
  const news = (from: NodeRow, to: NodeRow, change: 'tainted' | 'untainted'): readonly Change[] =>
    to.taints
      .filter((taint) => !from.taints.includes(taint) && !OF_A_STATE.test(taint))
      .map((taint) =>
        node(after, change, now, {
          key: `${change} ${taint} ${after.uid} ${now}`,
          traits: [taint],
          flood: `${change} ${taint}`,
        }),
      );
  return [...news(before, after, 'tainted'), ...news(after, before, 'untainted')];
}

/** A node that has joined is ready within this time (ms): that is told by its joining. */
const SET_UP = 10 * 60_000;

const isSetUp = ({ isReady, name, created }: NodeRow, { now, lately }: Sight): boolean =>
  isReady && now - created < SET_UP && lately('not ready', 'Node', '', name) === undefined;

const changed = (before: NodeRow, after: NodeRow, sight: Sight): readonly Change[] => [
  ...(before.isReady === after.isReady || isSetUp(after, sight)
    ? []
    : [readiness(after, after.readySince || sight.now)]),
  ...(before.cordoned === after.cordoned ? [] : [cordon(after, sight.now)]),
  ...tainted(before, after, sight),
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
