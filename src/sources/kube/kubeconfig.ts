import { nearest } from '../../core/nearest.ts';
import { readKubeconfig } from './bounded-file.ts';
import { eksContextOf, type EksContext } from './eks.ts';
import { oneLine } from './errors.ts';
import type { Entry } from './kubeconfig-fields.ts';
import {
  KubeconfigError,
  parseKubeconfig,
  unreadable,
  type ClusterEntry,
  type ContextEntry,
  type KubeconfigParts,
} from './kubeconfig-file.ts';
import { IN_CLUSTER } from './in-cluster.ts';
import { ANONYMOUS, type UserEntry } from './kubeconfig-user.ts';
import { addressOf, serverUrl } from './server-url.ts';

/** A context of the merged kubeconfig. */
export interface ContextInfo {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  /** Empty where the context names none. */
  readonly namespace: string;
  /** The address that it leads to, empty where it leads nowhere. */
  readonly server: string;
  /** The cluster it reaches and with whose identity, where its user is an EKS one. */
  readonly eks: EksContext | null;
  readonly current: boolean;
  /** Why it cannot be used, in a sentence; empty where it can. */
  readonly problem: string;
}

/** Where a kubeconfig comes from: text, or files of which the first to name something wins. */
export type KubeconfigSource =
  | { readonly text: string }
  | {
      readonly paths: readonly string[];
      /** Given by name (`--kubeconfig`): every file must exist. $KUBECONFIG may name absent ones. */
      readonly required: boolean;
    };

/** A merged kubeconfig. */
export interface Kubeconfig extends KubeconfigParts {
  /** The files that were read. */
  readonly files: readonly string[];
}

/**
 * Reads and merges as kubectl does.
 * @throws KubeconfigError where a file as a whole cannot be read: to leave it out could let a
 * later one speak in its place
 */
export function loadKubeconfig(source: KubeconfigSource): Kubeconfig {
  if ('text' in source) {
    const content = new TextEncoder().encode(source.text);
    return { ...parseKubeconfig(content, 'kubeconfig'), files: ['kubeconfig'] };
  }
  const clusters = new Map<string, ClusterEntry>();
  const users = new Map<string, UserEntry>();
  const contexts = new Map<string, ContextEntry>();
  const files: string[] = [];
  const notes: string[] = [];
  let currentContext = '';
  for (const path of source.paths) {
    const content = readFile(path, source.required);
    if (content === null) continue;
    const one = parseKubeconfig(content, path);
    files.push(path);
    notes.push(...one.notes);
    currentContext ||= one.currentContext;
    addNew(clusters, one.clusters);
    addNew(users, one.users);
    addNew(contexts, one.contexts);
  }
  if (contexts.delete(IN_CLUSTER)) {
    notes.push(
      `the context "${IN_CLUSTER}" is passed over: it is what a pod's own account is called`,
    );
  }
  return {
    clusters: [...clusters.values()],
    users: [...users.values()],
    contexts: [...contexts.values()],
    currentContext,
    files,
    notes,
  };
}

function addNew<T extends Entry>(into: Map<string, T>, from: readonly T[]): void {
  for (const item of from) if (!into.has(item.name)) into.set(item.name, item);
}

function readFile(path: string, required: boolean): Buffer | null {
  try {
    return readKubeconfig(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !required) return null;
    throw unreadable(path, error);
  }
}

/** The parts of one context, all of them present and fit for use. */
export interface ResolvedContext {
  readonly context: ContextEntry;
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  readonly server: URL;
}

/**
 * The context `name`. There is no default: who means the current context names it.
 * @throws KubeconfigError naming the nearest context where there is none of that name, or what of
 * it cannot be used
 */
export function resolveContext(config: Kubeconfig, wanted: string): ResolvedContext {
  const where = whereOf(config);
  if (wanted === '') throw new KubeconfigError(`no context was named (${where})`);
  const context = config.contexts.find((one) => one.name === wanted);
  if (context === undefined) {
    const names = config.contexts.map((one) => one.name);
    // EKS contexts are named by their ARN: the cluster's name alone is what people type.
    const near = names.find((one) => one.endsWith(`/${wanted}`)) ?? nearest(wanted, names);
    const tip = near === null ? '' : `; did you mean "${near}"?`;
    throw new KubeconfigError(`there is no context "${oneLine(wanted)}" (${where})${tip}`);
  }
  return partsOf(config, context);
}

const whereOf = ({ files }: Kubeconfig): string =>
  files.length === 0 ? 'no kubeconfig was found' : files.join(', ');

function partsOf(config: Kubeconfig, context: ContextEntry): ResolvedContext {
  const find = <T extends Entry>(what: string, list: readonly T[], name: string): T => {
    const found = list.find((one) => one.name === name);
    if (found === undefined) {
      throw new KubeconfigError(
        `context "${oneLine(context.name)}" names the ${what} "${oneLine(name)}", which is not in ${whereOf(config)}`,
      );
    }
    return usable(what, found);
  };
  usable('context', context);
  const cluster = find('cluster', config.clusters, context.cluster);
  const user = context.user === '' ? ANONYMOUS : find('user', config.users, context.user);
  return { context, cluster, user, server: serverUrl(cluster) };
}

function usable<T extends Entry>(what: string, entry: T): T {
  if (entry.problem === '') return entry;
  throw new KubeconfigError(`${what} "${oneLine(entry.name)}" cannot be used: ${entry.problem}`);
}

/** Every context, also those that cannot be used: these say why and lead nowhere. */
export function listContexts(config: Kubeconfig): readonly ContextInfo[] {
  return config.contexts.map((context) => {
    const { name, namespace } = context;
    const info = {
      name,
      cluster: context.cluster,
      user: context.user,
      namespace,
      current: name === config.currentContext,
    };
    try {
      const { cluster, user, server: url } = partsOf(config, context);
      const server = addressOf(url);
      const eks = user.exec === null ? null : eksContextOf(user.exec, server, cluster.name);
      return { ...info, server, eks, problem: '' };
    } catch (error) {
      return { ...info, server: '', eks: null, problem: (error as Error).message };
    }
  });
}
