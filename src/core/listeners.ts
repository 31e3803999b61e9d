import { tellAll } from './apart.ts';

/** Those who want to hear of changes. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(): void {
    tellAll(this.#listeners);
  }
}
