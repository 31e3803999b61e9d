/** Asks a server every now and then who it is, and what its answers say about the connection. */
import type { Clock } from '../core/clock.ts';
import { IDLE, type SourceStatus } from '../domain/status.ts';
import type { KubePort, ServerInfo } from '../ports/kube.ts';

/** How often the header's version and round trip are asked for (ms). */
const EVERY_MS = 20_000;

export class Heartbeat {
  readonly #kube: KubePort;
  readonly #clock: Clock;
  readonly #heard: (info: ServerInfo | null) => void;
  #status: SourceStatus;
  #cancel: (() => void) | null = null;
  #closed = false;

  /** @param heard after each answer; null where there was none */
  constructor(kube: KubePort, clock: Clock, heard: (info: ServerInfo | null) => void) {
    this.#kube = kube;
    this.#clock = clock;
    this.#heard = heard;
    this.#status = { ...IDLE, state: 'loading', since: clock.now() };
    void this.#ask();
  }

  /** What the last answer, or the want of one, says about the connection. */
  get status(): SourceStatus {
    return this.#status;
  }

  /** Asks now. */
  retryNow(): void {
    this.#cancel?.();
    void this.#ask();
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  async #ask(): Promise<void> {
    let info: ServerInfo | null = null;
    try {
      info = await this.#kube.info();
      const now = this.#clock.now();
      const since = this.#status.state === 'live' ? this.#status.since : now;
      this.#status = { ...IDLE, state: 'live', since, asOf: now, synced: true };
    } catch (error) {
      this.#fail(error as Error & { code?: number; hint?: string });
    }
    if (this.#closed) return;
    this.#cancel = this.#clock.after(EVERY_MS, () => void this.#ask());
    this.#heard(info);
  }

  #fail(error: Error & { readonly code?: number; readonly hint?: string }): void {
    const state = error.code === 401 ? 'expired' : error.code === 403 ? 'denied' : 'stale';
    const now = this.#clock.now();
    this.#status = {
      ...this.#status,
      state,
      since: this.#status.state === state ? this.#status.since : now,
      reason: error.message,
      hint: error.hint ?? '',
      retryAt: now + EVERY_MS,
    };
  }
}
