import type { Clock } from '../../core/clock.ts';
import { IDLE, type SourceStatus } from '../../domain/status.ts';

/** What there is of rows that are not complete: of which namespaces, or what is missing and why. */
export type Part = Partial<Pick<SourceStatus, 'namespaces' | 'reason' | 'hint'>>;

/** Keeps the status of one source and tells it when it changes. */
export class StatusTracker {
  readonly #clock: Clock;
  readonly #tell: (status: SourceStatus) => void;
  #status: SourceStatus;

  constructor(clock: Clock, tell: (status: SourceStatus) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#status = { ...IDLE, state: 'loading', since: clock.now() };
    tell(this.#status);
  }

  get current(): SourceStatus {
    return this.#status;
  }

  /** The rows follow the server: all of them, or the `part` that can be had. */
  live(part: Part = {}): void {
    this.#set({
      namespaces: null,
      reason: '',
      hint: '',
      ...part,
      isPutOff: undefined,
      state: 'live',
      retryAt: 0,
      synced: true,
      asOf: this.#clock.now(),
    });
  }

  /** Something is wrong: `asOf` is when the rows were last known to be true, `wait` the ms until the next try. */
  failed(
    state: Exclude<SourceStatus['state'], 'live' | 'idle'>,
    why: { readonly message: string; readonly hint: string; readonly retryAfter?: number },
    wait: number,
    asOf: number,
  ): void {
    this.#set({
      state,
      reason: why.message,
      hint: why.hint,
      isPutOff: (why.retryAfter ?? 0) > 0 || undefined,
      retryAt: wait > 0 ? this.#clock.now() + wait : 0,
      asOf: this.#status.synced ? Math.max(asOf, this.#status.asOf) : 0,
    });
  }

  #set(change: Partial<SourceStatus>): void {
    const next = { ...this.#status, ...change };
    const same = next.state === 'live' && this.#status.state === 'live';
    if (same && isSamePart(next, this.#status)) {
      this.#status = next;
      return;
    }
    const since = next.state === this.#status.state ? this.#status.since : this.#clock.now();
    this.#status = { ...next, since };
    this.#tell(this.#status);
  }
}

function isSamePart(a: SourceStatus, b: SourceStatus): boolean {
  return a.reason === b.reason && a.namespaces?.join() === b.namespaces?.join();
}
