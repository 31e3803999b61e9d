import type { Draft, Drafts } from '../../src/ports/local.ts';

/** Texts in memory, and an editor that does as told. */
export class MemoryDrafts implements Drafts {
  readonly files = new Map<string, Draft>();
  /** What the user makes of a text; throws where the editor does not end well. */
  editor: (text: string) => string = (text) => text;
  /** What the editor was opened with, the last at the end. */
  readonly opened: string[] = [];
  #count = 0;

  keep(name: string, draft: Draft): Promise<string> {
    const path = `/edits/${++this.#count}/${name}`;
    this.files.set(path, draft);
    return Promise.resolve(path);
  }

  read(path: string): Promise<Draft | null> {
    return Promise.resolve(this.files.get(path) ?? null);
  }

  replace(path: string, draft: Draft): Promise<void> {
    this.files.set(path, draft);
    return Promise.resolve();
  }

  async edit(path: string): Promise<void> {
    await Promise.resolve();
    const draft = this.files.get(path) ?? { text: '', origin: '{}' };
    this.opened.push(draft.text);
    this.files.set(path, { ...draft, text: this.editor(draft.text) });
  }

  shown(path: string): string {
    return path;
  }

  drop(path: string): Promise<void> {
    this.files.delete(path);
    return Promise.resolve();
  }
}
