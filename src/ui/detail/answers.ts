/** What a description asks when it is opened, and what is shown of it before and after. */
import { hintOf, reasonOf } from '../../core/words.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Asking, Section } from '../../resources/define.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection, UiSession } from '../session.ts';

/** Answers that are on their way, and then there; null: there is nothing to ask. */
type Ask = (row: BaseRow, signal: AbortSignal) => Promise<readonly Section[]> | null;

export class Answers {
  readonly #title: string;
  readonly #waits: string;
  readonly #ask: Ask;
  #sections: readonly Section[] = [];

  constructor(title: string, waits: string, ask: Ask) {
    this.#title = title;
    this.#waits = waits;
    this.#ask = ask;
  }

  get sections(): readonly Section[] {
    return this.#sections;
  }

  /** Asks anew; `onAnswer` is told when there is something else to show. */
  async ask(row: BaseRow, signal: AbortSignal, onAnswer: () => void): Promise<void> {
    const answer = this.#ask(row, signal);
    if (answer === null) return;
    this.#sections = this.#said(this.#waits);
    try {
      this.#sections = await answer;
    } catch (error) {
      const hint = hintOf(error);
      this.#sections = this.#said(`? ${reasonOf(error)}${hint === '' ? '' : `: ${hint}`}`);
    }
    if (!signal.aborted) onAnswer();
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
): Answers | null {
  if (asks === undefined) return null;
  return new Answers(asks.title, 'asking AWS…', (row) => {
    const core = connection ?? session.actorOn(row.cluster)?.core;
    // A cluster that is none of EKS has nothing to ask about.
    if (!core?.eks || !core.door) return null;
    const { eks, door } = core;
    // Of a row of the fleet what its connection has read is known too, where there is one.
    const { store } = connection ?? session.connectionTo(row.cluster) ?? core;
    const call: Asking['call'] = (action, input) => door.call(action, input);
    return asks.sections(row, { eks, query: store, call });
  });
}

/** What the description of a resource reads of the API server beyond its object. */
export function kubeAnswers(
  { reads }: RowResource,
  connection: UiConnection | null,
): Answers | null {
  if (reads === undefined || connection === null) return null;
  const { cluster, store, kube } = connection;
  return new Answers(reads.title, 'reading…', (row, signal) =>
    reads.sections(row, { cluster, query: store, kube, signal }),
  );
}
