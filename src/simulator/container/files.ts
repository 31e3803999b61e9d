import { posix } from 'node:path';

/** What stands at a path. */
export type Entry = { readonly directory: true } | { readonly content: Buffer };

/** The files of a container, by absolute path; they last as long as it does. */
export class Files {
  readonly #entries = new Map<string, Entry>([['/', { directory: true }]]);

  get(path: string): Entry | undefined {
    return this.#entries.get(path);
  }

  isDirectory(path: string): boolean {
    const entry = this.get(path);
    return entry !== undefined && 'directory' in entry;
  }

  /** The bytes of a file, or undefined where there is none. */
  read(path: string): Buffer | undefined {
    const entry = this.get(path);
    return entry !== undefined && 'content' in entry ? entry.content : undefined;
  }

  /** Writes a file, with the directories above it. */
  write(path: string, content: string | Buffer): void {
    this.makeDirectory(posix.dirname(path));
    this.#entries.set(path, { content: Buffer.from(content) });
  }

  makeDirectory(path: string): void {
    if (this.isDirectory(path)) return;
    if (path !== '/') this.makeDirectory(posix.dirname(path));
    this.#entries.set(path, { directory: true });
  }

  /** Removes what stands at a path and all below it. */
  remove(path: string): void {
    for (const each of [...this.#entries.keys()]) {
      if (each === path || each.startsWith(`${path}/`)) this.#entries.delete(each);
    }
  }

  /** The names in a directory, sorted. */
  names(directory: string): string[] {
    const prefix = directory === '/' ? '/' : `${directory}/`;
    return [...this.#entries.keys()]
      .filter((path) => path !== '/' && path.startsWith(prefix))
      .map((path) => path.slice(prefix.length))
      .filter((name) => !name.includes('/'))
      .sort();
  }

  /** A path and all below it, parents first. */
  tree(path: string): string[] {
    return [...this.#entries.keys()]
      .filter((each) => each === path || each.startsWith(path === '/' ? '/' : `${path}/`))
      .sort();
  }
}
