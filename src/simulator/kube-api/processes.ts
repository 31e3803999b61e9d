import type { Io } from '../container/io.ts';
import { machineOf } from '../container/machine.ts';
import { NoSuchProgram, runProgram } from '../container/shell.ts';
import { cooked, Terminal } from '../container/terminal.ts';
import type { Container, Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { inputOf, type ClientStreams } from './streams.ts';

/** A container that runs. */
export interface Running {
  readonly pod: Pod;
  readonly container: Container;
  readonly id: string;
}

/** Runs a command in a container, with its streams at the client, to its end. */
export async function execute(
  world: World,
  { pod, container, id }: Running,
  query: URLSearchParams,
  streams: ClientStreams,
): Promise<void> {
  const tty = query.get('tty') === 'true';
  const machine = machineOf(world, pod, container, id);
  const io = tty ? terminalIo(streams) : plainIo(streams, query.get('stdin') === 'true');
  try {
    streams.end(statusOf(await runProgram(machine, query.getAll('command'), io, tty)));
  } catch (error) {
    if (!(error instanceof NoSuchProgram)) throw error;
    const what = `error executing command in container: failed to exec in container: failed to start exec "${id.slice(-64)}": ${error.message}`;
    streams.end({
      metadata: {},
      status: 'Failure',
      message: `Internal error occurred: ${what}`,
      reason: 'InternalError',
      details: { causes: [{ message: what }] },
      code: 500,
    });
  }
}

function plainIo(streams: ClientStreams, takesInput: boolean): Io {
  const gone = new AbortController();
  streams.onGone(() => gone.abort());
  const stdin = inputOf(streams);
  if (!takesInput) stdin.end();
  return {
    stdin,
    stdout: (bytes) => streams.stdout(Buffer.from(bytes)),
    stderr: (bytes) => streams.stderr(Buffer.from(bytes)),
    signal: gone.signal,
  };
}

function terminalIo(streams: ClientStreams): Io {
  const write = (bytes: string | Buffer): void => streams.stdout(cooked(bytes));
  let interrupt = new AbortController();
  const terminal = new Terminal(write, () => {
    const interrupted = interrupt;
    interrupt = new AbortController();
    interrupted.abort();
    // Who reads goes on: a shell with a new prompt.
    if (terminal.input.isAwaited) terminal.input.push(Buffer.from('\n'));
  });
  streams.stdin((bytes) => (bytes === null ? terminal.input.end() : terminal.type(bytes)));
  streams.onGone(() => {
    terminal.input.end();
    interrupt.abort();
  });
  return {
    stdin: terminal.input,
    stdout: write,
    stderr: write,
    get signal() {
      return interrupt.signal;
    },
  };
}

function statusOf(code: number): object {
  if (code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}
