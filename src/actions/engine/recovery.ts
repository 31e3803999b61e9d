/** What earlier runs of the program began and did not end, as the audit log tells. */
import type { AuditEntry, AuditLog } from './audit.ts';
import type { Unfinished } from './view.ts';

/** Older than this (ms) it is history. */
const RECENT = 7 * 24 * 3_600_000;

/** Intents without a result whose process is gone, the latest first. */
export async function unfinishedOf(log: AuditLog, now: number): Promise<readonly Unfinished[]> {
  const open = new Map<string, AuditEntry>();
  for (const line of await log.recent()) {
    const entry = parse(line);
    if (entry === null) continue;
    if (entry.phase === 'intent') open.set(keyOf(entry), entry);
    else open.delete(keyOf(entry));
  }
  return [...open.values()]
    .filter(({ pid, ts }) => now - Date.parse(ts) < RECENT && pid !== log.pid && !log.isAlive(pid))
    .map(({ id, pid, action, title, cluster, targets, values, ts }) => ({
      id: `${pid}/${id}`,
      action,
      title,
      cluster,
      targets,
      values,
      at: Date.parse(ts),
    }))
    .reverse();
}

const keyOf = ({ pid, id }: AuditEntry): string => `${pid}/${id}`;

/** A line that is ours and whole; others (cut short by a full disk, of an older form) tell nothing. */
function parse(line: string): AuditEntry | null {
  try {
    const entry = JSON.parse(line) as Partial<AuditEntry> | null;
    const { id, pid, phase, ts, action, title, cluster, targets, values } = entry ?? {};
    const strings = [id, ts, action, title, cluster].every((each) => typeof each === 'string');
    const isOurs =
      strings &&
      typeof pid === 'number' &&
      (phase === 'intent' || phase === 'result') &&
      Array.isArray(targets) &&
      targets.every((each) => typeof each === 'string') &&
      typeof values === 'object';
    return isOurs ? (entry as AuditEntry) : null;
  } catch {
    return null;
  }
}
