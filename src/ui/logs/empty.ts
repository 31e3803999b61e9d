import { fit } from '../../core/text.ts';
import type { LogSession } from '../../session/index.ts';
import type { Painter } from '../../theme/index.ts';
import type { BodySize } from '../pane.ts';

/** Why a log pane shows no line: hidden, waiting, failed, or nothing was written. */
export function emptyLines(
  session: LogSession,
  filtered: boolean,
  painter: Painter,
  { columns, rows }: BodySize,
): readonly string[] {
  const lines = [headline(session, filtered)];
  for (const { pod, container, state, reason } of session.sources) {
    const waits = state === 'waiting' && !session.previous;
    if (reason !== '') lines.push(`${pod}/${container}: ${waits ? 'waits: ' : ''}${reason}`);
  }
  return lines
    .slice(0, Math.max(1, rows - 1))
    .map((line, i) => painter.tone(fit(` ${line}`, columns).trimEnd(), i === 0 ? 'info' : 'muted'));
}

function headline(session: LogSession, filtered: boolean): string {
  const { buffer, sources, since } = session;
  if (filtered && buffer.end > buffer.first) {
    return `none of ${(buffer.end - buffer.first).toLocaleString('en')} lines match; esc clears the filter`;
  }
  if (sources.length === 0) return 'no container to read from (yet)';
  if (sources.some(({ state }) => state === 'cut'))
    return 'no log can be read now; retrying by itself';
  if (sources.some(({ state }) => state === 'opening')) return 'waiting for the first line…';
  if (sources.every(({ state }) => state === 'waiting')) {
    return session.previous
      ? 'no container has restarted: there is no log before this; p goes back'
      : 'no container has started yet';
  }
  if (sources.every(({ state }) => state === 'failed')) return 'no log can be read';
  return since === 'all' ? 'nothing was written' : 'nothing was written since then; 1 shows all';
}
