/** Makes the session of a setup: which contexts and scopes there are, and how their sources are made. */
import { changePolicy } from '../config/policy.ts';
import { workspaceChoice } from '../config/workspaces.ts';
import type { Clock } from '../core/clock.ts';
import type { Worker } from '../core/work.ts';
import type { AwsPort } from '../ports/aws.ts';
import { Session, type ContextInfo, type KubeTarget, type SessionParts } from '../session/index.ts';
import {
  AwsConfigError,
  awsScopes,
  createAwsPort,
  loadAwsFiles,
  profileNames,
  type AwsFiles,
} from '../sources/aws/index.ts';
import {
  createKubePort,
  listContexts,
  inClusterConfig,
  loadKubeconfig,
  type Kubeconfig,
  type KubePortOptions,
} from '../sources/kube/index.ts';
import { unknown, UsageError } from './args.ts';
import { kubeconfigPaths } from './kubeconfig-paths.ts';
import type { Setup } from './setup.ts';

/** A session and what was known before it began. */
export interface Composition<Actions> {
  readonly session: Session<Actions>;
  readonly aws: AwsPort;
  readonly contexts: readonly ContextInfo[];
  /** The context to begin with: the chosen one or the current one; null where there is none. */
  readonly context: ContextInfo | null;
  /** Files the contexts came from. */
  readonly kubeconfigFiles: readonly string[];
  /** What of them was passed over, in sentences. */
  readonly kubeconfigNotes: readonly string[];
}

/**
 * @param worker who does what takes long; absent: it is done at once
 * @throws KubeconfigError, AwsConfigError or UsageError for what was asked for by name and cannot be had
 */
export async function compose<Actions>(
  setup: Setup,
  clock: Clock,
  actions: SessionParts<Actions>['actions'],
  worker?: Worker,
): Promise<Composition<Actions>> {
  const { env, flags, config } = setup;
  const kubeconfig = kubeconfigOf(setup);
  const contexts = listContexts(kubeconfig);
  const files = await loadAwsFiles(env);
  const { scopes, awsProblem } = await scopesOf(setup, files);
  const aws = createAwsPort({ clock, random: Math.random, env, files, log: setup.log });
  const session = new Session<Actions>({
    clock,
    contexts,
    scopes,
    choosing: {
      profiles: profileNames(files),
      chosen: { profiles: config.profiles, regions: config.regions },
      // A profile may have been added since.
      scopes: async (names) => awsScopes({ ...names, env, files: await loadAwsFiles(env) }),
    },
    aws,
    awsProblem,
    actions,
    favorites: config.favorites,
    policy: changePolicy(config, flags),
    workspaces: workspaceChoice(config),
    frameMs: () => 1000 / config.fps,
    worker,
    goneMs: config.goneMinutes * 60_000,
    log: setup.log,
    kube: (target, fallbackNamespaces, readonly) =>
      createKubePort({
        clock,
        env,
        version: setup.version,
        readonly,
        fallbackNamespaces,
        requestTimeout: config.requestTimeout * 1000,
        log: setup.log,
        target: sourceTarget(target, kubeconfig, aws),
        ...impersonation(setup),
      }),
  });
  const context = contextOf(contexts, flags);
  setup.log?.('info', 'composed', {
    kubeconfig: kubeconfig.files,
    contexts: contexts.length,
    context,
    scopes,
  });
  return {
    session,
    aws,
    contexts,
    context,
    kubeconfigFiles: kubeconfig.files,
    kubeconfigNotes: kubeconfig.notes,
  };
}

/** Within a pod its own service account stands for a kubeconfig where there is none, as for kubectl. */
function kubeconfigOf({ env, flags, home }: Setup): Kubeconfig {
  const paths = kubeconfigPaths(flags, env, home);
  const required = flags.kubeconfig !== undefined;
  const config = loadKubeconfig({ paths, required });
  const isEmpty = config.contexts.length === 0 && config.clusters.length === 0;
  return (isEmpty && !required && inClusterConfig(env)) || config;
}

/** A region that was not set is a gap that the clusters pane tells of; a wrong name is a mistake. */
async function scopesOf(
  { env, config }: Setup,
  files: AwsFiles,
): Promise<Pick<SessionParts<unknown>, 'scopes' | 'awsProblem'>> {
  try {
    const { profiles, regions } = config;
    return {
      scopes: await awsScopes({ profiles, regions, env, files }),
      awsProblem: { reason: '', hint: '' },
    };
  } catch (error) {
    const asked = config.profiles.length > 0 || config.regions.length > 0;
    if (!(error instanceof AwsConfigError) || asked) throw error;
    // Whoever has nothing yet may still look around.
    const hint = `${error.hint} · ekscope demo shows a simulated region`;
    return { scopes: [], awsProblem: { reason: error.message, hint } };
  }
}

function sourceTarget(
  target: KubeTarget,
  config: Kubeconfig,
  aws: AwsPort,
): KubePortOptions['target'] {
  if ('context' in target) {
    return {
      config,
      context: target.context,
      eksToken: ({ name, role, signIn, region }, ahead) =>
        aws.token({ name, role, ...signIn, clusterRegion: region, ahead }),
    };
  }
  const { name, profile, region } = target.eks;
  return {
    server: target.server,
    caData: target.caData,
    token: (ahead) => aws.token({ name, profile, region, ahead }),
  };
}

function impersonation({ flags }: Setup): Pick<KubePortOptions, 'impersonate'> {
  const groups = flags['as-group'] ?? [];
  if (flags.as === undefined) {
    if (groups.length > 0) throw new UsageError('--as-group needs --as');
    return {};
  }
  return { impersonate: { user: flags.as, groups } };
}

function contextOf(
  contexts: readonly ContextInfo[],
  { context: wanted, cluster }: Setup['flags'],
): ContextInfo | null {
  if (wanted === undefined) {
    return cluster === undefined ? (contexts.find(({ current }) => current) ?? null) : null;
  }
  if (cluster !== undefined) {
    throw new UsageError('--context and --cluster both say which cluster: give one of them');
  }
  const found = contexts.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = contexts.map(({ name }) => name);
  throw new UsageError(unknown('context', wanted, names));
}
