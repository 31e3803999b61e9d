/** What a description asks while it is open, and what is shown of it before and after. */
import type { Clock } from '../../core/clock.ts';
import { humanDuration } from '../../core/duration.ts';
import { hintOf, reasonOf } from '../../core/words.ts';
import type { Stop } from '../../ports/sink.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Asking, Section } from '../../resources/define.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection, UiSession } from '../session.ts';

/** Answers that are on their way, and then there; null: there is nothing to ask. */
type Ask = (row: BaseRow, signal: AbortSignal) => Promise<readonly Section[]> | null;

/** What a description asks besides its object is asked anew this often (ms) while somebody looks. */
const AGAIN_MS = 60_000;
/** Where it is not known yet whom to ask, that is looked at so often (ms). */
const UNKNOWN_MS = 5_000;

export class Answers {
  readonly #title: string;
  readonly #waits: string;
  readonly #ask: Ask;
  readonly #clock: Clock;
  #sections: readonly Section[] = [];
  /** When it was answered last (ms); 0: never. */
  #asOf = 0;
  /** Why it was not, the last time; empty: it was. */
  #trouble = '';

  constructor(title: string, waits: string, clock: Clock, ask: Ask) {
    this.#title = title;
    this.#waits = waits;
    this.#clock = clock;
    this.#ask = ask;
  }

  /** What was answered last, and how old that is where it was not answered again. */
  get sections(): readonly Section[] {
    const last = this.#sections.at(-1);
    if (this.#trouble === '' || this.#asOf === 0 || last === undefined) return this.#sections;
    const age = humanDuration(this.#clock.now() - this.#asOf);
    const stale = [[`as of ${age} ago: ${this.#trouble}`, 'warn']] as const;
    return [...this.#sections.slice(0, -1), { ...last, lines: [...last.lines, stale] }];
  }

  /** Asks now and then again, until it is stopped; `onAnswer` is told when there is something else to show. */
  follow(row: () => BaseRow, onAnswer: () => void): Stop {
    const abort = new AbortController();
    let cancel: Stop = () => undefined;
    const go = async (): Promise<void> => {
      const asked = await this.#askOnce(row(), abort.signal);
      if (abort.signal.aborted) return;
      if (asked) onAnswer();
      cancel = this.#clock.after(asked ? AGAIN_MS : UNKNOWN_MS, () => void go());
    };
    void go();
    return () => {
      abort.abort();
      cancel();
    };
  }

  /** Whether there was anything to ask. */
  async #askOnce(row: BaseRow, signal: AbortSignal): Promise<boolean> {
    const answer = this.#ask(row, signal);
    if (answer === null) return false;
    if (this.#asOf === 0) this.#sections = this.#said(this.#waits);
    try {
      const sections = await answer;
      if (signal.aborted) return false;
      [this.#sections, this.#asOf, this.#trouble] = [sections, this.#clock.now(), ''];
    } catch (error) {
      this.#trouble = `${reasonOf(error)}: ${hintOf(error) || 'asked again each minute'}`;
      if (this.#asOf === 0) this.#sections = this.#said(`? ${this.#trouble}`);
    }
    return true;
  }

  #said(text: string): readonly Section[] {
    return [{ title: this.#title, lines: [[[text, 'muted']]] }];
  }
}

/** What the description of a resource asks AWS: about the connection's cluster, or that of a row of the fleet. */
export function awsAnswers(
  { asks }: RowResource,
  connection: UiConnection | null,
  session: Pick<UiSession, 'actorOn' | 'connectionTo'>,
  clock: Clock,
): Answers | null {
  if (asks === undefined) return null;
  return new Answers(asks.title, 'asking AWS…', clock, (row) => {
    const core = connection ?? session.actorOn(row.cluster)?.core;
    // A cluster that is none of EKS has nothing to ask about.
    if (!core?.eks || !core.door || asks.when?.(row) === false) return null;
    const { eks, door } = core;
    // Of a row of the fleet what its connection has read is known too, where there is one.
    const { store } = connection ?? session.connectionTo(row.cluster) ?? core;
    const call: Asking['call'] = (action, input) => door.call(action, input);
    return asks.sections(row, { eks, query: store, now: clock.now(), call });
  });
}

/** What the description of a resource reads of the API server beyond its object. */
export function kubeAnswers(
  { reads }: RowResource,
  connection: UiConnection | null,
  clock: Clock,
): Answers | null {
  if (reads === undefined || connection === null) return null;
  const { cluster, store, kube } = connection;
  return new Answers(reads.title, 'reading…', clock, (row, signal) =>
    reads.sections(row, { cluster, query: store, kube, signal }),
  );
}
