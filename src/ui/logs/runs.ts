/** Which runs of containers are shown, and since when: what keys ask for. */
import type { Runs, Since } from '../../session/index.ts';

/** Which runs the commands of tables show that open logs. */
export const RUNS: ReadonlyMap<string, Runs> = new Map([
  ['logs', 'current'],
  ['logs.previous', 'previous'],
  ['logs.history', 'all'],
]);

/** Since when the commands of a log show lines. */
export const SINCE: ReadonlyMap<string, Since> = new Map<string, Since>([
  ['logs.tail', 'tail'],
  ['logs.all', 'all'],
  ['logs.1m', 60],
  ['logs.5m', 300],
  ['logs.15m', 900],
  ['logs.30m', 1800],
  ['logs.1h', 3600],
]);

/** Since when lines are shown at first. */
export const beginOf = (runs: Runs): Since => (runs === 'current' ? 'tail' : 'all');

/** What a pane is called among those that it was opened from. */
export const crumbOf = (runs: Runs): string =>
  runs === 'current' ? 'logs' : runs === 'previous' ? 'logs (previous)' : 'logs (all runs)';
