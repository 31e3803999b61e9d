import { Backoff } from '../../core/backoff.ts';
import type { Clock } from '../../core/clock.ts';
import type { StampedText } from '../../core/log-time.ts';
import { kindOf } from '../../domain/ref.ts';
import type { LogOptions, LogSink } from '../../ports/kube.ts';
import type { Stop } from '../../ports/sink.ts';
import { asRequestError, type RequestError } from './errors.ts';
import type { Liveness } from './liveness.ts';
import { LogLines } from './log-lines.ts';
import { getObject } from './objects.ts';
import { objectPath } from './paths.ts';
import type { Transport } from './transport.ts';
import { turns } from '../../core/turns.ts';

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

/** A stream that stayed open for this long (ms) was well: the next failure is the first again. */
const STEADY = 10_000;
/** A server that ends each stream at once is asked this often (ms) while there is news each time. */
const MOST_WAIT_FOR_NEWS = 5000;

class LogStream {
  readonly #context: LogContext;
  readonly #options: LogOptions;
  readonly #sink: LogSink;
  readonly #signal: AbortSignal;
  readonly #backoff: Backoff;
  #isCut = false;
  /** When the stream was opened last (ms). */
  #opened = 0;
  /** It has brought lines since then. */
  #brought = false;
  /** Streams in a row that ended in good order but at once. */
  #short = 0;
  /** Time of the last line that this stream delivered. */
  #last = '';
  /** What the kubelet said behind the last line of the stream before, e.g. that it cannot follow. */
  #remark = '';

  constructor(context: LogContext, options: LogOptions, sink: LogSink, signal: AbortSignal) {
    this.#context = context;
    this.#options = options;
    this.#sink = sink;
    this.#signal = signal;
    this.#backoff = new Backoff(context.clock, context.random);
  }

  async run(): Promise<void> {
    for (;;) {
      this.#brought = false;
      this.#opened = Infinity;
      try {
        const rest = await this.#once();
        const goesOn = await this.#goesOn();
        this.#finish(rest, goesOn);
        if (!goesOn) {
          this.#end('');
          return;
        }
        this.#ended();
      } catch (thrown) {
        const error = asRequestError(thrown, this.#context.transport.host);
        if (!isPassing(error)) {
          this.#end(endReason(error, this.#options));
          return;
        }
        this.#cut(sentence(error));
      }
      await this.#wait(this.#pause());
      if (this.#signal.aborted) return;
    }
  }

  /** Reads a stream to its end; returns what stands behind its last line break. */
  async #once(): Promise<StampedText | null> {
    const { transport, liveness, clock } = this.#context;
    const { namespace, pod, container, resume } = this.#options;
    resume.begin();
    const response = await transport.open({
      doing: `read the log of ${pod}/${container} in ${namespace}`,
      path: objectPath({ ...kindOf('pods'), namespace, name: pod }, 'log'),
      query: this.#query(),
      pool: 'watches',
      signal: this.#signal,
    });
    this.#opened = clock.now();
    // One that ended at once will do so again: it is open when it brings something.
    if (this.#short < 2) this.#cut('');
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
    return lines.end();
  }

  /** A stream ended in good order though the container runs. */
  #ended(): void {
    const open = this.#context.clock.now() - this.#opened;
    this.#short = open < STEADY ? this.#short + 1 : 0;
    if (this.#short > 1) this.#cut(this.#remark || 'the server ends the stream at once');
  }

  /** How long to wait before the stream is opened again (ms). */
  #pause(): number {
    if (this.#context.clock.now() - this.#opened >= STEADY) this.#backoff.reset();
    const wait = this.#backoff.next();
    return this.#brought ? Math.min(wait, MOST_WAIT_FOR_NEWS) : wait;
  }

  /** Tells why the stream is cut, or with an empty reason that it is open again. */
  #cut(reason: string): void {
    if ((reason === '' && !this.#isCut) || this.#signal.aborted) return;
    this.#isCut = reason !== '';
    this.#sink.cut(reason);
  }

  #deliver(lines: readonly StampedText[]): void {
    if (this.#signal.aborted) return;
    const fresh = this.#options.resume.fresh(lines);
    if (fresh.length > 0) {
      this.#brought = true;
      this.#last = fresh.findLast(({ time }) => time !== '')?.time ?? this.#last;
      this.#cut('');
    }
    this.#sink.lines(fresh);
  }

  /**
   * What stands behind the last line break: of a line that is being written the rest will come with
   * the next stream; what has no stamp is a remark of the kubelet, told once however often it is made.
   */
  #finish(rest: StampedText | null, goesOn: boolean): void {
    if (rest === null || this.#signal.aborted) return;
    if (rest.time !== '') {
      if (!goesOn) this.#deliver([rest]);
    } else if (rest.text !== this.#remark) {
      this.#remark = rest.text;
      this.#sink.lines([rest]);
    }
  }

  #query(): Record<string, string> {
    const { container, previous, follow, sinceSeconds, tailLines, resume } = this.#options;
    const { since } = resume;
    return {
      container,
      timestamps: 'true',
      ...(follow ? { follow: 'true' } : {}),
      ...(previous ? { previous: 'true' } : {}),
      ...(since === '' ? {} : { sinceTime: since }),
      ...(since === '' && sinceSeconds !== null ? { sinceSeconds: String(sinceSeconds) } : {}),
      ...(since === '' && tailLines !== null ? { tailLines: String(tailLines) } : {}),
    };
  }

  /** A followed stream has ended: did the container, or did someone only close the stream? */
  async #goesOn(): Promise<boolean> {
    const { namespace, pod, container, follow, previous } = this.#options;
    if (!follow || previous || this.#signal.aborted) return false;
    const { group, version, resource, kind } = kindOf('pods');
    const ref = { group, version, resource, kind, namespace, name: pod };
    const object = await getObject(this.#context.transport, ref, this.#signal);
    const status = (object['status'] ?? {}) as Record<string, unknown>;
    const states = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses']
      .flatMap((field) => (status[field] ?? []) as readonly ContainerStatus[])
      .filter(({ name }) => name === container);
    const startedAt = states[0]?.state?.running?.startedAt;
    if (startedAt === undefined) return false;
    // A container that was started anew after the last line is another log: the caller decides.
    return this.#last === '' || Date.parse(startedAt) <= Date.parse(this.#last) + 1000;
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
