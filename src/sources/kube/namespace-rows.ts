import type { Sink } from '../../ports/sink.ts';

/**
 * Lets several lists, one per namespace, write into one sink as if they were one: a full list of
 * one namespace must not sweep away the rows of the others.
 */
export class NamespaceRows<Row extends { readonly uid: string }> {
  readonly #sink: Sink<Row>;
  readonly #known: Set<string>;
  #listed: Set<string> | null = null;
  readonly #onSynced: () => void;

  constructor(sink: Sink<Row>, onSynced: () => void) {
    this.#sink = sink;
    this.#known = new Set();
    this.#onSynced = onSynced;
  }

  relist(): void {
    this.#listed = new Set();
  }

  put(rows: readonly Row[]): void {
    for (const { uid } of rows) {
      this.#known.add(uid);
      this.#listed?.add(uid);
    }
    this.#sink.put(rows);
  }

  remove(rows: readonly { readonly uid: string; readonly last?: Row }[]): void {
    for (const { uid } of rows) this.#known.delete(uid);
    this.#sink.remove(rows);
  }

  synced(): void {
    const listed = this.#listed ?? this.#known;
    const gone = [...this.#known].filter((uid) => !listed.has(uid));
    this.#listed = null;
    if (gone.length > 0) this.remove(gone.map((uid) => ({ uid })));
    this.#onSynced();
  }
}
