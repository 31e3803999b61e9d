import type { Clock } from '../../core/clock.ts';
import { IDLE, type SourceStatus } from '../../domain/status.ts';

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

  /** The rows are complete and follow the server; `namespaces` where only these may be read. */
  live(namespaces: readonly string[] | null = null): void {
    this.#set({
      namespaces,
      state: 'live',
      reason: '',
      hint: '',
      retryAt: 0,
      synced: true,
      asOf: this.#clock.now(),
    });
  }

  /** Something is wrong: `asOf` is when the rows were last known to be true, `wait` the ms until the next try. */
  failed(
    state: Exclude<SourceStatus['state'], 'live' | 'idle'>,
    why: { readonly message: string; readonly hint: string },
    wait: number,
    asOf: number,
  ): void {
    this.#set({
      state,
      reason: why.message,
      hint: why.hint,
      retryAt: wait > 0 ? this.#clock.now() + wait : 0,
      asOf: this.#status.synced ? Math.max(asOf, this.#status.asOf) : 0,
    });
  }

  #set(change: Partial<SourceStatus>): void {
    const next = { ...this.#status, ...change };
    const same = next.state === 'live' && this.#status.state === 'live';
    if (same && next.namespaces?.join() === this.#status.namespaces?.join()) {
      this.#status = next;
      return;
    }
    const since = next.state === this.#status.state ? this.#status.since : this.#clock.now();
    this.#status = { ...next, since };
    this.#tell(this.#status);
  }
}
