/** Our terminal at a process elsewhere. */
import type { ProcessSink, RemoteProcess } from '../../ports/kube.ts';
import type { LentTerminal } from '../../ports/terminal.ts';

/** Ctrl-], as telnet has it: pressed twice it leaves what no longer answers. */
const ESCAPE = 0x1d;
const CTRL_C = 0x03;
const CTRL_D = 0x04;
const ENTER = 0x0d;
const LINE_FEED = 0x0a;

/**
 * What becomes of what is typed: all of it is the process's (it has a terminal), it is sent as it is
 * with lines that end as in files (it reads a stream), or the process reads nothing.
 */
export type Manner = 'terminal' | 'stream' | 'output';

/** How a process is joined to our terminal: it starts, or is there already. */
export type Join = (sink: ProcessSink, terminal: LentTerminal) => Promise<RemoteProcess>;

/** How it ended: its exit code; null where nobody knows, for the reason that stands beside. */
export interface SessionEnd {
  readonly code: number | null;
  readonly reason: string;
}

/** So much (bytes) may wait for the terminal: more would hide for long that ctrl-c was heard. */
const MUCH = 2 ** 16;

/** The reason of an end that was wanted. */
export const LEFT = 'left';

/** Gives our terminal to a process until that ends, is left, or is lost. */
export function session(
  terminal: LentTerminal,
  join: Join,
  manner: Manner,
  signal: AbortSignal,
): Promise<SessionEnd> {
  return new Promise((resolve, reject) => {
    let over = false;
    let end = (result: SessionEnd): void => {
      over = true;
      resolve(result);
    };
    const output = new Output(terminal);
    const sink: ProcessSink = {
      stdout: (bytes) => output.write(bytes),
      stderr: (bytes) => output.write(bytes),
      end: (result) => end(result),
    };
    join(sink, terminal).then((process) => {
      if (over) return;
      output.joined(process);
      let escapes = 0;
      const leave = (): void => {
        process.stop();
        end({ code: null, reason: LEFT });
      };
      const resize = (): void => {
        if (manner === 'terminal') process.resize(terminal.columns, terminal.rows);
      };
      const stops = [
        terminal.onInput((bytes) => {
          for (const byte of bytes) escapes = byte === ESCAPE ? escapes + 1 : 0;
          if (escapes >= 2 || (manner !== 'terminal' && bytes.includes(CTRL_C))) leave();
          else if (manner === 'terminal') process.write(bytes);
          else if (manner === 'stream') stream(bytes, process, terminal);
        }),
        terminal.onResize(resize),
      ];
      end = (result) => {
        for (const stop of stops) stop();
        signal.removeEventListener('abort', leave);
        resolve(result);
      };
      signal.addEventListener('abort', leave, { once: true });
      resize();
      // Joining took its time.
      if (signal.aborted) leave();
    }, reject);
  });
}

/** What a process writes, no faster than the terminal takes it. */
class Output {
  readonly #terminal: LentTerminal;
  #process: RemoteProcess | null = null;
  /** Bytes that the terminal has not taken so far. */
  #waiting = 0;
  #held = false;

  constructor(terminal: LentTerminal) {
    this.#terminal = terminal;
  }

  joined(process: RemoteProcess): void {
    this.#process = process;
    if (this.#held) process.hold();
  }

  write(bytes: Uint8Array): void {
    this.#waiting += bytes.length;
    if (this.#waiting > MUCH && !this.#held) {
      this.#held = true;
      this.#process?.hold();
    }
    this.#terminal.write(bytes, () => {
      this.#waiting -= bytes.length;
      if (!this.#held || this.#waiting > MUCH / 2) return;
      this.#held = false;
      this.#process?.go();
    });
  }
}

/** Does what a terminal does for a process that has none: shows what is typed, ends lines and input. */
function stream(bytes: Uint8Array, process: RemoteProcess, terminal: LentTerminal): void {
  const ends = bytes.indexOf(CTRL_D);
  const typed = (ends < 0 ? bytes : bytes.subarray(0, ends)).map((byte) =>
    byte === ENTER ? LINE_FEED : byte,
  );
  if (typed.length > 0) {
    process.write(typed);
    terminal.write(new TextDecoder().decode(typed).replaceAll('\n', '\r\n'));
  }
  if (ends >= 0) process.closeInput();
}
