/** How a table that is made from others stands. */
import { isComing, mergeStatus, type SourceStatus } from '../domain/status.ts';
import { EKS_TABLES, type TableId } from '../domain/tables/index.ts';
import type { Query } from '../ports/query.ts';

const isOfAws = (table: TableId): boolean => Object.hasOwn(EKS_TABLES, table);

/** Whether a table was read, or is known not to be readable. */
export function isSettled(query: Query, table: TableId): boolean {
  return !isComing(query.status(table));
}

/**
 * That of the tables together; those that cannot be read are named, and what the others tell is told.
 * @param waits more is still to come
 */
export function statusOf(
  query: Query,
  tables: readonly TableId[],
  waits: boolean,
  now: number,
): SourceStatus {
  const all = tables
    .map((table) => ({ table, status: query.status(table) }))
    // A cluster that is none of EKS lacks nothing.
    .filter(({ table, status }) => !(status.state === 'absent' && isOfAws(table)));
  const failed = all.filter(({ table, status }) => isSettled(query, table) && !status.synced);
  const read = all.filter((each) => !failed.includes(each));
  const merged = mergeStatus((read.length > 0 ? read : all).map(({ status }) => status));
  const reason = failed.map(({ table, status }) => `without ${table}: ${status.reason}`);
  const told = read.length > 0 ? [...reason, merged.reason] : [merged.reason];
  return {
    ...merged,
    state: waits ? 'loading' : merged.state,
    since: merged.since || now,
    synced: !waits && read.length > 0,
    reason: told.filter((each) => each !== '').join('; '),
    hint: merged.hint || (failed[0]?.status.hint ?? ''),
  };
}
