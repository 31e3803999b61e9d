import { tellAll } from '../core/apart.ts';
import type { Stop } from '../ports/sink.ts';

/** Listeners of something that changes, and how to tell them. */
export class Notifier {
  readonly #listeners = new Set<() => void>();

  subscribe(listener: () => void): Stop {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  notify(): void {
    tellAll(this.#listeners);
  }
}
