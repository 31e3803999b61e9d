import type { Sight } from '../../../../src/domain/changes/change.ts';

/** Somebody looks on, and nothing else is known. */
export const SIGHT: Sight = {
  now: 1_000,
  watched: true,
  query: { named: () => undefined, rows: () => [] },
  seenSince: () => 0,
  lately: () => undefined,
};
