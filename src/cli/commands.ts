/** The commands that print and end. */
import type { Clock } from '../core/clock.ts';
import { tableDef } from '../domain/tables/index.ts';
import { contextKey, type ClusterKey } from '../domain/cluster-key.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Connection } from '../session/index.ts';
import { PULSE } from '../resources/pulse/index.ts';
import { detectDepth } from '../theme/index.ts';
import type { Ask } from '../ui/access-command.ts';
import { answer } from './access.ts';
import { UsageError, wordFlag } from './args.ts';
import { charts } from './charts.ts';
import { chooseCluster } from './choose-cluster.ts';
import { compose, type Composition } from './compose.ts';
import { discover } from './discover.ts';
import { doctor } from './doctor.ts';
import { get, rowsOf, type RowSource } from './get.ts';
import { getRequest, typeOf, type GetRequest } from './get-request.ts';
import { info } from './info.ts';
import { logs } from './logs.ts';
import { logsRequest } from './logs-request.ts';
import type { Output } from './output.ts';
import { settled } from '../store/settled.ts';
import { pulse, PULSE_FORMATS } from './pulse.ts';
import { chartMarksOf, type Setup } from './setup.ts';
import { watch } from './watch.ts';
import { why } from './why.ts';

const noActions = (): undefined => undefined;

/** What every command is run with. */
export interface Run {
  readonly setup: Setup;
  readonly clock: Clock;
  readonly output: Output;
  readonly resources: ResourceRegistry;
}

/** Prints a pane's rows, and with --watch what becomes of them until `ended`; returns the exit code. */
export async function runGet(
  run: Run,
  args: readonly string[],
  ended: () => AbortSignal,
): Promise<number> {
  const { setup, clock, output, resources } = run;
  const { flags } = setup;
  if (args[0] === PULSE) return runPulse(run, args);
  // What is wrong with a line is told before anything is asked, but for kinds that only the cluster
  // knows.
  const isKnown = resources.resolve(typeOf(args), null).found === 'one';
  const known = isKnown ? getRequest(args, flags, resources, null) : null;
  const options = { clock, timeout: timeoutOf(setup), width: output.width };
  return composed(run, async (composition) => {
    const source = await rowSource(run, composition, known);
    if (known === null) {
      const problem = await discover(typeOf(args), source, resources, options);
      if (problem !== '') {
        output.err(`ekscope: ${problem}\n`);
        return 3;
      }
    }
    const request = known ?? getRequest(args, flags, resources, source.store);
    if (setup.flags.watch === true) {
      return watch(request, source, { ...options, output, signal: ended() });
    }
    const result = await get(request, source, options);
    output.out(result.out);
    for (const problem of result.problems) output.err(`ekscope: ${problem}\n`);
    return result.code;
  });
}

/** Prints the pulse of the cluster; returns the exit code. */
async function runPulse(run: Run, [, more]: readonly string[]): Promise<number> {
  if (more !== undefined) throw new UsageError(`'${more}' is one word too many after ${PULSE}`);
  const { clock, output } = run;
  const format = wordFlag('format', run.setup.flags.output, PULSE_FORMATS) ?? 'text';
  return onCluster(run, (connection, timeout) => {
    const roundTrip = (): number | null => connection.info.roundTrip;
    const { namespace } = connection;
    return pulse(rowsOf(connection), { clock, timeout, format, namespace, roundTrip, output });
  });
}

/** Does something with a session, which is closed whatever comes of it. */
async function composed<T>(
  { setup, clock }: Run,
  work: (composition: Composition<undefined>) => Promise<T>,
): Promise<T> {
  const composition = await compose(setup, clock, noActions);
  try {
    return await work(composition);
  } finally {
    composition.session.close();
  }
}

/**
 * Does something with a connection to the cluster that is chosen.
 * @param work is given how long it may wait for an answer (ms)
 * @param ofAws which cluster of AWS it is decides what AWS is asked
 */
const onCluster = (
  run: Run,
  work: (
    connection: Connection<undefined>,
    timeout: number,
    composition: Composition<undefined>,
  ) => Promise<number>,
  ofAws = false,
): Promise<number> =>
  composed(run, async (composition) =>
    work(await clusterOf(run, composition, ofAws), timeoutOf(run.setup), composition),
  );

const timeoutOf = ({ config }: Setup): number => config.requestTimeout * 1000;

/** Prints who may do something, or whether the user may; the exit code says whether anybody may. */
export async function runAsk(run: Run, ask: Ask, words: readonly string[]): Promise<number> {
  const asked = { ask, words, flags: run.setup.flags };
  return onCluster(run, (connection, timeout) =>
    answer(asked, { ...rowsOf(connection), kube: connection.kube }, { ...run, timeout }),
  );
}

/** Prints why something is as it is; returns the exit code. */
export async function runWhy(run: Run, words: readonly string[]): Promise<number> {
  // What runs on the nodes is of all namespaces; where these may not be read, the one is.
  const { namespace = '', ...flags } = run.setup.flags;
  const ofAll = { ...run, setup: { ...run.setup, flags } };
  return onCluster(ofAll, (connection, timeout) => {
    connection.setNamespace(namespace);
    return why(words, run.setup.flags, connection, { ...run, timeout });
  });
}

/** Prints the charts of a row; returns the exit code. */
export async function runCharts(run: Run, words: readonly string[]): Promise<number> {
  const { setup } = run;
  const work: Parameters<typeof onCluster>[1] = (connection, timeout, { session }) => {
    const { meter, workspaces: memory } = session;
    const options = { ...run, timeout, meter, memory, marks: chartMarksOf(setup) };
    return charts(words, setup.flags, connection, options);
  };
  return onCluster(run, work, true);
}

/** Prints what containers write; returns the exit code. */
export async function runLogs(
  run: Run,
  args: readonly string[],
  ended: () => AbortSignal,
): Promise<number> {
  const request = logsRequest(args, run.setup.flags, run.resources);
  return onCluster(run, (connection, timeout) => {
    const { cluster, kube } = connection;
    const source = { ...rowsOf(connection), cluster, kube };
    return logs(request, source, { ...run, timeout, signal: ended() });
  });
}

/** Prints the checks of a cluster; returns the exit code. */
export async function runDoctor(run: Run): Promise<number> {
  const { setup, resources } = run;
  const work: Parameters<typeof onCluster>[1] = (connection, timeout, { session: { fleet } }) => {
    const arn = connection.eks?.arn;
    const found = [...fleet.rows(resources.fleet.table)].find(({ id }) => id === arn);
    return doctor(setup.flags, rowsOf(connection), { ...run, cluster: found ?? null, timeout });
  };
  return onCluster(run, work, true);
}

/** The fleet for what is all profiles' and regions'; else the connection of the chosen cluster. */
async function rowSource(
  run: Run,
  composition: Composition<undefined>,
  request: GetRequest | null,
): Promise<RowSource> {
  const { session } = composition;
  const source = request && tableDef(request.resource.table).source;
  if (source === 'fleet') {
    if (session.contexts.length === 0 && session.scopes.length === 0) {
      throw new UsageError('no AWS region and no kubeconfig: pass --region or set AWS_REGION');
    }
    return { store: session.fleet, need: () => session.needClusters() };
  }
  return rowsOf(await clusterOf(run, composition, source === 'aws'));
}

/**
 * Connects to the cluster that is chosen.
 * @param ofAws which cluster of AWS it is decides what AWS is asked
 */
async function clusterOf(
  { setup, clock, resources: { fleet } }: Run,
  { session, context }: Composition<undefined>,
  ofAws: boolean,
): Promise<Connection<undefined>> {
  const { flags } = setup;
  if (ofAws || context === null) {
    session.needClusters();
    await settled(session.fleet, [fleet.table], clock, timeoutOf(setup));
  }
  const id = context === null ? clusterKey(session, fleet, flags) : contextKey(context.name);
  const namespace = flags['all-namespaces'] === true ? '' : flags.namespace;
  return session.open(id, namespace);
}

/** The key of the cluster that is meant. @throws UsageError where there is none, or more than one */
function clusterKey(
  session: Composition<undefined>['session'],
  { table }: ResourceRegistry['fleet'],
  { cluster: name, region }: Run['setup']['flags'],
): ClusterKey {
  const rows = [...session.fleet.rows(table)].filter(({ gone }) => gone === 0);
  if (rows.length > 0) return chooseCluster(rows, name, region).id;
  const { reason, hint } = session.fleet.status(table);
  throw new UsageError(
    `no cluster to ask: ${[reason, hint].filter(Boolean).join('; ') || 'set a kubeconfig context or --cluster'}`,
  );
}

/** Prints where the program stands; returns the exit code. */
export async function runInfo(
  run: Run,
  tty: { readonly isTTY: boolean; readonly columns: number; readonly rows: number },
): Promise<number> {
  const { setup, clock, output, resources } = run;
  return composed(run, async (composition) => {
    const { color } = setup.config;
    const depth = color === 'auto' ? detectDepth(setup.env, tty.isTTY) : color;
    const copy = setup.env['TMUX'] ? 'OSC 52 through tmux' : 'OSC 52';
    const result = await info(setup, composition, clock, { ...tty, depth, copy }, resources);
    output.out(result.out);
    return result.code;
  });
}
