/** An autoscaler that cannot leave a workload alone: what it does to it again and again is one line. */
import type { ChangeRow } from '../tables/changes.ts';
import { isByHpa } from './change.ts';

/** Of what is told together each is at most so far from the one before (ms). */
const APART = 10 * 60_000;
/** How many of them are kept one by one: the last. */
const MOST_STEPS = 100;

/** Rows that are new or changed, and those that are there no more. */
export interface RowDelta {
  readonly put: readonly ChangeRow[];
  readonly removed: readonly ChangeRow[];
}

type Parts = readonly [ChangeRow, ...ChangeRow[]];

/** The scalings of one object by uid, and in which parts they were last told, by the uid of the first. */
interface Scaled {
  readonly rows: Map<string, ChangeRow>;
  readonly told: Map<string, Parts>;
}

/**
 * Puts scalings of one object together that follow one another by the hand of one autoscaler. What
 * people do stays a line of its own, and ends a run; so does what nobody says who did it.
 */
export class Runs {
  readonly #objects = new Map<string, Scaled>();

  /** What becomes of the lines that are told, when such rows come, change and leave. */
  fold({ put, removed }: RowDelta): RowDelta {
    const touched = new Map<string, Scaled>();
    const delta = { put: [] as ChangeRow[], removed: [] as ChangeRow[] };
    const note = (row: ChangeRow, others: ChangeRow[], write: (scaled: Scaled) => void): void => {
      if (row.range === null) {
        others.push(row);
        return;
      }
      const object = `${row.kind} ${row.namespace}/${row.name}`;
      const scaled = this.#objects.get(object) ?? { rows: new Map(), told: new Map() };
      this.#objects.set(object, scaled);
      touched.set(object, scaled);
      write(scaled);
    };
    for (const row of removed) note(row, delta.removed, ({ rows }) => rows.delete(row.uid));
    for (const row of put) note(row, delta.put, ({ rows }) => rows.set(row.uid, row));
    for (const [object, scaled] of touched) {
      retell(scaled, delta);
      if (scaled.rows.size === 0) this.#objects.delete(object);
    }
    return delta;
  }
}

function retell({ rows, told }: Scaled, { put, removed }: Record<keyof RowDelta, ChangeRow[]>) {
  const runs = runsOf([...rows.values()].sort((a, b) => a.at - b.at));
  const uids = new Set(runs.map(([first]) => first.uid));
  for (const [uid, parts] of told) {
    if (uids.has(uid)) continue;
    removed.push(parts[0]);
    told.delete(uid);
  }
  for (const parts of runs) {
    const before = told.get(parts[0].uid);
    if (before?.length === parts.length && parts.every((each, i) => each === before[i])) continue;
    told.set(parts[0].uid, parts);
    put.push(together(parts));
  }
}

function runsOf(rows: readonly ChangeRow[]): readonly Parts[] {
  const runs: [ChangeRow, ...ChangeRow[]][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const goesOn = last?.who === row.who && isByHpa(row.who) && row.at - last.at <= APART;
    if (goesOn) run?.push(row);
    else runs.push([row]);
  }
  return runs;
}

/** One line of several: what happened last, how often, and between what. */
function together(parts: Parts): ChangeRow {
  const [first] = parts;
  const last = parts.at(-1) ?? first;
  if (last === first) return first;
  const sizes = parts.flatMap(({ range }) => range ?? []);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const between = least === most ? '' : `, between ${least} and ${most}`;
  return {
    ...last,
    uid: first.uid,
    created: first.created,
    first: first.at,
    count: parts.length,
    what: `${last.what} · ${parts.length} times${between}`,
    range: [least, most],
    steps: parts.slice(-MOST_STEPS).map(({ at, what, why }) => ({ at, what, why })),
  };
}
