import { grouped } from '../../core/grouped.ts';
import { sanitize } from '../../core/text.ts';
import type { LogSession, LogSource } from '../../session/index.ts';
import type { Painter } from '../../theme/index.ts';
import { wrapCell } from '../message.ts';
import type { BodySize } from '../pane.ts';
import type { LogMember } from './member.ts';
import { standingOf } from './standing.ts';

/** What is empty. */
export interface EmptyLog {
  readonly session: LogSession;
  /** The clusters that are shown together; empty: there is one. */
  readonly beside: readonly LogMember[];
  /** Lines are hidden. */
  readonly filtered: boolean;
  readonly now: number;
}

/** Why a log pane shows no line: hidden, waiting, failed, or nothing was written. */
export function emptyLines(
  { session, beside, filtered, now }: EmptyLog,
  painter: Painter,
  { columns, rows }: BodySize,
): readonly string[] {
  const standings = beside.map((member) => ({ member, ...standingOf(member, session, now) }));
  const troubled = standings.filter(({ isTroubled }) => isTroubled);
  // One that fails says nothing of the others.
  const others = session.sources.filter(
    ({ cluster }) => !troubled.some(({ member }) => member.cluster === cluster),
  );
  const lines = [headline(session, others.length > 0 ? others : session.sources, filtered)];
  for (const { member, text } of troubled) lines.push(`${member.name}: ${text}`);
  for (const [reason, who] of reasonsOf(session, beside)) lines.push(`${who}: ${reason}`);
  return lines
    .flatMap((line, i) => wrapCell([[sanitize(line), i === 0 ? 'info' : 'muted']], columns - 1))
    .slice(0, Math.max(1, rows - 1))
    .map((line) => ` ${painter.paint(line)}`);
}

/** Why sources wait, are cut or failed, each with those of which it is true. */
function reasonsOf(
  { sources, runs }: LogSession,
  beside: readonly LogMember[],
): ReadonlyMap<string, string> {
  const names = new Map(beside.map(({ cluster, name }) => [cluster, `${name} `]));
  const who = new Map<string, string>();
  for (const { cluster, pod, container, state, reason } of sources) {
    if (reason === '') continue;
    const text = state === 'waiting' && runs !== 'previous' ? `waits: ${reason}` : reason;
    const name = `${names.get(cluster) ?? ''}${container === '' ? pod : `${pod}/${container}`}`;
    const others = who.get(text);
    who.set(text, others === undefined ? name : `${others}, ${name}`);
  }
  return who;
}

function headline(session: LogSession, sources: readonly LogSource[], filtered: boolean): string {
  const { buffer, since } = session;
  if (filtered && buffer.length > 0) {
    return `none of ${grouped(buffer.length)} lines match; esc clears the filter`;
  }
  if (sources.length === 0) return 'no container to read from (yet)';
  if (sources.some(({ state }) => state === 'cut'))
    return 'no log can be read now; retrying by itself';
  if (sources.some(({ state }) => state === 'opening')) return 'waiting for the first line…';
  if (sources.every(({ state }) => state === 'waiting')) {
    return session.runs === 'previous'
      ? 'no container has restarted: there is no log before this; p goes back'
      : 'no container has started yet';
  }
  if (sources.every(({ state }) => state === 'failed')) return 'no log can be read';
  return since === 'all' ? 'nothing was written' : 'nothing was written since then; 1 shows all';
}
