/** What is wrong with the rows of a table, in words: what, since when, and what to do. */
import { humanDuration } from '../../core/duration.ts';
import type { Cell } from '../../core/styled.ts';
import type { SourceStatus } from '../../domain/status.ts';
import { orHere } from '../../resources/sign-in-words.ts';

/** Columns whose values cannot be known now, and the status of the source that they come from. */
export interface Missing {
  readonly columns: readonly string[];
  readonly status: SourceStatus;
}

/** A column whose values are not all known now, and the status of what it comes from. */
export interface Unknown {
  readonly column: string;
  readonly status: SourceStatus;
}

/** In words: `CPU is not known: metrics-server is not there`. */
export const unknownWords = ({ column, status }: Unknown): string =>
  isTroubled(status)
    ? `${column} is not known${reasonOf(status, status.state)}`
    : `${column} is not known yet: loading…`;

const TROUBLES: ReadonlySet<SourceStatus['state']> = new Set([
  'stale',
  'denied',
  'expired',
  'absent',
]);

/** Loading for longer than this (ms) is worth a word. */
const PATIENCE_MS = 3000;

/** Whether the rows do not follow the server. */
export const isTroubled = ({ state }: SourceStatus): boolean => TROUBLES.has(state);

/** How true the rows are, null when they are live. */
export function statusBadge(status: SourceStatus, rows: string, now: number): Cell | null {
  switch (status.state) {
    case 'live':
      // A part may be missing: what AWS did not allow, say.
      return status.reason === '' ? null : [[status.reason, 'warn']];
    case 'idle':
      return [['…', 'muted']];
    case 'loading': {
      const text = rows === '' ? 'loading…' : `loading ${rows}…`;
      return [[text + longWait(status, now) + reasonOf(status), 'info']];
    }
    case 'stale': {
      const wait = status.retryAt - now;
      const retry = wait > 0 ? `retry in ${Math.max(1, Math.ceil(wait / 1000))}s` : 'retrying';
      return [[`${age(status, rows, now) || 'no data'}${reasonOf(status)}, ${retry}`, 'warn']];
    }
    case 'denied':
    case 'expired':
    case 'absent': {
      const word = status.state === 'absent' ? 'not there' : status.state;
      const known = age(status, rows, now);
      const text = known === '' ? status.reason || word : `${known}${reasonOf(status, word)}`;
      return [[text, status.state === 'absent' ? 'warn' : 'bad']];
    }
  }
}

/** How long it takes already, with a blank before it; empty while that is no news. */
export const longWait = ({ since }: SourceStatus, now: number): string =>
  since > 0 && now - since >= PATIENCE_MS ? ` ${humanDuration(now - since)}` : '';

/** What can be done, and what is done already; empty where there is nothing. */
export function advice({ hint, state, retryAt }: SourceStatus): string {
  const retried = state === 'stale' || retryAt > 0;
  const parts = [
    orHere(hint),
    retried ? 'retrying by itself' : '',
    retried ? 'ctrl-r tries now' : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** How old the rows are, or that more were to come; empty where there never were any, or never will. */
function age({ asOf, state }: SourceStatus, rows: string, now: number): string {
  if (asOf > 0) return `stale ${humanDuration(now - asOf)}`;
  return rows === '' || state === 'absent' ? '' : 'incomplete';
}

const reasonOf = ({ reason }: SourceStatus, otherwise = ''): string =>
  (reason || otherwise) === '' ? '' : `: ${reason || otherwise}`;
