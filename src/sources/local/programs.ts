import { spawn, type StdioOptions } from 'node:child_process';
import type { LocalPort, ProgramEnd } from '../../ports/local.ts';
import { findCommand } from './command-path.ts';

/** Leaves the terminal to a child with inherited streams while `run` is pending. */
export type HandOver = <T>(run: () => Promise<T>) => Promise<T>;

/** What programs are started with. */
export interface ProgramOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly handOver: HandOver;
}

/** Starts programs of this machine with the terminal that we were given. */
export function localPrograms({ env, handOver }: ProgramOptions): Pick<LocalPort, 'find' | 'run'> {
  const find = (command: string): string | null => {
    const found = findCommand(command, env['PATH'] ?? '');
    if (found === null || 'path' in found) return found?.path ?? null;
    throw new Error(
      `${command} is not run: the entry "${found.relative}" of PATH finds it in the working folder`,
    );
  };
  return {
    find,
    run: async (command, args, own = {}, hear) => {
      const path = find(command);
      if (path === null) throw new Error(`${command} is not installed (not on PATH)`);
      return handOver(() => ended(path, args, { ...env, ...own }, hear));
    },
  };
}

/** It shares our process group: what the keyboard signals (ctrl-c, ctrl-z) is for both. */
function ended(
  path: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  hear?: (text: string) => void,
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const stdio: StdioOptions = ['inherit', 'inherit', hear === undefined ? 'inherit' : 'pipe'];
    const child = spawn(path, args, { env, stdio });
    child.stderr?.on('data', (bytes: Buffer) => {
      process.stderr.write(bytes);
      hear?.(bytes.toString());
    });
    child.on('error', ({ code, message }: NodeJS.ErrnoException) =>
      reject(new Error(`${path} cannot be started (${code ?? message})`)),
    );
    // After its end and the last of what it said.
    child.on('close', (code, signal) => resolve({ code, signal: signal ?? '' }));
  });
}
