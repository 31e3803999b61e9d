/** Keeps what was seen of the figures of rows that somebody looks at; of no others. */
import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables/index.ts';
import { Series, type Trend } from '../domain/trend.ts';
import type { Stop } from '../ports/sink.ts';

/** Of so many rows, those that were looked at last. */
const MOST_ROWS = 256;

/** The figures of a row, in the order in which a trend has them. */
export type Figures = (row: BaseRow) => readonly (number | null)[];

/** Where rows change. */
interface Source {
  now(): number;
  onChange(tables: readonly TableId[], listener: () => void): Stop;
}

export class Trends {
  readonly #store: Source;
  readonly #series = new Map<string, Series>();

  constructor(store: Source) {
    this.#store = store;
  }

  /**
   * Takes in the figures of some rows of a table now, and whenever rows of it change.
   * @param of asked for each time: it costs what it names
   */
  follow(table: TableId, figures: Figures, of: () => Iterable<BaseRow>): Stop {
    const look = (): void => {
      for (const row of of()) if (row.gone === 0) this.#see(table, row, figures(row));
    };
    look();
    return this.#store.onChange([table], look);
  }

  /** What was seen of a row; null: it was never looked at. */
  of(table: TableId, uid: string): Trend | null {
    return this.#series.get(`${table} ${uid}`) ?? null;
  }

  #see(table: TableId, { uid }: BaseRow, values: readonly (number | null)[]): void {
    const key = `${table} ${uid}`;
    const now = this.#store.now();
    const series = this.#series.get(key) ?? new Series(now);
    // The one looked at last is the last to be forgotten.
    this.#series.delete(key);
    this.#series.set(key, series);
    series.add(now, values);
    const [oldest] = this.#series.keys();
    if (this.#series.size > MOST_ROWS && oldest !== undefined) this.#series.delete(oldest);
  }
}
