/** The answer to why a row is as it is, kept up to date while it is looked at. */
import type { Clock } from '../../core/clock.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Finding } from '../../domain/why/finding.ts';
import type { Stop } from '../../ports/sink.ts';
import { Investigation } from '../../session/index.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection } from '../session.ts';

/** Rules look at thousands of rows: once all is read they are asked at most this often (ms). */
const ASK_MS = 2000;

export class Inquiry {
  readonly #clock: Clock;
  readonly #def: RowResource;
  readonly #investigation: Investigation | null;
  #finding: Finding | null = null;
  #row: BaseRow | null = null;
  #askedAt = 0;
  /** Whether the last answer was given with all that it asked for. */
  #isSettled = false;

  /** @param onNews told while things are read for the first time: there may be another answer */
  constructor(def: RowResource, connection: UiConnection | null, clock: Clock, onNews: () => void) {
    this.#def = def;
    this.#clock = clock;
    this.#investigation =
      connection === null || def.why === undefined
        ? null
        : new Investigation(connection, clock, () => {
            if (!this.#isSettled) onNews();
          });
  }

  /** Whether the answer may still become another one by what is being read. */
  get isReading(): boolean {
    return this.#investigation?.isReading ?? false;
  }

  /** What is found by now of a row; null: nothing is wrong that is known. */
  answer(row: BaseRow): Finding | null {
    const { why } = this.#def;
    if (this.#investigation === null || why === undefined) return null;
    const isDue = this.#clock.now() - this.#askedAt >= ASK_MS;
    if (row !== this.#row || !this.#isSettled || isDue) {
      this.#finding = row.gone > 0 ? null : this.#investigation.ask((world) => why(row, world));
      this.#row = row;
      this.#askedAt = this.#clock.now();
      this.#isSettled = !this.isReading;
    }
    return this.#finding;
  }

  readonly stop: Stop = () => this.#investigation?.stop();
}
