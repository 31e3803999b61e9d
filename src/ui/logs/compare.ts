/** What one pod writes and another does not, above the lines of all: live, worst first. */
import { grouped } from '../../core/grouped.ts';
import { Columns } from '../../core/columns.ts';
import { LogCompare, type LogDifference } from '../../core/log-compare.ts';
import { partOf, plain, type Segment } from '../../core/styled.ts';
import { pad, sanitize, truncate } from '../../core/text.ts';
import type { LogSession, LogSource } from '../../session/index.ts';
import type { Painter } from '../../theme/index.ts';
import type { BodySize } from '../pane.ts';
import { LEVEL_TONES } from './fold.ts';
import { streamNames } from './stream-names.ts';

/** Lines that are counted between two keys. */
const BUDGET = 2000;
/** Of the rows of a pane. */
const SHARE = 0.5;
const NAME = 16;
/** Names of pods that one line tells. */
const MOST_NAMES = 2;

/** Who writes a stream: a pod; of one pod its runs, of containers that have several. */
interface Sides {
  readonly of: readonly (string | null)[];
  /** What each is called on the screen. */
  readonly names: ReadonlyMap<string, string>;
}

export class LogDifferences {
  readonly #session: LogSession;
  readonly #compare: LogCompare;
  #sides: Sides = { of: [], names: new Map() };

  constructor(session: LogSession) {
    this.#session = session;
    this.#compare = new LogCompare(session.buffer, (source) => this.#sides.of[source] ?? null);
  }

  /** Counts what came. @returns whether all is counted */
  advance(): boolean {
    if (this.#sides.of.length !== this.#session.sources.length) {
      this.#sides = sidesOf(this.#session.sources);
      this.#compare.reset();
    }
    return this.#compare.advance(BUDGET);
  }

  reset(): void {
    this.#sides = { of: [], names: new Map() };
    this.#compare.reset();
  }

  /** A heading, what differs as far as there is room, and a rule; less than half of the rows. */
  paint({ columns, rows }: BodySize, painter: Painter): readonly string[] {
    const { names } = this.#sides;
    const line = (cell: readonly Segment[]): string =>
      painter.paint(partOf(cell, 0, new Columns(plain(cell)).at(columns).unit));
    if (names.size < 2) {
      const none = 'one pod alone, one run: nothing to compare';
      return [line([[` ${none} (mark others with space)`, 'warn']])];
    }
    const found = this.#compare.differences(names.size);
    const room = Math.max(1, Math.floor(rows * SHARE) - 2);
    const shown = found.slice(0, found.length > room ? room - 1 : room);
    const more = found.length - shown.length;
    const { untold } = this.#compare;
    return [
      line([
        [` What only some of ${names.size} write`, 'title'],
        [
          found.length === 0 ? ': nothing, numbers and ids aside' : '  numbers and ids as ‹›',
          'muted',
        ],
        [untold === 0 ? '' : `  ${grouped(untold)} lines of too many kinds`, 'warn'],
      ]),
      ...shown.map((difference) => line(this.#cellOf(difference))),
      ...(more > 0 ? [line([[`   … ${more} more kinds of lines`, 'muted']])] : []),
      line([['─'.repeat(columns), 'border']]),
    ];
  }

  #cellOf({ shape, level, count, owners }: LogDifference): readonly Segment[] {
    const glyph = level === 'error' ? '✗' : level === 'warn' ? '!' : ' ';
    const tone = LEVEL_TONES[level];
    return [
      [` ${glyph} `, tone],
      [`${grouped(count)}×`.padStart(6), 'muted'],
      [` ${pad(truncate(this.#whoOf(owners), NAME), NAME)} `, 'accent'],
      [sanitize(shape), tone],
    ];
  }

  /** The few who write it, or the few who do not. */
  #whoOf(owners: readonly string[]): string {
    const { names } = this.#sides;
    const named = (those: readonly string[]): string =>
      those.map((owner) => names.get(owner) ?? '?').join(' ');
    if (owners.length <= MOST_NAMES && owners.length * 2 <= names.size) {
      return `only ${named(owners)}`;
    }
    const others = [...names.keys()].filter((owner) => !owners.includes(owner));
    return others.length <= MOST_NAMES
      ? `not ${named(others)}`
      : `${owners.length} of ${names.size}`;
  }
}

function sidesOf(sources: readonly LogSource[]): Sides {
  const pods = new Map(sources.map((source) => [podOf(source), source]));
  if (pods.size > 1) {
    const { names } = streamNames(
      [...pods.values()].map(({ pod }) => ({ pod: sanitize(pod), container: '' })),
      NAME - 'only '.length,
    );
    return {
      of: sources.map(podOf),
      names: new Map([...pods.keys()].map((key, i) => [key, names[i] ?? ''])),
    };
  }
  // Init containers run once: what they say tells nothing of a run.
  const before = new Set(sources.flatMap((each) => (each.isPrevious ? [each.container] : [])));
  const of = sources.map(({ container, isPrevious }) =>
    before.has(container) ? (isPrevious ? 'before' : 'now') : null,
  );
  return { of, names: new Map(of.flatMap((side) => (side === null ? [] : [[side, side]]))) };
}

const podOf = ({ cluster, namespace, pod }: LogSource): string => `${cluster}/${namespace}/${pod}`;
