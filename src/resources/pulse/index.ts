/** The pulse of a cluster: what is wrong, where, since when, in a screenful that leads on. */
import type { TableId } from '../../domain/tables/index.ts';
import type { Query } from '../../ports/query.ts';
import type { BoardSection } from './board.ts';
import { CHANGES, changesSection } from './changes.ts';
import type { PulseFacts } from './facts.ts';
import { PULSE_KINDS } from './kinds.ts';
import { placesSection } from './places.ts';
import { SYSTEM_RESOURCES, systemSection } from './system.ts';
import { calmSection, troublesSection } from './troubles.ts';
import { WARNINGS, warningsSection } from './warnings.ts';

export { PULSE_KINDS } from './kinds.ts';
export { SYSTEM_RESOURCES } from './system.ts';
export { WARNINGS } from './warnings.ts';

/** Its word behind `:`, and what is remembered of who was there. */
export const PULSE = 'pulse';

/** Tables that tell of the cluster as a whole: they are asked for first. */
export const FIRST: readonly TableId[] = PULSE_KINDS.filter(({ spot }) => spot !== undefined).map(
  ({ resource }) => resource.table,
);

/** All others, which wait until those are there: they are much, and would hold each other up. */
export const AFTER: readonly TableId[] = [
  ...new Set<TableId>([
    ...PULSE_KINDS.flatMap(({ resource, needs, alsoFrom }) => [
      resource.table,
      ...needs,
      ...alsoFrom,
    ]),
    ...SYSTEM_RESOURCES.map(({ table }) => table),
    WARNINGS.table,
    'nodeusage',
  ]),
].filter((table) => !FIRST.includes(table));

/** Told of too, and read by very many tables of its own: it comes last, and not for many pods. */
export const LAST: readonly TableId[] = [CHANGES.table];

/** So many rows of those that are asked for first are too many to look back at by itself. */
export const MOST_LOOKED_BACK = 5000;

/**
 * Its sections in the order in which they matter, for lines of that many cells: those that tell what
 * is wrong, and those that tell where.
 */
export function pulseSections(
  facts: PulseFacts,
  query: Query,
  width: number,
): { readonly what: readonly BoardSection[]; readonly where: readonly BoardSection[] } {
  return {
    what: [
      troublesSection(facts, width),
      calmSection(facts, width),
      warningsSection(facts, query),
      changesSection(facts, query),
    ],
    where: [placesSection(facts, width), systemSection(facts, width)],
  };
}
