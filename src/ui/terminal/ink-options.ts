import type { InkStdin } from './ink-stdin.ts';
import type { InkStdout } from './ink-stdout.ts';

/** The options with which Ink draws into our streams and leaves the terminal alone. */
export interface InkOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  /** One whole frame per commit, unthrottled: what {@link InkStdout} takes. The store paces frames, not Ink. */
  readonly debug: true;
  readonly interactive: true;
  readonly patchConsole: false;
  readonly exitOnCtrlC: false;
}

/** Options for Ink's `render`. Ink asks its streams for whole Node streams but uses only what these have. */
export function inkOptions(stdout: InkStdout, stdin: InkStdin): InkOptions {
  const output = stdout as unknown as NodeJS.WriteStream;
  return {
    stdout: output,
    stderr: output,
    stdin: stdin as unknown as NodeJS.ReadStream,
    debug: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  };
}
