/** The cockpit: the UI on a session, in the terminal that this process was given. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ACTIONS } from '../actions/index.ts';
import type { Clock } from '../core/clock.ts';
import { IN_TURNS } from '../core/turns.ts';
import { Faults } from '../core/faults.ts';
import { contextKey } from '../domain/cluster-key.ts';
import { within } from '../core/within.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { createPainter, detectDepth, loadTheme, type Painter } from '../theme/index.ts';
import { replaceFile } from '../config/private-files.ts';
import { SignIns } from '../session/index.ts';
import { createSignInPort } from '../sources/aws/index.ts';
import { startUi } from '../ui/index.tsx';
import { installExitGuards, Terminal } from '../ui/terminal/index.ts';
import { completePath } from '../sources/local/index.ts';
import { UsageError } from './args.ts';
import { chooseCluster } from './choose-cluster.ts';
import { compose } from './compose.ts';
import { endNow } from './end-process.ts';
import { openMemory } from './memory.ts';
import { actors } from './runners.ts';
import { settled } from '../store/settled.ts';
import { chartMarksOf, type Setup } from './setup.ts';
import { foundUnfinished, leavesUnfinished } from './unfinished.ts';

/** Themes that come with the program, beside the bundle. */
const THEMES = fileURLToPath(new URL('../themes', import.meta.url));

/** How long AWS may take to tell of the cluster that was asked for (ms). */
const PATIENCE = 120_000;

/**
 * Runs until the user quits; returns the exit code. `place`: where this is, for the header;
 * a place with a name (the demo) is new each time, and nothing of it is remembered.
 * @throws what `compose` throws, before the terminal is touched
 */
export async function runCockpit(
  setup: Setup,
  clock: Clock,
  resources: ResourceRegistry,
  place = '',
): Promise<number> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    throw new UsageError('the cockpit needs a terminal; scripts use ekscope get');
  }
  const painter = painterOf(setup);
  // A theme that cannot be used is told now, on the command line, not on a screen without colours.
  painter(setup.config.theme);
  const terminal = new Terminal({ stdin, stdout, env: setup.env });
  const { operations, runnerOf } = actors(setup, clock, {
    lend: (run) => terminal.lend(run),
    handOver: (run) => terminal.handOver(run),
  });
  const [{ session, context }, memory] = await Promise.all([
    compose(setup, clock, runnerOf, IN_TURNS),
    place === '' && setup.config.remember
      ? unlessSlow(openMemory(setup.paths.memory, clock, setup.log), clock)
      : undefined,
  ]);
  const namespace = setup.flags['all-namespaces'] === true ? '' : setup.flags.namespace;
  if (context !== null) session.open(contextKey(context.name), namespace);

  const faults = new Faults(clock);
  const hooks = {
    onError: (error: unknown) => {
      setup.log?.('error', 'fault', { error });
      return faults.take(error);
    },
    onFatal: (error: unknown) => {
      process.stderr.write(`ekscope: ${(error as Error).stack ?? String(error)}\n`);
    },
  };
  installExitGuards(terminal, hooks, [stdin, stdout], {
    on: process.on.bind(process),
    off: process.off.bind(process),
    exit: endNow,
  });
  terminal.open();
  try {
    await startUi({
      session,
      terminal,
      clock,
      config: { ...setup.config, chartMarks: chartMarksOf(setup) },
      actions: ACTIONS,
      resources,
      operations,
      signIns: new SignIns(createSignInPort({ clock, env: setup.env, keep: replaceFile }), () =>
        session.retryNow(),
      ),
      painter,
      saves: setup.paths.saves,
      completePath: (typed) => completePath(typed, setup.home),
      place,
      command: (setup.flags.command ?? '').replace(/^:/, ''),
      faults,
      log: setup.log,
      trouble: firstTrouble(),
      memory,
      inNamespace: namespace !== undefined,
    });
  } finally {
    terminal.restore();
    // What is simulated ends with the program: nobody can go on with it.
    const left = place === '' ? leavesUnfinished(operations.open) : '';
    if (left !== '') process.stderr.write(`ekscope: ${left}\n`);
    session.close();
    if (memory !== undefined) await unlessSlow(memory.close(), clock);
  }
  return 0;

  /** What is to be told first of all. */
  async function firstTrouble(): Promise<string> {
    const trouble = (await openNamed()) || (memory?.trouble ?? '');
    // That the log cannot be read is told where it is needed.
    return trouble || foundUnfinished(await operations.unfinished().catch(() => []));
  }

  /** AWS must tell of the cluster of `--cluster` before it can be connected to: until then its pane shows. */
  async function openNamed(): Promise<string> {
    const name = setup.flags.cluster;
    if (name === undefined) return '';
    session.needClusters();
    const { table } = resources.fleet;
    await settled(session.fleet, [table], clock, PATIENCE);
    try {
      const rows = [...session.fleet.rows(table)].filter(({ gone }) => gone === 0);
      session.open(chooseCluster(rows, name, setup.flags.region).id, namespace);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  }
}

/** A disk that hangs (ms) is not waited for: then nothing is remembered. */
const DISK_PATIENCE = 500;

/** What comes of work on a disk, unless it takes too long. */
const unlessSlow = <T>(work: Promise<T>, clock: Clock): Promise<T | undefined> =>
  within(work, DISK_PATIENCE, clock, () => new Error('the disk is slow')).catch(() => undefined);

function painterOf({ env, config, paths }: Setup): (theme: string) => Painter {
  const depth = config.color === 'auto' ? detectDepth(env, true) : config.color;
  return (name) => {
    const own = join(paths.themes, `${name}.yaml`);
    const path = !name.includes('/') && existsSync(own) ? own : name;
    return createPainter(loadTheme(path, THEMES, depth), depth);
  };
}
