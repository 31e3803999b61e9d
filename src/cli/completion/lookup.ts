import type { Clock } from '../../core/clock.ts';
import type { Env } from '../../config/paths.ts';
import { contextKey } from '../../domain/cluster-key.ts';
import { placeIn } from '../../domain/ref.ts';
import { loadAwsFiles } from '../../sources/aws/index.ts';
import { profileNames } from '../../sources/aws/config.ts';
import { listContexts, loadKubeconfig } from '../../sources/kube/index.ts';
import { compose } from '../compose.ts';
import type { Flags, Lookup } from '../flags.ts';
import { kubeconfigPaths } from '../kubeconfig-paths.ts';
import { setUp } from '../setup.ts';
import type { Candidate, LookUp } from './complete.ts';

/** Whoever pressed tab waits no longer for an API server (ms). */
const PATIENCE = 2000;
/** More namespaces than this are no help. */
const MOST = 500;

/** Looks up names where the program would; none where they cannot be had. */
export function lookUp(env: Env, home: string, version: string, clock: Clock): LookUp {
  const finders: Readonly<Record<Lookup, (flags: Flags) => Promise<readonly Candidate[]>>> = {
    contexts: (flags) => Promise.resolve(contexts(flags, env, home)),
    profiles: async () => profileNames(await loadAwsFiles(env)).map(named),
    namespaces: (flags) => namespaces(flags, env, home, version, clock),
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

const named = (word: string): Candidate => ({ word, description: '' });

function contexts(flags: Flags, env: Env, home: string): readonly Candidate[] {
  const paths = kubeconfigPaths(flags, env, home);
  return listContexts(loadKubeconfig({ paths, required: false })).map(({ name, server }) => ({
    word: name,
    description: server,
  }));
}

async function namespaces(
  flags: Flags,
  env: Env,
  home: string,
  version: string,
  clock: Clock,
): Promise<readonly Candidate[]> {
  const setup = setUp({ ...flags, readonly: true }, env, home, version);
  const { session, context } = await compose(setup, clock, () => undefined);
  try {
    if (context === null) return [];
    const { kube, cluster } = session.open(contextKey(context.name));
    const all = placeIn('namespaces', cluster, '');
    const found = await kube.list(all, { limit: MOST }, AbortSignal.timeout(PATIENCE));
    return found.map(({ metadata }) => named(metadata.name));
  } finally {
    session.close();
  }
}
