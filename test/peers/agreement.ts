/** Compares a table that kubectl prints with the rows of `ekscope get`, while the world moves. */
import { humanDuration } from '../../src/core/duration.ts';
import type { Clients, Line, Values } from './peer.ts';

/** Between which moments (ms) kubectl was asked: its ages are of some moment between. */
export interface Asked {
  readonly from: number;
  readonly to: number;
}

/** What kubectl may print in a cell, as ekscope's values have it. */
export type Words = string | readonly string[];

export interface Comparison {
  /** kubectl's arguments. */
  readonly kubectl: string;
  /** ekscope's pane. */
  readonly pane: string;
  /** kubectl's cells by title, out of a row of the pane. */
  readonly words: (row: Values, asked: Asked) => Readonly<Record<string, Words>>;
  /** Rows that kubectl leaves out are not of it. */
  readonly only?: (row: Values) => boolean;
  /** Titles of the cells that pass with time alone. */
  readonly ages?: readonly string[];
  /** Titles of the cells that name a row. */
  readonly key: readonly string[];
}

/** What came out: how many lines could be compared, and what was not the same. */
export interface Agreement {
  readonly lines: number;
  readonly compared: number;
  readonly differences: readonly string[];
}

/** So often a difference must be found, and never the same cell without it. */
const TIMES = 3;
/** So often it is looked at most: all figures of use change at once, every 15 s. */
const MOST_LOOKS = 10;

/**
 * Asks kubectl before and after ekscope: a line that is the same both times must be what ekscope
 * says. A line may have changed and changed back between, so a difference counts where it is found
 * every time that its line is compared.
 */
export async function agreement(clients: Clients, comparison: Comparison): Promise<Agreement> {
  let lines = 0;
  const compared = new Set<string>();
  let differences: readonly Difference[] = [];
  for (let look = 1; look <= MOST_LOOKS; look++) {
    const found = await compareOnce(clients, comparison);
    if (look === 1) ({ lines } = found);
    const known = new Map(differences.map((each) => [each.cell, each]));
    const first = [...found.differences.values()].filter(
      ({ cell, line }) => !known.has(cell) && !compared.has(line),
    );
    differences = [...differences, ...first].flatMap((each) => {
      if (found.differences.has(each.cell)) return { ...each, times: each.times + 1 };
      const isUnknown = each.cell !== each.line && !found.compared.includes(each.line);
      return isUnknown ? each : [];
    });
    for (const line of found.compared) compared.add(line);
    if (compared.size * 2 >= lines && differences.every(({ times }) => times >= TIMES)) break;
  }
  const often = differences.filter(({ times }) => times > 1);
  return { lines, compared: compared.size, differences: often.map(({ text }) => text) };
}

/** What is not the same: in a cell of a line, or that there is the line at all (its cell). */
interface Difference {
  readonly line: string;
  readonly cell: string;
  readonly text: string;
  /** How often it was found. */
  readonly times: number;
}

/** One comparison: the lines that stood still, and what differed, by cell. */
interface Found {
  readonly lines: number;
  readonly compared: readonly string[];
  readonly differences: ReadonlyMap<string, Difference>;
}

async function compareOnce(clients: Clients, comparison: Comparison): Promise<Found> {
  const { kubectl, pane, only = () => true, words, ages = [], key } = comparison;
  const before = byKey(await clients.table(kubectl), key);
  const rows = await clients.rows(pane);
  const from = Date.now();
  const after = byKey(await clients.table(kubectl), key);
  const asked = { from, to: Date.now() };

  const differences = new Map<string, Difference>();
  const differs = (line: string, cell: string, text: string): unknown =>
    differences.set(cell, { line, cell, text, times: 0 });
  const seen = new Set<string>();
  const compared: string[] = [];
  for (const row of rows.filter(only)) {
    const said = words(row, asked);
    const name = key.map((title) => said[title]).join('/');
    seen.add(name);
    const [was, is] = [before.get(name), after.get(name)];
    if (was === undefined && is === undefined) differs(name, name, `${name}: not in kubectl's`);
    if (was === undefined || is === undefined || !isSame(was, is, ages)) continue;
    compared.push(name);
    for (const [title, expected] of Object.entries(said)) {
      const cell = is[title];
      if (cell !== undefined && [expected].flat().includes(cell)) continue;
      differs(
        name,
        `${name} ${title}`,
        `${name} ${title}: kubectl '${cell ?? 'has no such column'}', ekscope '${[expected].flat().join("' or '")}'`,
      );
    }
  }
  for (const name of after.keys()) {
    if (before.has(name) && !seen.has(name)) differs(name, name, `${name}: not in ekscope's`);
  }
  return { lines: after.size, compared, differences };
}

function byKey(lines: readonly Line[], key: readonly string[]): ReadonlyMap<string, Line> {
  return new Map(lines.map((line) => [key.map((title) => line[title]).join('/'), line]));
}

function isSame(a: Line, b: Line, ages: readonly string[]): boolean {
  return Object.keys(b).every((title) => ages.includes(title) || a[title] === b[title]);
}

/** kubectl's words for the time since a moment, with a second for clocks that differ. */
export function since(moment: Values[string] | undefined, { from, to }: Asked): readonly string[] {
  if (typeof moment !== 'string') return ['<unknown>'];
  const at = Date.parse(moment);
  const words = new Set<string>();
  for (let now = from - 1000; now < to + 1000; now += 500) words.add(humanDuration(now - at));
  words.add(humanDuration(to + 1000 - at));
  return [...words];
}
