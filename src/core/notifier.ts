import { tellAll } from './apart.ts';

/** Something that changes: those who want to hear of it, and how they are told. */
export class Notifier {
  readonly #listeners = new Set<() => void>();

  /** @returns the function that ends it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells each; what one of them throws is nobody else's. */
  notify(): void {
    tellAll(this.#listeners);
  }

  /** Nobody hears of anything any more. */
  clear(): void {
    this.#listeners.clear();
  }
}
