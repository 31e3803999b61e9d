import type { Clock } from '../../core/clock.ts';
import type { Env } from '../../config/paths.ts';
import { contextKey } from '../../domain/cluster-key.ts';
import { placeIn } from '../../domain/ref.ts';
import { loadAwsFiles } from '../../sources/aws/index.ts';
import { profileNames } from '../../sources/aws/config.ts';
import { listContexts, loadKubeconfig } from '../../sources/kube/index.ts';
import type { Connection } from '../../session/index.ts';
import { compose } from '../compose.ts';
import type { Flags, Lookup } from '../flags.ts';
import { kubeconfigPaths } from '../kubeconfig-paths.ts';
import { settled } from '../../store/settled.ts';
import { setUp } from '../setup.ts';
import type { Candidate, LookUp } from './complete.ts';

/** Whoever pressed tab waits no longer for an API server (ms). */
const PATIENCE = 2000;
/** More namespaces than this are no help. */
const MOST = 500;

/** Looks up names where the program would; none where they cannot be had. */
export function lookUp(env: Env, home: string, version: string, clock: Clock): LookUp {
  const machine = { env, home, version, clock };
  const finders: Readonly<Record<Lookup, (flags: Flags) => Promise<readonly Candidate[]>>> = {
    contexts: (flags) => Promise.resolve(contexts(flags, env, home)),
    profiles: async () => profileNames(await loadAwsFiles(env)).map(named),
    namespaces: (flags) => onCluster(machine, flags, namespaces),
    kinds: (flags) => onCluster(machine, flags, (connection) => kinds(connection, clock)),
  };
  return async (names, flags) => {
    try {
      return await finders[names](flags);
    } catch {
      // Nobody asked for an error here: the command itself will tell it.
      return [];
    }
  };
}

/** What the program would begin with. */
interface Machine {
  readonly env: Env;
  readonly home: string;
  readonly version: string;
  readonly clock: Clock;
}

const named = (word: string): Candidate => ({ word, description: '' });

function contexts(flags: Flags, env: Env, home: string): readonly Candidate[] {
  const paths = kubeconfigPaths(flags, env, home);
  return listContexts(loadKubeconfig({ paths, required: false })).map(({ name, server }) => ({
    word: name,
    description: server,
  }));
}

/** What `find` answers of the cluster that is meant; nothing where none is. */
async function onCluster(
  { env, home, version, clock }: Machine,
  flags: Flags,
  find: (connection: Connection) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  const setup = setUp({ ...flags, readonly: true }, env, home, version);
  const { session, context } = await compose(setup, clock, () => undefined);
  try {
    return context === null ? [] : await find(session.open(contextKey(context.name)));
  } finally {
    session.close();
  }
}

async function namespaces({ kube, cluster }: Connection): Promise<readonly Candidate[]> {
  const all = placeIn('namespaces', cluster, '');
  const found = await kube.list(all, { limit: MOST }, AbortSignal.timeout(PATIENCE));
  return found.map(({ metadata }) => named(metadata.name));
}

/** The kinds that the cluster offers, by their plural with its group, and by their short names. */
async function kinds(connection: Connection, clock: Clock): Promise<readonly Candidate[]> {
  const { store } = connection;
  connection.need(['kinds']);
  await settled(store, ['kinds'], clock, PATIENCE);
  return [...store.rows('kinds')].flatMap(({ name, group, kind, shortNames }) => [
    { word: group === '' ? name : `${name}.${group}`, description: kind },
    ...shortNames.map((word) => ({ word, description: kind })),
  ]);
}
