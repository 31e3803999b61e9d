import type { Clock } from '../../../core/clock.ts';
import { type AwsFault, isPassing } from '../../../domain/aws-fault.ts';
import { type Round, tolerate } from './round.ts';

/** What a listing names, each read by calls of its own, which are made less often than the listing. */
export interface ReadEach<Item, Row> {
  readonly rows: () => readonly Row[];
  readonly read: (items: readonly Item[], round: Round) => Promise<void>;
}

/** What is known of an item. */
interface Known<Row> {
  readonly row: Row;
  readonly stamp: string;
  /** When it is read anew (ms). */
  readonly until: number;
  /** What is missing of it. */
  readonly gaps: readonly AwsFault[];
}

/**
 * Reads each item of a listing when it is new, when the listing tells that it changed, or when what
 * is known of it is too old. One that fails does not fail the others.
 *
 * @param goodFor how long what was read is good (ms)
 */
export function readEach<Item, Row>(
  clock: Clock,
  goodFor: number,
  options: {
    readonly key: (item: Item) => string;
    /** What the listing tells that changes with the item; absent: nothing. */
    readonly stamp?: (item: Item) => string;
    readonly read: (item: Item, round: Round) => Promise<Row>;
    /** The row of one that could not be read. */
    readonly unread: (item: Item) => Row;
  },
): ReadEach<Item, Row> {
  const { key, stamp = () => '' } = options;
  const known = new Map<string, Known<Row>>();

  async function readOne(item: Item, round: Round): Promise<void> {
    const id = key(item);
    const before = known.get(id);
    const now = stamp(item);
    if (round.wanted || before?.stamp !== now || clock.now() >= before.until) {
      const gaps: AwsFault[] = [];
      try {
        const row = await options.read(item, { ...round, gaps });
        // What may come the next time is not missing for as long as the rest is good.
        const until = gaps.some(isPassing) ? 0 : clock.now() + goodFor;
        known.set(id, { row, stamp: now, until, gaps });
      } catch (error) {
        const fault = tolerate(error, { ...round, gaps });
        // Gone since it was listed.
        if (fault.kind === 'absent') known.delete(id);
        else {
          const row = before?.row ?? options.unread(item);
          known.set(id, { row, stamp: now, until: 0, gaps });
        }
      }
      round.changed();
    }
    // What is missing of it is told as long as it is.
    round.gaps.push(...(known.get(id)?.gaps ?? []));
  }

  return {
    rows: () => [...known.values()].map(({ row }) => row),
    async read(items, round) {
      const ids = new Set(items.map(key));
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
      await Promise.all(items.map((item) => readOne(item, round)));
    },
  };
}
