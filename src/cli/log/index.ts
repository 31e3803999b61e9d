/** The program's own log, for bug reports: off unless `--log-level` or `--log-file` asks for it. */
import { arch, platform, release } from 'node:os';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../ports/log.ts';
import { wordFlag } from '../args.ts';
import type { Setup } from '../setup.ts';
import { LogFile } from './file.ts';
import { LOG_LEVELS } from './levels.ts';
import { logLine } from './line.ts';
import { logStalls } from './stalls.ts';

/** A log that is being written. */
export interface Logging {
  readonly log: Log;
  /** Writes what waits, at once: when the process ends. */
  readonly flush: () => void;
  /** Ends it; says what went wrong on the way, empty where nothing did. */
  readonly close: () => Promise<string>;
}

/** Facts of the terminal and the process that a bug report begins with. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  readonly isTTY: boolean;
}

/** Variables whose values decide how the program looks and where it asks, and are no secrets. */
const TELLING = ['TERM', 'COLORTERM', 'TERM_PROGRAM', 'TMUX', 'NO_COLOR', 'LANG', 'LC_ALL', 'TZ'];
/** Of these it is only told that they are set. */
const NAMED = /^(AWS_|KUBE|HTTPS?_PROXY$|NO_PROXY$|NODE_|SSL_|SSH_TTY$|XDG_)/i;

/**
 * Begins the log that was asked for; null where none was.
 * @throws UsageError for a level that is none, PrivateFileError where it cannot be written
 */
export async function beginLog(
  setup: Setup,
  clock: Clock,
  surroundings: Surroundings,
): Promise<Logging | null> {
  const { flags, paths } = setup;
  const level = wordFlag('log level', flags['log-level'], LOG_LEVELS);
  if (level === undefined && flags['log-file'] === undefined) return null;
  const file = await LogFile.open(flags['log-file'] ?? paths.log);
  const most = LOG_LEVELS.indexOf(level ?? 'info');
  const log: Log = (at, event, fields = {}) => {
    if (LOG_LEVELS.indexOf(at) > most) return;
    file.write(logLine(clock.now(), at, event, fields));
    // An error may be the last thing that happens.
    if (at === 'error') file.flushSync();
  };
  log('info', 'start', factsOf(setup, surroundings));
  const stopStalls = logStalls(log, clock);
  return {
    log,
    flush: () => file.flushSync(),
    close: async () => {
      stopStalls();
      log('info', 'end', { exitCode: process.exitCode ?? null });
      const { trouble } = file;
      await file.close();
      return trouble;
    },
  };
}

function factsOf({ env, config, version }: Setup, { argv, ...terminal }: Surroundings) {
  return {
    version,
    pid: process.pid,
    node: process.versions.node,
    platform: `${platform()} ${release()} ${arch()}`,
    argv,
    terminal,
    config,
    env: Object.fromEntries(
      TELLING.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
    ),
    set: Object.keys(env).filter((name) => NAMED.test(name)),
  };
}
