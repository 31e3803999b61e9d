/** The commands that print and end. */
import type { Clock } from '../core/clock.ts';
import { tableDef, type TableId } from '../domain/tables/index.ts';
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
import { get, type RowSource } from './get.ts';
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

/** Prints a pane's rows, and with --watch what becomes of them until `ended`; returns the exit code. */
export async function runGet(
  setup: Setup,
  args: readonly string[],
  clock: Clock,
  output: Output,
  ended: () => AbortSignal,
  resources: ResourceRegistry,
): Promise<number> {
  const { flags } = setup;
  if (args[0] === PULSE) return runPulse(setup, args, clock, output, resources);
  // What is wrong with a line is told before anything is asked, but for kinds that only the cluster
  // knows.
  const isKnown = resources.resolve(typeOf(args), null).found === 'one';
  const known = isKnown ? getRequest(args, flags, resources, null) : null;
  const options = { clock, timeout: timeoutOf(setup), width: output.width };
  return composed(setup, clock, async (composition) => {
    const source = await rowSource(setup, composition, known, clock, resources);
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
async function runPulse(
  setup: Setup,
  [, more]: readonly string[],
  clock: Clock,
  output: Output,
  resources: ResourceRegistry,
): Promise<number> {
  if (more !== undefined) throw new UsageError(`'${more}' is one word too many after ${PULSE}`);
  const { flags } = setup;
  const format = wordFlag('format', flags.output, PULSE_FORMATS) ?? 'text';
  return composed(setup, clock, async (composition) => {
    const connection = await clusterOf(setup, composition, clock, resources);
    const { store, namespace } = connection;
    const source = { store, need: (tables: readonly TableId[]) => connection.need(tables) };
    const roundTrip = (): number | null => connection.info.roundTrip;
    const timeout = timeoutOf(setup);
    return pulse(source, { clock, timeout, format, namespace, roundTrip, output });
  });
}

/** Does something with a session, which is closed whatever comes of it. */
async function composed<T>(
  setup: Setup,
  clock: Clock,
  work: (composition: Composition<undefined>) => Promise<T>,
): Promise<T> {
  const composition = await compose(setup, clock, noActions);
  try {
    return await work(composition);
  } finally {
    composition.session.close();
  }
}

const timeoutOf = ({ config }: Setup): number => config.requestTimeout * 1000;

/** Prints who may do something, or whether the user may; the exit code says whether anybody may. */
export async function runAsk(
  setup: Setup,
  ask: Ask,
  words: readonly string[],
  clock: Clock,
  output: Output,
  resources: ResourceRegistry,
): Promise<number> {
  return composed(setup, clock, async (composition) => {
    const connection = await clusterOf(setup, composition, clock, resources);
    const { store, kube } = connection;
    const cluster = { store, kube, need: (tables: readonly TableId[]) => connection.need(tables) };
    const asked = { ask, words, flags: setup.flags };
    return answer(asked, cluster, { resources, clock, timeout: timeoutOf(setup), output });
  });
}

/** Prints why something is as it is; returns the exit code. */
export async function runWhy(
  setup: Setup,
  words: readonly string[],
  clock: Clock,
  output: Output,
  resources: ResourceRegistry,
): Promise<number> {
  return composed(setup, clock, async (composition) => {
    // What runs on the nodes is of all namespaces; where these may not be read, the one is.
    const { namespace = '', ...flags } = setup.flags;
    const connection = await clusterOf({ ...setup, flags }, composition, clock, resources);
    connection.setNamespace(namespace);
    const timeout = timeoutOf(setup);
    return why(words, setup.flags, connection, { resources, clock, output, timeout });
  });
}

/** Prints the charts of a row; returns the exit code. */
export async function runCharts(
  setup: Setup,
  words: readonly string[],
  clock: Clock,
  output: Output,
  resources: ResourceRegistry,
): Promise<number> {
  return composed(setup, clock, async (composition) => {
    const connection = await clusterOf(setup, composition, clock, resources, true);
    const { meter } = composition.session;
    const marks = chartMarksOf(setup);
    const timeout = timeoutOf(setup);
    return charts(words, setup.flags, connection, {
      ...{ resources, clock, timeout, output, meter, marks },
    });
  });
}

/** Prints what containers write; returns the exit code. */
export async function runLogs(
  setup: Setup,
  args: readonly string[],
  clock: Clock,
  output: Output,
  ended: () => AbortSignal,
  resources: ResourceRegistry,
): Promise<number> {
  const request = logsRequest(args, setup.flags, resources);
  return composed(setup, clock, async (composition) => {
    const connection = await clusterOf(setup, composition, clock, resources);
    const { cluster, store, kube } = connection;
    const need = (tables: readonly TableId[]) => connection.need(tables);
    const options = { clock, timeout: timeoutOf(setup), output, signal: ended() };
    return logs(request, { cluster, store, kube, need }, options);
  });
}

/** Prints the checks of a cluster; returns the exit code. */
export async function runDoctor(
  setup: Setup,
  clock: Clock,
  output: Output,
  resources: ResourceRegistry,
): Promise<number> {
  return composed(setup, clock, async (composition) => {
    const connection = await clusterOf(setup, composition, clock, resources, true);
    const { fleet } = composition.session;
    const arn = connection.eks?.arn;
    const found = [...fleet.rows(resources.fleet.table)].find(({ id }) => id === arn);
    const options = { cluster: found ?? null, clock, timeout: timeoutOf(setup), output };
    const need = (tables: readonly TableId[]) => connection.need(tables);
    return doctor(setup.flags, { store: connection.store, need }, options);
  });
}

/** The fleet for what is all profiles' and regions'; else the connection of the chosen cluster. */
async function rowSource(
  setup: Setup,
  composition: Composition<undefined>,
  request: GetRequest | null,
  clock: Clock,
  resources: ResourceRegistry,
): Promise<RowSource> {
  const { session } = composition;
  const source = request && tableDef(request.resource.table).source;
  if (source === 'fleet') {
    if (session.contexts.length === 0 && session.scopes.length === 0) {
      throw new UsageError('no AWS region and no kubeconfig: pass --region or set AWS_REGION');
    }
    return { store: session.fleet, need: () => session.needClusters() };
  }
  const connection = await clusterOf(setup, composition, clock, resources, source === 'aws');
  return { store: connection.store, need: (tables) => connection.need(tables) };
}

/**
 * Connects to the cluster that is chosen.
 * @param ofAws which cluster of AWS it is decides what AWS is asked
 */
async function clusterOf(
  setup: Setup,
  { session, context }: Composition<undefined>,
  clock: Clock,
  { fleet }: ResourceRegistry,
  ofAws = false,
): Promise<Connection<undefined>> {
  const { flags } = setup;
  if (ofAws || context === null) {
    session.needClusters();
    await settled(session.fleet, [fleet.table], clock, timeoutOf(setup));
  }
  const id =
    context === null ? clusterKey(session, fleet, flags.cluster) : contextKey(context.name);
  const namespace = flags['all-namespaces'] === true ? '' : flags.namespace;
  return session.open(id, namespace);
}

/** The key of the cluster that is meant. @throws UsageError where there is none, or more than one */
function clusterKey(
  session: Composition<undefined>['session'],
  { table }: ResourceRegistry['fleet'],
  name: string | undefined,
): ClusterKey {
  const rows = [...session.fleet.rows(table)].filter(({ gone }) => gone === 0);
  if (rows.length > 0) return chooseCluster(rows, name).id;
  const { reason, hint } = session.fleet.status(table);
  throw new UsageError(
    `no cluster to ask: ${[reason, hint].filter(Boolean).join('; ') || 'set a kubeconfig context or --cluster'}`,
  );
}

/** Prints where the program stands; returns the exit code. */
export async function runInfo(
  setup: Setup,
  clock: Clock,
  { out }: Output,
  tty: { readonly isTTY: boolean; readonly columns: number; readonly rows: number },
  resources: ResourceRegistry,
): Promise<number> {
  return composed(setup, clock, async (composition) => {
    const { color } = setup.config;
    const depth = color === 'auto' ? detectDepth(setup.env, tty.isTTY) : color;
    const copy = setup.env['TMUX'] ? 'OSC 52 through tmux' : 'OSC 52';
    const result = await info(setup, composition, clock, { ...tty, depth, copy }, resources);
    out(result.out);
    return result.code;
  });
}
