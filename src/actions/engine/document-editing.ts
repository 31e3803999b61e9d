import { reasonOf } from '../../core/words.ts';
import type { Drafts } from '../../ports/local.ts';
import type { DocumentField, FormValues } from './form.ts';

/** What came of a text that was in the editor. */
export interface Edited {
  /** Where it is kept; empty: it was as it was when it was begun, and is kept no longer. */
  readonly path: string;
  readonly changed: boolean;
  /** What went wrong, in a sentence; may be empty. */
  readonly trouble: string;
}

/** The texts of a form that are written in the user's editor. What was written is kept, come what may. */
export class DocumentEditing {
  readonly #drafts: Drafts;
  readonly #fields: () => readonly DocumentField[];
  /** Why it was refused last: the editor opens with it. */
  #said = '';
  /** Whether what was written is to be opened again. */
  #again = false;

  constructor(drafts: Drafts, fields: () => readonly DocumentField[]) {
    this.#drafts = drafts;
    this.#fields = fields;
  }

  get any(): boolean {
    return this.#fields().length > 0;
  }

  field(id: string): DocumentField | undefined {
    return this.#fields().find((field) => field.id === id);
  }

  /** What was written was refused. */
  refused(reason: string): void {
    this.#said = reason;
  }

  /** It is to be opened again. */
  again(): void {
    this.#again = true;
  }

  /** The text that has to be in the editor before anything else. */
  due(values: FormValues): DocumentField | undefined {
    return this.#fields().find(({ id }) => this.#again || (values[id] ?? '') === '');
  }

  /** Where what was written is kept, in a sentence; empty where nothing was. */
  kept(values: FormValues): string {
    const paths = this.#fields().map(({ id }) => values[id] ?? '');
    const written = paths.filter((path) => path !== '');
    if (written.length === 0) return '';
    return `kept: ${written.map((path) => this.#drafts.shown(path)).join(', ')} · nothing was sent`;
  }

  /**
   * Has the user write a text. Rejects with a sentence where there is no place for it.
   * @param path where it is kept; empty: it is begun now
   */
  async edit(field: DocumentField, path: string): Promise<Edited> {
    this.#again = false;
    const said = (path === '' ? '' : field.check(path)) || this.#said;
    const draft = field.draft(said);
    const file = path === '' ? await this.#drafts.keep(field.file, draft) : path;
    if (path !== '') await this.#drafts.replace(file, draft);
    const trouble = await this.#drafts.edit(file).then(() => '', reasonOf);
    const changed = (await this.#drafts.read(file))?.text !== draft.text;
    if (changed) this.#said = '';
    if (changed || path !== '') return { path: file, changed, trouble };
    await this.#drafts.drop(file);
    return { path: '', changed, trouble };
  }
}
