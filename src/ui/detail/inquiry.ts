/** The answer to why a row is as it is, kept up to date while it is looked at. */
import type { Clock } from '../../core/clock.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Finding } from '../../domain/why/finding.ts';
import type { Stop } from '../../ports/sink.ts';
import { Investigation } from '../../session/index.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection } from '../session.ts';

/** Once all is read, rules are asked again after so long (ms). */
const ASK_MS = 2000;
/** What goes over many rows rests the longer, so that it takes a few per cent of a core (ms). */
const REST_MS_A_PIECE = 20;

export class Inquiry {
  readonly #clock: Clock;
  readonly #def: RowResource;
  readonly #investigation: Investigation | null;
  readonly #onNews: () => void;
  #finding: Finding | null = null;
  #row: BaseRow | null = null;
  #askedAt = 0;
  #isAsking = false;
  #isAnswered = false;
  /** Something came that was not there when it was last asked. */
  #hasNews = false;
  /** Whether the last answer was given with all that it asked for. */
  #isSettled = false;

  /** @param onNews told when there is another answer, and while things are read for the first time */
  constructor(def: RowResource, connection: UiConnection | null, clock: Clock, onNews: () => void) {
    this.#def = def;
    this.#clock = clock;
    this.#onNews = onNews;
    this.#investigation =
      connection === null || def.why === undefined
        ? null
        : new Investigation(connection, clock, () => {
            this.#hasNews = true;
            if (!this.#isSettled) onNews();
          });
  }

  /** Whether the answer may still become another one by what is being read. */
  get isReading(): boolean {
    return (this.#isAsking && !this.#isAnswered) || (this.#investigation?.isReading ?? false);
  }

  /** What is found by now of a row; null: nothing is wrong that is known. */
  answer(row: BaseRow): Finding | null {
    const investigation = this.#investigation;
    const why = row.gone > 0 ? this.#def.whyGone : this.#def.why;
    if (investigation === null || why === undefined) return null;
    const rest = ASK_MS + investigation.pieces * REST_MS_A_PIECE;
    const isDue = this.#clock.now() - this.#askedAt >= rest;
    const isNew = row !== this.#row || (!this.#isSettled && this.#hasNews);
    if (!this.#isAsking && (isNew || isDue)) {
      this.#row = row;
      this.#ask(investigation, (world) => why(row, world));
    }
    return this.#finding;
  }

  readonly stop: Stop = () => this.#investigation?.stop();

  #ask(investigation: Investigation, rule: Parameters<Investigation['ask']>[0]): void {
    this.#isAsking = true;
    this.#hasNews = false;
    let isLater = false;
    investigation.ask(rule, (found) => {
      this.#isAsking = false;
      this.#isAnswered = true;
      this.#finding = found;
      this.#askedAt = this.#clock.now();
      this.#isSettled = !investigation.isReading;
      if (isLater) this.#onNews();
    });
    isLater = true;
  }
}
