/** The composition root: argv and environment in, a command or the cockpit out, an exit code at the end. */
import { homedir } from 'node:os';
import { parseCommandLine, UsageError, type Invocation } from './cli/args.ts';
import { policy } from './cli/policy.ts';
import { runAsk, runCharts, runDoctor, runGet, runInfo, runLogs, runWhy } from './cli/commands.ts';
import { answer, completionScript, HIDDEN, lookUp } from './cli/completion/index.ts';
import { pathsIn, RegionError, startRegion } from './cli/demo.ts';
import { beginLog, type Logging } from './cli/log/index.ts';
import { told, type Output } from './cli/output.ts';
import { endProcess } from './cli/end-process.ts';
import { setUp, type Setup } from './cli/setup.ts';
import { usage } from './cli/usage.ts';
import { ConfigError } from './config/load.ts';
import { PrivateFileError } from './config/private-files.ts';
import { systemClock } from './core/clock.ts';
import { within } from './core/within.ts';
import { KeymapError } from './keys/keymap.ts';
import { foundResources } from './resources/found.ts';
import { RESOURCES } from './resources/index.ts';
import { ResourceRegistry } from './resources/registry.ts';
import { UnreachableError } from './session/index.ts';
import { AwsConfigError } from './sources/aws/index.ts';
import { KubeconfigError } from './sources/kube/index.ts';
import { ThemeError } from './theme/index.ts';
import manifest from '../package.json' with { type: 'json' };

const { version } = manifest;

const resources = new ResourceRegistry(RESOURCES, foundResources);

/** Mistakes of the user: one line, exit code 2. */
const MISTAKES = [
  UsageError,
  ConfigError,
  KubeconfigError,
  AwsConfigError,
  PrivateFileError,
  ThemeError,
  KeymapError,
];

const output: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(told(text)),
  width: process.stdout.isTTY ? process.stdout.columns : null,
};

// Whoever reads our output may stop reading: `ekscope get pods | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A terminal that is gone is a matter of the cockpit's exit guards.
  if (process.stdout.isTTY) return;
  if (error.code === 'EPIPE') process.exit(0);
  output.err(`ekscope: the output cannot be written: ${error.message}\n`);
  process.exit(1);
});

async function perform({ command, flags, args }: Invocation): Promise<number> {
  if (flags.help === true) return print(usage());
  if (flags.version === true) return print(`${version}\n`);
  if (command === 'completion') return print(completionScript(args[0]));
  if (command === 'demo') return demo({ command, flags, args });
  if (command === 'policy') return print(policy(args, flags, resources));
  const setup = await begin(flags);
  const run = { setup, clock: systemClock, output, resources };
  if (command === 'get') return runGet(run, args, untilSignal);
  if (command === 'who-can' || command === 'can-i') return runAsk(run, command, args);
  if (command === 'why') return runWhy(run, args);
  if (command === 'charts') return runCharts(run, args);
  if (command === 'logs') return runLogs(run, args, untilSignal);
  if (command === 'doctor') return runDoctor(run);
  if (command === 'info') {
    const { isTTY, columns, rows } = process.stdout;
    return runInfo(run, { isTTY, columns, rows });
  }
  return cockpit(setup);
}

/** The log, once it was begun. */
const kept: { logging?: Logging } = {};

/** What flags, environment and configuration say together, and the log that they ask for. */
async function begin(flags: Invocation['flags']): Promise<Setup> {
  const setup = setUp(flags, process.env, homedir(), version);
  const { isTTY, columns, rows } = process.stdout;
  const argv = process.argv.slice(2);
  const logging = await beginLog(setup, systemClock, { argv, isTTY, columns, rows });
  if (logging === null) return setup;
  kept.logging = logging;
  process.on('exit', logging.flush);
  return { ...setup, log: logging.log };
}

/** What a command that goes on and on is ended by; the exit code is then the one shells know. */
function untilSignal(): AbortSignal {
  const ended = new AbortController();
  for (const [signal, number] of [
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.once(signal, () => {
      process.exitCode = 128 + number;
      ended.abort();
    });
  }
  return ended.signal;
}

/** How long a disk may hold up the end (ms). */
const LOG_PATIENCE = 1000;

/** Has the log written to its end; says what went wrong with it. */
async function endLog(): Promise<string> {
  if (kept.logging === undefined) return '';
  const late = (): Error => new Error('the disk is slow');
  return within(kept.logging.close(), LOG_PATIENCE, systemClock, late).catch(
    (error: unknown) => (error as Error).message,
  );
}

/** What the shell's completion asks. */
async function completeFor(args: readonly string[]): Promise<number> {
  const names = lookUp(process.env, homedir(), version, systemClock);
  return print(await answer(args, { resources, lookUp: names }));
}

function print(text: string): number {
  output.out(text);
  return 0;
}

async function cockpit(setup: Setup, place = ''): Promise<number> {
  // Node's warnings would be written over the screen; of TLS that is not verified the header tells.
  process.removeAllListeners('warning');
  const { runCockpit } = await import('./cli/cockpit.ts');
  return runCockpit(setup, systemClock, resources, place);
}

/** A simulated region, alone or with the cockpit on it. */
async function demo({ flags }: Invocation): Promise<number> {
  if (flags.serve !== true) output.err('starting a simulated EKS region…\n');
  const region = await startRegion(flags);
  try {
    if (flags.serve === true) {
      // First: whoever reads that it is ready may end it at once.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => region.stop());
      }
      for (const [name, value] of Object.entries(region.exports)) {
        output.out(`export ${name}='${value}'\n`);
      }
      output.out('# ready\n');
      const { code, words } = await region.ended;
      if (code !== 0) output.err(`ekscope: ${words}\n`);
      return code;
    }
    takeOver(region.exports);
    const setup = await begin(flags);
    return await cockpit({ ...setup, paths: pathsIn(region, setup.paths) }, 'demo');
  } finally {
    region.stop();
  }
}

/** Points this process, and what it starts, at the region, whatever it was pointed at before. */
function takeOver(exports: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_') || name === 'KUBECONFIG') Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, exports, { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' });
}

// Our own timers keep no process alive; what is still awaited must.
const awaited = setInterval(() => undefined, 2 ** 30);
try {
  const argv = process.argv.slice(2);
  const code =
    argv[0] === HIDDEN ? await completeFor(argv.slice(1)) : await perform(parseCommandLine(argv));
  // A signal that ended it has said so already.
  process.exitCode ??= code;
} catch (error) {
  const mistake = MISTAKES.some((kind) => error instanceof kind);
  const unreachable = error instanceof UnreachableError;
  kept.logging?.log('error', 'failed', { error });
  const { message, hint } = error as Error & { readonly hint?: string };
  output.err(`ekscope: ${message}${hint ? `\n  ${hint}` : ''}\n`);
  if (!mistake && !unreachable && !(error instanceof RegionError))
    output.err(`${(error as Error).stack ?? ''}\n`);
  process.exitCode = mistake ? 2 : unreachable ? 3 : error instanceof RegionError ? error.code : 1;
} finally {
  const trouble = await endLog();
  if (trouble !== '') output.err(`ekscope: the log is not complete: ${trouble}\n`);
  clearInterval(awaited);
  // What still hangs (a credential plugin, a name that is looked up) does not hold up the end.
  process.stdout.write('', (error) => {
    if (!error) endProcess(Number(process.exitCode));
  });
}
