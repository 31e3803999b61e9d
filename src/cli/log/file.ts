import { writeSync } from 'node:fs';
import { rename, type FileHandle } from 'node:fs/promises';
import { openToAppend } from '../../config/private-files.ts';

/** How large a log may grow (bytes) before it is put aside as `….1`, which it replaces. */
const LIMIT = 10_000_000;
/** Characters that may wait for a slow disk; what comes then is counted and lost. */
const WAITING = 1_000_000;

/** The log on disk: lines are written in the background, in order, and bounded in size. */
export class LogFile {
  readonly #path: string;
  readonly #limit: number;
  #handle: FileHandle;
  #size: number;
  #waiting: string[] = [];
  #waitingSize = 0;
  #lost = 0;
  #writing: Promise<void> | null = null;
  #trouble = '';

  private constructor(path: string, handle: FileHandle, size: number, limit: number) {
    this.#path = path;
    this.#handle = handle;
    this.#size = size;
    this.#limit = limit;
  }

  /** @throws PrivateFileError where it cannot be written or others could change it */
  static async open(path: string, limit = LIMIT): Promise<LogFile> {
    const handle = await openToAppend(path);
    const { size } = await handle.stat();
    return new LogFile(path, handle, size, limit);
  }

  /** Why nothing is written any more; empty while all is well. */
  get trouble(): string {
    return this.#trouble;
  }

  /** Takes a line; it is on its way to the disk when this returns. */
  write(line: string): void {
    if (this.#trouble !== '') return;
    if (this.#waitingSize > WAITING) {
      this.#lost++;
      return;
    }
    if (this.#lost > 0) this.#take(`{"level":"warn","event":"lost","lines":${this.#lost}}`);
    this.#lost = 0;
    this.#take(line);
    this.#writing ??= this.#drain();
  }

  /** Writes what waits without giving anything else a turn: for the very end. */
  flushSync(): void {
    if (this.#trouble !== '' || this.#waiting.length === 0) return;
    try {
      writeSync(this.#handle.fd, this.#next());
    } catch {
      // It is the end: there is nobody left to tell.
    }
  }

  /** Resolves when all that was taken is written. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  async close(): Promise<void> {
    await this.idle();
    await this.#handle.close();
    this.#trouble = 'closed';
  }

  #take(line: string): void {
    this.#waiting.push(`${line}\n`);
    this.#waitingSize += line.length;
  }

  #next(): string {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#waitingSize = 0;
    return text;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const text = this.#next();
        if (this.#size > 0 && this.#size + text.length > this.#limit) await this.#putAside();
        await this.#handle.appendFile(text);
        this.#size += Buffer.byteLength(text);
      }
    } catch (error) {
      this.#trouble = (error as Error).message;
      this.#waiting = [];
    } finally {
      this.#writing = null;
    }
  }

  async #putAside(): Promise<void> {
    await this.#handle.close();
    await rename(this.#path, `${this.#path}.1`);
    this.#handle = await openToAppend(this.#path);
    this.#size = (await this.#handle.stat()).size;
  }
}
