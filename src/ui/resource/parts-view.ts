/** The parts of one row as live rows. */
import { Notifier } from '../../core/notifier.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Stop } from '../../ports/sink.ts';
import type { PartsDef } from '../../resources/enter.ts';
import type { RowSpec, RowView } from '../table/def.ts';
import type { WholeRow } from './whole.ts';

export class PartsView implements RowView<BaseRow> {
  readonly #parts: PartsDef<BaseRow>;
  readonly #of: WholeRow;
  readonly #notifier = new Notifier();
  readonly #stop: Stop;
  #spec: RowSpec<BaseRow>;
  #all: readonly BaseRow[] = [];
  #rows: readonly BaseRow[] = [];

  constructor(parts: PartsDef<BaseRow>, of: WholeRow, spec: RowSpec<BaseRow>) {
    this.#parts = parts;
    this.#of = of;
    this.#spec = spec;
    this.#read();
    this.#stop = of.changes.subscribe(() => {
      this.#read();
      this.#notifier.notify();
    });
  }

  get matched(): number {
    return this.#rows.length;
  }

  get total(): number {
    return this.#all.length;
  }

  get length(): number {
    return this.#rows.length;
  }

  get status() {
    return this.#of.status;
  }

  window(from: number, to: number): readonly BaseRow[] {
    return this.#rows.slice(from, to);
  }

  at(index: number): BaseRow | undefined {
    return this.#rows[index];
  }

  keyOf({ uid }: BaseRow): string {
    return uid;
  }

  indexOf(key: string): number {
    return this.#rows.findIndex(({ uid }) => uid === key);
  }

  isThere(key: string): boolean {
    return this.#all.some(({ uid }) => uid === key);
  }

  update(spec: RowSpec<BaseRow>): void {
    this.#spec = spec;
    this.#arrange();
  }

  finish(): void {
    // It lists at once.
  }

  subscribe(listener: () => void): Stop {
    return this.#notifier.subscribe(listener);
  }

  close(): void {
    this.#stop();
  }

  #read(): void {
    const { whole } = this.#of;
    this.#all = whole ? this.#parts.rows(whole) : [];
    this.#arrange();
  }

  #arrange(): void {
    const { filter = () => true, compare } = this.#spec;
    this.#rows = this.#all.filter(filter).sort(compare);
  }
}
