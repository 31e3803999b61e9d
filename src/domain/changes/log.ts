/**
 * The lines of a timeline: bounded, what is told twice once, and what comes in floods counted. What
 * a change costs does not depend on how many there are.
 */
import { changes, type ChangeRow } from '../tables/changes.ts';
import { isSameSize, saidOf, type Change } from './change.ts';
import { Floods, type Flood } from './flood.ts';
import {
  byWhom,
  cut,
  gistOf,
  inCommon,
  rangeOf,
  textOf,
  told,
  type Line,
  type Subject,
} from './line.ts';
import { Runs, type RowDelta } from './runs.ts';

/** The most lines that are kept. */
const MOST_LINES = 2_000;
/** The most characters of text in them. */
const MOST_TEXT = 500_000;
/** What is left of the lines, once they are too many: the newest. */
const KEPT = 0.9;
/** What two tell of one object by one word within this time is one event (ms). */
const SAME = 30_000;
/** The most keys of one line that are remembered. */
const MOST_KEYS = 200;

/** One more of what a line counts. */
interface Counted {
  readonly change: Change;
  /** It was seen when it happened. */
  readonly watched: boolean;
  readonly owner: Pick<Subject, 'kind' | 'name'>;
  /** The line is about several by now. */
  readonly isWhole: boolean;
}

export class ChangeLog {
  readonly #lines = new Map<string, Line>();
  readonly #byKey = new Map<string, Line>();
  /** The line that last told of an object by a word, and those that did so with a gist. */
  readonly #latest = new Map<string, Line>();
  readonly #gists = new Map<string, Set<Line>>();
  readonly #floods = new Floods<Line>((line) => this.#lines.get(line.row.uid) === line);
  readonly #runs = new Runs();
  readonly #put = new Set<Line>();
  #removed: ChangeRow[] = [];
  #text = 0;
  #last = 0;

  /** How many lines there are. */
  get size(): number {
    return this.#lines.size;
  }

  /** What was last told of an object by that word. */
  lately(change: string, kind: string, namespace: string, name: string): ChangeRow | undefined {
    return this.#latest.get(told(change, { kind, namespace, name }))?.row;
  }

  /**
   * Takes in a change.
   * @param watched it was seen when it happened
   */
  add(change: Change, watched: boolean): void {
    const same = this.#byKey.get(change.key) ?? this.#near(change);
    if (same === undefined) this.#tell(change, watched);
    else this.#complete(same, change, watched);
    if (this.#lines.size > MOST_LINES || this.#text > MOST_TEXT) this.#shorten();
  }

  /** What is new, changed or gone since it was last asked, of what is told: runs are one row. */
  take(): RowDelta {
    const delta = { put: [...this.#put].map(({ row }) => row), removed: this.#removed };
    this.#put.clear();
    this.#removed = [];
    return this.#runs.fold(delta);
  }

  /** A line about the same event, where one of the two only tells by hearsay. */
  #near(change: Change): Line | undefined {
    const far = (line: Line): number => Math.abs(line.row.at - change.at);
    let nearest: Line | undefined;
    for (const line of this.#gists.get(gistOf(change)) ?? []) {
      if (!(change.hearsay === true || line.hearsay) || far(line) > SAME) continue;
      if (change.size && line.size && !isSameSize(change.size, line.size)) continue;
      if (nearest === undefined || far(line) < far(nearest)) nearest = line;
    }
    return nearest;
  }

  #tell(change: Change, watched: boolean): void {
    const { flood, deluge } = change;
    if (flood === undefined) {
      this.#begin(change, watched);
      return;
    }
    const { owner = change } = change;
    const of = this.#floods.of(flood, change.at);
    const above = deluge && this.#floods.of(deluge.cause, change.at);
    above?.begun(flood, of);
    const subject = told('', { ...change, kind: owner.kind, name: owner.name });
    const counted = above?.whole ?? of.lineOf(subject);
    if (counted === null) of.begun(subject, this.#begin(change, watched));
    else {
      const isWhole = [of.whole, above?.whole].includes(counted);
      this.#count(counted, { change, watched, owner, isWhole });
    }
    this.#tellWhole(of, { why: `${of.subjects} of them` });
    if (deluge === undefined || above === undefined) return;
    const { what, places } = deluge;
    this.#tellWhole(above, { what: cut(what), why: `on ${above.subjects} ${places}` });
  }

  /** Makes one line of a flood once it is one, which says so. */
  #tellWhole(flood: Flood<Line>, said: Pick<Partial<ChangeRow>, 'what' | 'why'>): void {
    const { many } = flood;
    if (many !== null) flood.whole = this.#gather(many);
    const { whole } = flood;
    if (whole !== null) this.#set(whole, { ...whole.row, ...said });
  }

  /** Told again: what is missing is filled in, and what was seen replaces what was only told. */
  #complete(line: Line, change: Change, watched: boolean): void {
    const { row } = line;
    const hearsay = change.hearsay === true;
    const isBetter = line.hearsay && !hearsay;
    const parts = hearsay ? [row.what] : isBetter ? [change.what] : [row.what, change.what];
    const what = [...new Set(parts.filter((part) => part !== ''))].join(', ');
    const who = line.itself ? row.who : change.itself ? change.who : byWhom(row.who, change.who);
    line.hearsay &&= hearsay;
    line.itself ||= change.itself === true;
    this.#know(line, change.key);
    this.#noteShrinking(change, line);
    this.#set(line, {
      ...row,
      at: isBetter ? change.at : row.at,
      first: isBetter ? change.at : row.first,
      who: cut(who),
      what: cut(what || change.what),
      why: cut(row.why || (change.why ?? '')),
      watched: row.watched || watched,
      before: row.before || (change.before ?? ''),
      after: change.after ?? row.after,
      range: hearsay ? (row.range ?? rangeOf(change)) : (rangeOf(change) ?? row.range),
    });
  }

  /** One more of what a line counts: it is about the workload then, or about several. */
  #count(line: Line, { change, watched, owner, isWhole }: Counted): void {
    const { row } = line;
    this.#know(line, change.key);
    const subject = isWhole ? {} : { kind: owner.kind, name: owner.name };
    if (isWhole) line.traits = inCommon(line.traits, change.traits ?? null);
    const same = isWhole && line.traits !== null ? saidOf(line.traits) : row.what;
    this.#set(line, {
      ...row,
      ...subject,
      at: Math.max(row.at, change.at),
      first: Math.min(row.first, change.at),
      count: row.count + 1,
      who: row.who === change.who ? row.who : '',
      what: isWhole || row.what === change.what ? cut(same) : cut(change.what),
      // When it was is told of the last.
      watched: change.at < row.at ? row.watched : watched && change.hearsay !== true,
      namespace: row.namespace === change.namespace ? row.namespace : '',
    });
  }

  /** Makes one line of many. */
  #gather(all: readonly Line[]): Line | null {
    const rows = all.map(({ row }) => row);
    const [first] = rows;
    if (first === undefined) return null;
    const every = <T>(of: (row: ChangeRow) => T, otherwise: T): T =>
      rows.every((row) => of(row) === of(first)) ? of(first) : otherwise;
    const newest = rows.reduce((a, b) => (b.at >= a.at ? b : a));
    const traits = all.map((line) => line.traits).reduce(inCommon);
    for (const line of all) this.#remove(line);
    const whole = this.#add(
      {
        ...first,
        uid: this.#nextUid(),
        name: '',
        namespace: every(({ namespace }) => namespace, ''),
        kind: every(({ kind }) => kind, ''),
        ownerKind: '',
        ownerName: '',
        who: every(({ who }) => who, ''),
        what: traits === null ? first.what : cut(saidOf(traits)),
        at: newest.at,
        watched: newest.watched,
        first: Math.min(...rows.map((row) => row.first)),
        count: rows.reduce((sum, { count }) => sum + count, 0),
      },
      { about: '', gist: '', traits, hearsay: false, itself: false },
    );
    for (const { keys } of all) for (const key of keys) this.#know(whole, key);
    return whole;
  }

  #nextUid(): string {
    return `change-${++this.#last}`;
  }

  #begin(change: Change, watched: boolean): Line {
    const { at, kind, namespace, name, owner, level } = change;
    const about = told(change.change, change);
    const line = this.#add(
      {
        ...changes.blank,
        uid: this.#nextUid(),
        name,
        namespace,
        created: at,
        at,
        first: at,
        change: change.change,
        kind,
        ownerKind: owner?.kind ?? '',
        ownerName: owner?.name ?? '',
        who: cut(change.who),
        what: cut(change.what),
        why: cut(change.why ?? ''),
        level,
        watched,
        before: change.before ?? '',
        after: change.after ?? '',
        range: rangeOf(change),
      },
      {
        about,
        gist: gistOf(change),
        size: change.size,
        traits: change.traits ?? null,
        hearsay: change.hearsay === true,
        itself: change.itself === true,
      },
    );
    this.#know(line, change.key);
    this.#latest.set(about, line);
    this.#noteShrinking(change, line);
    const alike = this.#gists.get(line.gist) ?? new Set();
    this.#gists.set(line.gist, alike.add(line));
    return line;
  }

  #noteShrinking(change: Change, line: Line): void {
    if (change.shrinks === true) this.#latest.set(told('shrinks', change), line);
  }

  #add(row: ChangeRow, more: Omit<Line, 'row' | 'keys'>): Line {
    const line: Line = { row: changes.blank, keys: [], ...more };
    this.#lines.set(row.uid, line);
    this.#set(line, row);
    return line;
  }

  #set(line: Line, row: ChangeRow): void {
    this.#text += textOf(row) - textOf(line.row);
    line.row = row;
    this.#put.add(line);
  }

  #know(line: Line, key: string): void {
    if (this.#byKey.get(key) === line) return;
    this.#byKey.set(key, line);
    line.keys.push(key);
    const oldest = line.keys.length > MOST_KEYS ? line.keys.shift() : undefined;
    if (oldest !== undefined) this.#byKey.delete(oldest);
  }

  #remove(line: Line): void {
    const { row, keys, about, gist } = line;
    this.#lines.delete(row.uid);
    this.#text -= textOf(row);
    for (const key of keys) if (this.#byKey.get(key) === line) this.#byKey.delete(key);
    for (const key of [about, told('shrinks', row)])
      if (this.#latest.get(key) === line) this.#latest.delete(key);
    const alike = this.#gists.get(gist);
    alike?.delete(line);
    if (alike?.size === 0) this.#gists.delete(gist);
    this.#put.delete(line);
    this.#removed.push(row);
  }

  #shorten(): void {
    const oldest = [...this.#lines.values()].sort((a, b) => a.row.at - b.row.at);
    for (const line of oldest) {
      if (this.#lines.size <= MOST_LINES * KEPT && this.#text <= MOST_TEXT * KEPT) return;
      this.#remove(line);
    }
  }
}
