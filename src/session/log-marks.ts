/** What stands in front of each run of a container where all of them are shown. */
import type { ContainerExit, ContainerInfo } from '../domain/container.ts';
import type { LogEntry } from './log-merge.ts';

/**
 * The line that tells which run begins and how it ended, with the time of its end (it stands before
 * what the run wrote): `── init: migrate, exit 0 ──`.
 */
export function runMark(container: ContainerInfo, isPrevious: boolean): LogEntry {
  const { name, role, restarts, state, lastExit, reason } = container;
  const parts = [role === 'main' ? name : `${role}: ${name}`];
  const run = isPrevious ? restarts : restarts + 1;
  if (restarts > 0) parts.push(`run ${run} of ${restarts + 1}`);
  // Of the present state where that is an end, else of the run before, unless a next one is waited for.
  const isOwnExit = state === 'running' ? isPrevious : !isPrevious;
  const exit = isOwnExit ? lastExit : null;
  if (exit !== null) parts.push(exitText(exit));
  if (!isPrevious && state === 'running') {
    if (lastExit !== null) parts.push(`after ${exitText(lastExit)}`);
    parts.push('running');
  }
  if (!isPrevious && state === 'waiting' && reason !== '') parts.push(`then ${reason}`);
  if (isPrevious && run > 1) parts.push('the log of those before is not kept');
  const time = exit === null || exit.at === 0 ? '' : stampOf(exit.at);
  return { time, text: `── ${parts.join(', ')} ──`, isMark: true };
}

/** @param at ms */
const stampOf = (at: number): string => new Date(at).toISOString().replace('Z', '000000Z');

function exitText({ exitCode, reason }: ContainerExit): string {
  const says = reason === '' || reason === 'Completed' || reason === 'Error' ? '' : ` ${reason}`;
  return `exit ${exitCode}${says}`;
}
