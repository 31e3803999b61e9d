/** Runs kubectl, the aws CLI and ekscope itself side by side, and reads what they print. */
import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { awsCli } from '../support/aws-cli.ts';

const EKSCOPE = fileURLToPath(new URL('../../bin/ekscope.js', import.meta.url));
const run = promisify(execFile);

/** A line of a table: its cells by the titles of their columns. */
export type Line = Readonly<Record<string, string>>;
/** A row of `ekscope get -o json`: values by column. */
export type Values = Readonly<Record<string, string | number | boolean | null>>;

/** Clients in one environment, with a home of their own: the user's is neither read nor written. */
export class Clients implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'ekscope-peers-'));
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = { PATH: process.env['PATH'], HOME: this.home, TZ: 'UTC', ...env };
  }

  /** The same clients, with other variables. */
  with(env: Readonly<Record<string, string>>): Clients {
    return new Clients({ ...(this.#env as Record<string, string>), ...env });
  }

  /** What kubectl prints. @throws Error with what it says on stderr */
  kubectl(command: string): Promise<string> {
    return this.#print('kubectl', command.split(' '));
  }

  /** What the aws CLI prints. */
  aws(command: string): Promise<string> {
    return awsCli(command.split(' '), this.#env);
  }

  /** The table that kubectl prints; of several kinds at once, their tables one after the other. */
  async table(command: string): Promise<readonly Line[]> {
    return parseTable(await this.kubectl(command));
  }

  /** The rows of a pane. */
  async rows(command: string): Promise<readonly Values[]> {
    const words = [EKSCOPE, 'get', ...command.split(' '), '-o', 'json'];
    return JSON.parse(await this.#print(process.execPath, words)) as Values[];
  }

  /** A kubectl that goes on. */
  follow(command: string): Following {
    return new Following(
      spawn('kubectl', command.split(' '), {
        env: this.#env,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  async #print(program: string, args: readonly string[]): Promise<string> {
    const { stdout } = await run(program, args, { env: this.#env, maxBuffer: 2 ** 27 });
    return stdout;
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** A client that prints as things happen. */
export class Following implements Disposable {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #lines: AsyncIterator<string, undefined>;

  #complaint = '';

  constructor(child: ChildProcessByStdio<null, Readable, Readable>) {
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#complaint += text));
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** The next line that matches. @throws Error where the client ended before it */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const next = await this.#lines.next();
      if (next.done === true) {
        throw new Error(`ended without a line like ${String(pattern)}: ${this.#complaint}`);
      }
      if (pattern.test(next.value)) return next.value;
    }
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGTERM');
  }
}

/** Reads a table by where the titles stand: cells may be empty and may hold spaces. */
export function parseTable(text: string): readonly Line[] {
  const lines: Line[] = [];
  let columns: readonly { readonly title: string; readonly from: number; readonly to: number }[] =
    [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      columns = [];
    } else if (columns.length === 0) {
      const titles = [...line.matchAll(/\S+(?: \S+)*/g)];
      columns = titles.map((title, i) => ({
        title: title[0],
        from: title.index,
        to: titles[i + 1]?.index ?? Infinity,
      }));
    } else {
      lines.push(
        Object.fromEntries(
          columns.map(({ title, from, to }) => [title, line.slice(from, to).trim()]),
        ),
      );
    }
  }
  return lines;
}
