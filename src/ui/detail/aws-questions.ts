/** What a description asks AWS when it is opened, and what is shown of it before and after. */
import { hintOf, reasonOf } from '../../core/words.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Questions, Section } from '../../resources/define.ts';
import type { UiConnection } from '../session.ts';

export class AwsQuestions {
  readonly #questions: Questions<BaseRow>;
  readonly #connection: UiConnection;
  #sections: readonly Section[] = [];

  constructor(questions: Questions<BaseRow>, connection: UiConnection) {
    this.#questions = questions;
    this.#connection = connection;
  }

  get sections(): readonly Section[] {
    return this.#sections;
  }

  /** Asks anew; `onAnswer` is told when there is something else to show. */
  async ask(row: BaseRow, onAnswer: () => void): Promise<void> {
    const { eks, door, store } = this.#connection;
    // A cluster that is none of EKS has nothing to ask about.
    if (eks === null || door === null) return;
    this.#sections = this.#said('asking AWS…');
    try {
      this.#sections = await this.#questions.sections(row, {
        eks,
        query: store,
        call: (action, input) => door.call(action, input),
      });
    } catch (error) {
      const hint = hintOf(error);
      this.#sections = this.#said(`? ${reasonOf(error)}${hint === '' ? '' : `: ${hint}`}`);
    }
    onAnswer();
  }

  #said(text: string): readonly Section[] {
    return [{ title: this.#questions.title, lines: [[[text, 'muted']]] }];
  }
}
