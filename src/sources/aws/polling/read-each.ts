import type { Clock } from '../../../core/clock.ts';
import { type Round, tolerate } from './round.ts';

/** What a listing names, each read by calls of its own, which are made less often than the listing. */
export interface ReadEach<Item, Row> {
  readonly rows: () => readonly Row[];
  readonly read: (items: readonly Item[], round: Round) => Promise<void>;
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
  const known = new Map<string, { row: Row; stamp: string; until: number }>();

  async function readOne(item: Item, round: Round): Promise<void> {
    const id = key(item);
    const before = known.get(id);
    const now = stamp(item);
    if (before?.stamp === now && clock.now() < before.until) return;
    try {
      const row = await options.read(item, round);
      known.set(id, { row, stamp: now, until: clock.now() + goodFor });
    } catch (error) {
      const fault = tolerate(error, round);
      // Gone since it was listed.
      if (fault.kind === 'absent') known.delete(id);
      else known.set(id, { row: before?.row ?? options.unread(item), stamp: now, until: 0 });
    }
    round.changed();
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
