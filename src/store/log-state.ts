import type { SourceStatus } from '../domain/status.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Log } from '../ports/log.ts';

/** Tells the log of a source's other state; one that goes on is no event. */
export function logState(log: Log, table: TableId, before: SourceStatus, now: SourceStatus): void {
  if (before.state === now.state && before.reason === now.reason) return;
  const { state, reason, hint, namespaces } = now;
  const level = state === 'live' || state === 'loading' || state === 'idle' ? 'info' : 'warn';
  log(level, 'source', { table, state, before: before.state, reason, hint, namespaces });
}
