import type { Health, HealthLevel } from '../domain/health.ts';
import type { RowContext } from './define.ts';

const RANKS: Readonly<Record<HealthLevel, number>> = { bad: 0, warn: 1, busy: 2, ok: 3, gone: 4 };

// No moment of its own: what has just begun counts as if it had lasted, so that an order by it
// never changes by the clock alone.
const ALWAYS: RowContext = { now: Number.MAX_SAFE_INTEGER, time: 'age' };

/**
 * What sorting by status compares: what is broken comes first, then alike states together, and what
 * is not known (null) last.
 */
export function bySeverity<Row extends object>(
  word: (row: Row) => string | number | null,
  health: (row: Row, ctx: RowContext) => Health,
): (row: Row) => string | null {
  // Rows never change: a sort asks for each of them many times.
  const keys = new WeakMap<Row, string | null>();
  return (row) => {
    let key = keys.get(row);
    if (key === undefined) {
      const said = word(row);
      key = said === null ? null : `${RANKS[health(row, ALWAYS).level]} ${said}`;
      keys.set(row, key);
    }
    return key;
  };
}
