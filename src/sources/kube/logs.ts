import { Backoff } from '../../core/backoff.ts';
import type { Clock } from '../../core/clock.ts';
import { KINDS } from '../../domain/ref.ts';
import type { LogOptions, LogSink } from '../../ports/kube.ts';
import type { Stop } from '../../ports/sink.ts';
import { asRequestError, type RequestError } from './errors.ts';
import type { Liveness } from './liveness.ts';
import { LogLines, Resume } from './log-lines.ts';
import { getObject } from './objects.ts';
import { objectPath } from './paths.ts';
import type { Transport } from './transport.ts';
import { turns } from './turns.ts';

/** What a log stream works with. */
export interface LogContext {
  readonly transport: Transport;
  readonly liveness: Liveness;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * Streams one container's log until it ends or is stopped. A stream that is cut is resumed where
 * it was, without a line lost or doubled.
 */
export function streamLogs(context: LogContext, options: LogOptions, sink: LogSink): Stop {
  const abort = new AbortController();
  const stream = new LogStream(context, options, sink, abort.signal);
  void stream.run();
  return () => abort.abort();
}

class LogStream {
  readonly #context: LogContext;
  readonly #options: LogOptions;
  readonly #sink: LogSink;
  readonly #signal: AbortSignal;
  readonly #resume = new Resume();
  readonly #backoff: Backoff;
  #isCut = false;

  constructor(context: LogContext, options: LogOptions, sink: LogSink, signal: AbortSignal) {
    this.#context = context;
    this.#options = options;
    this.#sink = sink;
    this.#signal = signal;
    this.#backoff = new Backoff(context.clock, context.random);
  }

  async run(): Promise<void> {
    for (;;) {
      try {
        await this.#once();
        if (!(await this.#goesOn())) {
          this.#end('');
          return;
        }
      } catch (thrown) {
        const error = asRequestError(thrown, this.#context.transport.host);
        if (!isPassing(error)) {
          this.#end(endReason(error, this.#options));
          return;
        }
        this.#cut(error);
      }
      await this.#wait(this.#backoff.next());
      if (this.#signal.aborted) return;
    }
  }

  async #once(): Promise<void> {
    const { transport, liveness } = this.#context;
    const { namespace, pod, container } = this.#options;
    this.#resume.begin();
    const response = await transport.open({
      doing: `read the log of ${pod}/${container} in ${namespace}`,
      path: objectPath({ ...KINDS.pods, namespace, name: pod }, 'log'),
      query: this.#query(),
      pool: 'watches',
      signal: this.#signal,
    });
    this.#cut(null);
    const guard = liveness.guard((error) => response.destroy(error), { quiet: true });
    const lines = new LogLines();
    try {
      for await (const chunk of response as AsyncIterable<Buffer>) {
        guard.heard();
        this.#deliver(lines.push(chunk));
        if (turns.over) await turns.again();
      }
    } finally {
      guard.stop();
    }
    this.#deliver(lines.end());
  }

  /** Tells that the stream is cut, or with null that it is open again. */
  #cut(error: RequestError | null): void {
    if ((error === null && !this.#isCut) || this.#signal.aborted) return;
    this.#isCut = error !== null;
    this.#sink.cut(error === null ? '' : sentence(error));
  }

  #deliver(lines: ReturnType<LogLines['push']>): void {
    if (lines.length === 0 || this.#signal.aborted) return;
    const fresh = this.#resume.fresh(lines);
    this.#backoff.reset();
    if (fresh.length > 0) this.#sink.lines(fresh);
  }

  #query(): Record<string, string> {
    const { container, previous, follow, sinceSeconds, sinceTime, tailLines } = this.#options;
    const resumed = this.#resume.time;
    const from = resumed === '' ? (sinceTime ?? '') : resumed;
    return {
      container,
      timestamps: 'true',
      ...(follow ? { follow: 'true' } : {}),
      ...(previous ? { previous: 'true' } : {}),
      ...(from === '' ? {} : { sinceTime: from }),
      ...(from === '' && sinceSeconds !== null ? { sinceSeconds: String(sinceSeconds) } : {}),
      ...(resumed === '' && tailLines !== null ? { tailLines: String(tailLines) } : {}),
    };
  }

  /** A followed stream has ended: did the container, or did someone only close the stream? */
  async #goesOn(): Promise<boolean> {
    const { namespace, pod, container, follow, previous } = this.#options;
    if (!follow || previous || this.#signal.aborted) return false;
    const { group, version, resource, kind } = KINDS.pods;
    const ref = { group, version, resource, kind, namespace, name: pod };
    const object = await getObject(this.#context.transport, ref, this.#signal);
    const status = (object['status'] ?? {}) as Record<string, unknown>;
    const states = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses']
      .flatMap((field) => (status[field] ?? []) as readonly ContainerStatus[])
      .filter(({ name }) => name === container);
    const startedAt = states[0]?.state?.running?.startedAt;
    if (startedAt === undefined) return false;
    // A container that was started anew after the last line is another log: the caller decides.
    return (
      this.#resume.time === '' || Date.parse(startedAt) <= Date.parse(this.#resume.time) + 1000
    );
  }

  #end(reason: string): void {
    if (!this.#signal.aborted) this.#sink.end(reason);
  }

  #wait(ms: number): Promise<void> {
    if (this.#signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#context.clock.after(ms, resolve);
      this.#signal.addEventListener(
        'abort',
        () => {
          cancel();
          resolve();
        },
        { once: true },
      );
    });
  }
}

interface ContainerStatus {
  readonly name?: string;
  readonly state?: { readonly running?: { readonly startedAt?: string } };
}

/** Failures after which the stream is worth opening again. */
function isPassing(error: RequestError): boolean {
  return error.code === 0 || error.code === 429 || error.code >= 500;
}

/** Why there is no (more) log, in words. */
function endReason(error: RequestError, { pod, container }: LogOptions): string {
  const { code, message } = error;
  if (code === 400 && message.includes('is waiting to start')) {
    const why = message.split(': ').at(-1) ?? '';
    return `the container ${container} has not started yet (${why})`;
  }
  if (code === 400 && message.includes('previous terminated container')) {
    return `the container ${container} has no previous run`;
  }
  if (code === 404) return `the pod ${pod} is gone`;
  return sentence(error);
}

const sentence = ({ message, hint }: RequestError): string =>
  hint === '' ? message : `${message}; ${hint}`;
