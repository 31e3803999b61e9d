/** `ekscope logs`: the lines that the pane of logs shows, printed. */
import type { Clock } from '../core/clock.ts';
import type { BaseRow } from '../domain/rows.ts';
import { hasEnded } from '../domain/workload-pods.ts';
import { LogSession, podLogs, type Connection, type LogSource } from '../session/index.ts';
import { settled } from '../store/settled.ts';
import { LOGGED } from '../ui/logs/index.ts';
import { findRows } from './get.ts';
import type { LogsRequest } from './logs-request.ts';
import { LogPrinter } from './log-printer.ts';
import type { Output } from './output.ts';

/** What they are printed with. */
export interface LogsOptions {
  readonly clock: Clock;
  /** How long rows and the first lines are waited for (ms). */
  readonly timeout: number;
  readonly output: Pick<Output, 'out' | 'err'>;
  /** Ends what is followed. */
  readonly signal: AbortSignal;
}

/** Lines that are held between two looks of the printer: it looks at each change. */
const CAPACITY = 200_000;

/**
 * Prints the logs of the rows that are meant, merged in order of time.
 * @returns 0; 1: there is no such row, or none of its containers has such a log; 3: it cannot be read
 */
export async function logs(
  request: LogsRequest,
  { cluster, store, kube, need }: Pick<Connection, 'cluster' | 'store' | 'kube' | 'need'>,
  options: LogsOptions,
): Promise<number> {
  const { of, container, since, tail, follows, previous } = request;
  const { clock, timeout, output } = options;
  const { table, pods } = of.resource;
  const release = need([table, LOGGED]);
  try {
    await settled(store, [table, LOGGED], clock, timeout);
    const found = findRows(of, store);
    for (const problem of found.problems) output.err(`ekscope: ${problem}\n`);
    if (found.rows === null) {
      const { reason } = store.status(table);
      if (found.problems.length === 0) output.err(`ekscope: ${reason || 'no answer in time'}\n`);
      return found.code;
    }
    if (found.rows.length === 0 || pods === undefined) return 1;
    const tests = found.rows.map((row: BaseRow) => pods(row, store));
    const meant = () => (pod: Parameters<(typeof tests)[number]>[0]) =>
      tests.some((isOf) => isOf(pod));
    const session = new LogSession({
      parts: [podLogs({ cluster, query: store, kube, tables: [table], meant })],
      target: { title: of.name, container, runs: previous ? 'previous' : 'current' },
      ...{ clock, since, tail, follows, capacity: CAPACITY },
    });
    // Pods that are done write no more; those that may come of the same rows are not waited for.
    const isDone = (): boolean =>
      [...store.rows(LOGGED)].every((pod) => pod.gone > 0 || hasEnded(pod) || !meant()(pod));
    try {
      return await printed(session, request, isDone, options);
    } finally {
      session.close();
    }
  } finally {
    release();
  }
}

/**
 * Prints until all that there is was printed, or until it is stopped.
 * @param isDone whether nothing is written any more, so that following is over too
 */
function printed(
  session: LogSession,
  { tests, format, follows }: LogsRequest,
  isDone: () => boolean,
  { clock, timeout, output, signal }: LogsOptions,
): Promise<number> {
  const printer = new LogPrinter(session, { tests, format, out: output.out, clock });
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      stop();
      signal.removeEventListener('abort', end);
      printer.end();
      resolve(verdict(session, output));
    };
    const look = (): void => {
      printer.print();
      if (isOver(session) && (!follows || (session.sources.length > 0 && isDone()))) end();
    };
    const stop = session.subscribe(look);
    // Who has not said a word by then does not answer; who does may go on.
    const late = (): void => {
      if (session.sources.every(({ state }) => state !== 'live')) end();
    };
    const cancel = follows ? () => undefined : clock.after(timeout, late);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    else look();
  });
}

const isRead = ({ state }: LogSource): boolean => state !== 'opening' && state !== 'live';

const isOver = (session: LogSession): boolean =>
  !session.isPending && session.sources.every(isRead);

/** Says what could not be printed, and why. */
function verdict(
  { sources, leftOut, endedLeftOut }: LogSession,
  { err }: Pick<Output, 'err'>,
): number {
  if (sources.length === 0) err('ekscope: no container is meant\n');
  if (leftOut > 0) err(`ekscope: ${leftOut} containers left out: there are too many\n`);
  if (endedLeftOut > 0) err(`ekscope: ${endedLeftOut} ended init containers left out\n`);
  for (const [why, names] of unread(sources)) {
    const [one = '', another] = names;
    err(`ekscope: ${another === undefined ? one : `${names.length} containers`}: ${why}\n`);
  }
  if (sources.some(({ state }) => state === 'ended' || state === 'live')) return 0;
  return sources.length > 0 && sources.some(({ state }) => state !== 'waiting') ? 3 : 1;
}

/** The containers that could not be read, by the reason. */
function unread(sources: readonly LogSource[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { pod, container, state, reason } of sources) {
    if (state === 'live' || state === 'ended') continue;
    const why = reason || 'no answer in time';
    found.set(why, [...(found.get(why) ?? []), `${pod}/${container}`]);
  }
  return found;
}
