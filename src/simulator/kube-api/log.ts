import type { Writable } from 'node:stream';
import { currentRun, previousRun, statusOf } from '../logs/container-runs.ts';
import { RunLog } from '../logs/run.ts';
import type { Run } from '../logs/style.ts';
import type { ContainerStatus, Pod } from '../world/objects.ts';
import { kindOf } from '../world/kinds.ts';
import type { World } from '../world/world.ts';
import { drained } from './list.ts';
import type { ApiRequest, Target } from './request.ts';
import { badRequest, notFound } from './status.ts';

/** How often a followed log is looked at again, in ms. */
const FOLLOW = 100;
/** Entries written before other requests get a turn. */
const SLICE = 500;

/** Answers a GET of a pod's log. */
export async function log(world: World, target: Target, request: ApiRequest): Promise<void> {
  const { query, response } = request;
  const pod = world.store.get('pods', target.namespace, target.name);
  if (!pod) throw notFound(kindOf('pods'), target.name);
  const container = containerOf(pod, query.get('container') ?? '');
  const previous = query.get('previous') === 'true';
  const run = runOf(world, pod, container, previous);
  const out = new LineWriter(response, query);
  const now = world.clock.date();
  const history = new RunLog(run);
  const count = history.countUntil(now);
  let next = Math.max(firstIndex(history, count, query, now), history.oldest(count));
  const tail = query.get('tailLines');
  let skip = 0;
  if (tail !== null) ({ next, skip } = tailOf(history, next, count, Number(tail)));
  response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  next = await out.write(history, next, count, skip);
  if (query.get('follow') !== 'true' || previous || run.endedAt !== null) {
    response.end();
    return;
  }
  follow(world, pod, container, run, next, out);
}

/** Writes what a container says from now on, until it ends or the stream is closed. */
export function logFromNow(world: World, pod: Pod, container: string, stream: Writable): void {
  const run = runOf(world, pod, container, false);
  const next = new RunLog(run).countUntil(world.clock.date());
  follow(world, pod, container, run, next, new LineWriter(stream, new URLSearchParams()));
}

/** Sends what comes, until the container ends, the pod is gone or the client leaves. */
function follow(
  world: World,
  pod: Pod,
  container: string,
  run: Run,
  from: number,
  out: LineWriter,
): void {
  const { stream } = out;
  let next = from;
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void step().finally(() => (busy = false));
  }, FOLLOW);
  stream.on('close', () => clearInterval(timer));
  const step = async (): Promise<void> => {
    const { namespace = '', name } = pod.metadata;
    const latest = world.store.get('pods', namespace, name);
    const still = latest?.metadata.uid === pod.metadata.uid ? latest : undefined;
    const status = still && statusOf(still, container);
    const running = status?.containerID === run.id && status.state.running;
    const ended = running ? undefined : endOf(status, run.id);
    const now = world.clock.date();
    const log = new RunLog({
      ...run,
      endedAt: running ? null : (ended?.at ?? now),
      exitCode: ended?.exitCode ?? 0,
      reason: ended?.reason ?? '',
    });
    next = await out.write(log, next, log.countUntil(now), 0);
    if (!running) {
      clearInterval(timer);
      stream.end();
    }
  };
}

/** Writes entries as lines, with what the query asks for: timestamps, a limit of bytes. */
class LineWriter {
  readonly stream: Writable;
  private readonly stamps: boolean;
  private left: number;

  constructor(stream: Writable, query: URLSearchParams) {
    this.stream = stream;
    this.stamps = query.get('timestamps') === 'true';
    this.left = Number(query.get('limitBytes') ?? Infinity);
  }

  /** Writes entries [from, to), without the first `skip` lines; returns the entry to go on with. */
  async write(log: RunLog, from: number, to: number, skip: number): Promise<number> {
    let omitted = skip;
    for (let start = from; start < to; start += SLICE) {
      let text = '';
      for (let index = start; index < Math.min(to, start + SLICE); index++) {
        const { time, lines } = log.entry(index, to);
        const stamp = this.stamps ? `${nanoStamp(time, index)} ` : '';
        for (const line of lines) {
          if (omitted > 0) omitted--;
          else text += `${stamp}${line}\n`;
        }
      }
      if (text.length > this.left) text = text.slice(0, this.left);
      this.left -= text.length;
      if (text && !this.stream.write(text)) await drained(this.stream);
      else if (to - from > SLICE) await new Promise(setImmediate);
      if (this.left <= 0 || this.stream.destroyed) break;
    }
    return to;
  }
}

function firstIndex(log: RunLog, count: number, query: URLSearchParams, now: number): number {
  const seconds = query.get('sinceSeconds');
  if (seconds !== null) return log.indexAt(now - Number(seconds) * 1000, count);
  const time = query.get('sinceTime');
  if (time === null) return 0;
  const since = Date.parse(time);
  if (Number.isNaN(since)) throw badRequest(`sinceTime: invalid time ${time}`);
  return log.indexAt(since, count);
}

/** The entry in which the last `lines` lines begin, and how many of its own are too many. */
function tailOf(
  log: RunLog,
  from: number,
  count: number,
  lines: number,
): { next: number; skip: number } {
  let left = lines;
  let index = count;
  while (index > from && left > 0) left -= log.entry(--index, count).lines.length;
  return { next: index, skip: Math.max(0, -left) };
}

/** The container that a client means. @throws {ApiError} where it is not clear */
export function containerOf(pod: Pod, asked: string): string {
  const main = pod.spec.containers.map((each) => each.name);
  const init = (pod.spec.initContainers ?? []).map((each) => each.name);
  if (asked) {
    if ([...main, ...init].includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`);
  }
  const [only, ...others] = main;
  if (only !== undefined && others.length === 0) return only;
  const ofInit = init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : '';
  throw badRequest(
    `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${main.join(' ')}]${ofInit}`,
  );
}

function runOf(world: World, pod: Pod, container: string, previous: boolean): Run {
  const run = (previous ? previousRun : currentRun)(world, pod, container);
  if (run !== null) return run;
  if (previous) {
    throw badRequest(
      `previous terminated container "${container}" in pod "${pod.metadata.name}" not found`,
    );
  }
  const waiting = statusOf(pod, container)?.state.waiting?.reason ?? 'ContainerCreating';
  const why = /ImagePull/.test(waiting)
    ? 'trying and failing to pull image'
    : `waiting to start: ${waiting}`;
  throw badRequest(`container "${container}" in pod "${pod.metadata.name}" is ${why}`);
}

function endOf(
  status: ContainerStatus | undefined,
  id: string,
): { at: number; exitCode: number; reason: string } | undefined {
  const found = [status?.state.terminated, status?.lastState.terminated].find(
    (each) => each?.containerID === id,
  );
  return (
    found && { at: Date.parse(found.finishedAt), exitCode: found.exitCode, reason: found.reason }
  );
}

/** RFC 3339 with nanoseconds, as the container runtime writes it. */
function nanoStamp(time: number, index: number): string {
  const below = String((index * 7919 + 104_729) % 1_000_000).padStart(6, '0');
  return `${new Date(time).toISOString().slice(0, 23)}${below}Z`;
}
