/** What a description asks when it is opened, and what is shown of it before and after. */
import { hintOf, reasonOf } from '../../core/words.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Section } from '../../resources/define.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection } from '../session.ts';

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

/** What the description of a resource asks AWS. */
export function awsAnswers({ asks }: RowResource, connection: UiConnection | null): Answers | null {
  if (asks === undefined || connection === null) return null;
  const { eks, door, store } = connection;
  return new Answers(asks.title, 'asking AWS…', (row) =>
    // A cluster that is none of EKS has nothing to ask about.
    eks === null || door === null
      ? null
      : asks.sections(row, {
          eks,
          query: store,
          call: (action, input) => door.call(action, input),
        }),
  );
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
