import { posix } from 'node:path';
import { Input, type Io } from './io.ts';
import type { Machine } from './machine.ts';
import {
  expand,
  parseLine,
  SyntaxProblem,
  type Command,
  type Pipeline,
  type Word,
} from './parse.ts';
import { PROGRAMS, type Program } from './programs.ts';
import { tar } from './tar.ts';

/** A program that is not in the container: what the runtime says of it. */
export class NoSuchProgram extends Error {
  constructor(name: string) {
    super(
      `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": executable file not found in $PATH: unknown`,
    );
  }
}

function programNamed(name: string): Program | undefined {
  return name === 'tar' ? tar : PROGRAMS.get(name);
}

const SHELLS = new Set(['sh', 'ash', 'bash']);

/**
 * Runs a program of a container to its exit code, as `exec` does.
 * @param tty whether a terminal is on the other side: then shells prompt
 * @throws NoSuchProgram where it is not there
 */
export async function runProgram(
  machine: Machine,
  words: readonly string[],
  io: Io,
  tty: boolean,
): Promise<number> {
  const shell = new Shell(machine, io, tty);
  const [program = ''] = words;
  if (!shell.knows(program)) throw new NoSuchProgram(program);
  return shell.run(words, io);
}

class Shell {
  readonly #machine: Machine;
  readonly #io: Io;
  readonly #tty: boolean;
  readonly #env: Map<string, string>;
  #directory = '/';
  #code = 0;
  /** Set by `exit`. */
  #left = false;

  constructor(machine: Machine, io: Io, tty: boolean) {
    this.#machine = machine;
    this.#io = io;
    this.#tty = tty;
    this.#env = new Map(Object.entries(machine.env));
  }

  knows(program: string): boolean {
    const name = posix.basename(program);
    return programNamed(name) !== undefined || SHELLS.has(name);
  }

  /** Runs one program. */
  async run(words: readonly string[], io: Io): Promise<number> {
    const [name = '', ...args] = words;
    if (name === 'exec') {
      // The program takes the shell's place: there is no way back to it.
      this.#left = true;
      return this.run(args, io);
    }
    if (SHELLS.has(posix.basename(name))) {
      return new Shell(this.#machine, io, this.#tty && io === this.#io).#script(args);
    }
    const builtin = this.#builtin(name, args, io);
    if (builtin !== null) return builtin;
    const program = programNamed(posix.basename(name));
    if (program === undefined) {
      io.stderr(`sh: ${name}: not found\n`);
      return 127;
    }
    return program({
      machine: this.#machine,
      args,
      io,
      env: this.#env,
      directory: this.#directory,
    });
  }

  /** What only the shell itself can do; null for everything else. */
  #builtin(name: string, args: readonly string[], io: Io): number | null {
    const [first = ''] = args;
    const assigned = /^(\w+)=(.*)$/s.exec(name === 'export' ? first : name);
    if (assigned !== null) {
      this.#env.set(assigned[1] ?? '', assigned[2] ?? '');
      return 0;
    }
    switch (name) {
      case 'cd': {
        const path = posix.resolve(this.#directory, first || '/root');
        if (this.#machine.files.isDirectory(path)) {
          this.#directory = path;
          return 0;
        }
        io.stderr(`sh: cd: can't cd to ${first}: No such file or directory\n`);
        return 2;
      }
      case 'exit':
        this.#left = true;
        return first === '' ? this.#code : Number(first) & 255;
      case 'command': {
        const sought = args[1] ?? '';
        if (first !== '-v' || !this.knows(sought)) return 127;
        io.stdout(`${sought}\n`);
        return 0;
      }
      case 'export':
      case ':':
        return 0;
      default:
        return null;
    }
  }

  /** A shell's own run: `-c` with a script, or lines from its input. */
  async #script(args: readonly string[]): Promise<number> {
    const at = args.findIndex((each) => /^-\w*c$/.test(each));
    if (at >= 0) {
      await this.#line(args[at + 1] ?? '');
      return this.#code;
    }
    const { stdin } = this.#io;
    for (;;) {
      if (this.#tty) this.#io.stdout(this.#prompt());
      const line = await stdin.line();
      if (line === null) break;
      await this.#line(line);
      if (this.#left) break;
    }
    return this.#code;
  }

  #prompt(): string {
    return `${this.#directory} ${this.#machine.user.uid === 0 ? '#' : '$'} `;
  }

  async #line(line: string): Promise<void> {
    let pipelines: readonly Pipeline[];
    try {
      pipelines = parseLine(line);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      this.#io.stderr(`sh: ${error.message}\n`);
      this.#code = 2;
      return;
    }
    const { signal } = this.#io;
    for (const { when, commands } of pipelines) {
      if (when === 'success' && this.#code !== 0) continue;
      if (when === 'failure' && this.#code === 0) continue;
      this.#code = await this.#pipeline(commands);
      if (this.#left || signal.aborted) return;
    }
  }

  /** Each command after the one before has ended, with what it wrote. */
  async #pipeline(commands: readonly Command[]): Promise<number> {
    let input = this.#io.stdin;
    let code = 0;
    for (const [i, { words, input: from, output }] of commands.entries()) {
      const written: Buffer[] = [];
      const collects = i < commands.length - 1 || output !== null;
      const io: Io = {
        stdin: input,
        stdout: (bytes) => (collects ? written.push(Buffer.from(bytes)) : this.#io.stdout(bytes)),
        stderr: (bytes) => this.#io.stderr(bytes),
        signal: this.#io.signal,
      };
      const filled = words.map((word) => this.#expand(word)).filter((word) => word !== null);
      const lone = commands.length === 1 && output === null && from === null;
      code = await this.#redirected(filled, from, lone ? this.#io : io);
      if (output === 'stderr') this.#io.stderr(Buffer.concat(written));
      else if (output !== null) this.#save(output, Buffer.concat(written));
      input = Input.of(output === null ? Buffer.concat(written) : '');
    }
    return code;
  }

  async #redirected(words: readonly string[], from: Word | null, io: Io): Promise<number> {
    if (from === null) return words.length === 0 ? 0 : this.run(words, io);
    const path = this.#expand(from) ?? '';
    const content = this.#machine.files.read(posix.resolve(this.#directory, path));
    if (content === undefined) {
      io.stderr(`sh: can't open ${path}: no such file\n`);
      return 1;
    }
    return this.run(words, { ...io, stdin: Input.of(content) });
  }

  #save({ path, append }: Exclude<Command['output'], 'stderr' | null>, content: Buffer): void {
    const at = posix.resolve(this.#directory, this.#expand(path) ?? '');
    if (at === '/dev/null') return;
    const { files } = this.#machine;
    const before = append ? (files.read(at) ?? Buffer.alloc(0)) : Buffer.alloc(0);
    files.write(at, Buffer.concat([before, content]));
  }

  #expand(word: Word): string | null {
    return expand(word, (name) => {
      if (name === '?') return String(this.#code);
      return name === '$' ? '28' : (this.#env.get(name) ?? '');
    });
  }
}
