import { readFileSync } from 'node:fs';
import type { Cluster, Context, User } from '@kubernetes/client-node';
import { nearest } from '../../core/nearest.ts';
import { eksContextOf, type EksContext } from './eks.ts';
import { oneLine } from './errors.ts';
import {
  KubeconfigError,
  parseKubeconfig,
  type KubeconfigParts,
  type KubeconfigUser,
} from './kubeconfig-file.ts';

/** A credential plugin as a kubeconfig declares it. */
export interface ExecConfig {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  readonly interactiveMode: string;
  readonly provideClusterInfo: boolean;
  readonly installHint: string;
}

/** A context of the merged kubeconfig. */
export interface ContextInfo {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  /** Empty where the context names none. */
  readonly namespace: string;
  readonly server: string;
  /** The cluster it reaches and with whose identity, where its user is an EKS one. */
  readonly eks: EksContext | null;
  readonly current: boolean;
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
 * @throws KubeconfigError
 */
export function loadKubeconfig(source: KubeconfigSource): Kubeconfig {
  if ('text' in source) {
    return { ...parseKubeconfig(source.text, 'kubeconfig'), files: ['kubeconfig'] };
  }
  const merged = {
    clusters: new Map<string, Cluster>(),
    users: new Map<string, KubeconfigUser>(),
    contexts: new Map<string, Context>(),
  };
  const files: string[] = [];
  let currentContext = '';
  for (const path of source.paths) {
    const text = readText(path, source.required);
    if (text === null) continue;
    const one = parseKubeconfig(text, path);
    files.push(path);
    currentContext ||= one.currentContext;
    addNew(merged.clusters, one.clusters);
    addNew(merged.users, one.users);
    addNew(merged.contexts, one.contexts);
  }
  return {
    clusters: [...merged.clusters.values()],
    users: [...merged.users.values()],
    contexts: [...merged.contexts.values()],
    currentContext,
    files,
  };
}

function addNew<T extends { readonly name: string }>(
  into: Map<string, T>,
  from: readonly T[],
): void {
  for (const item of from) if (!into.has(item.name)) into.set(item.name, item);
}

function readText(path: string, required: boolean): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT' && !required) return null;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EACCES'
          ? 'it may not be read'
          : oneLine((error as Error).message);
    throw new KubeconfigError(`${path}: ${why}`);
  }
}

/** The parts of one context, all of them present. */
export interface ResolvedContext {
  readonly context: Context;
  readonly cluster: Cluster;
  readonly user: KubeconfigUser | null;
}

/**
 * The context `name`. There is no default: who means the current context names it.
 * @throws KubeconfigError naming the nearest context where there is none of that name.
 */
export function resolveContext(config: Kubeconfig, wanted: string): ResolvedContext {
  const where = config.files.length === 0 ? 'no kubeconfig was found' : config.files.join(', ');
  if (wanted === '') throw new KubeconfigError(`no context was named (${where})`);
  const context = config.contexts.find((one) => one.name === wanted);
  if (context === undefined) {
    const names = config.contexts.map((one) => one.name);
    // EKS contexts are named by their ARN: the cluster's name alone is what people type.
    const near = names.find((one) => one.endsWith(`/${wanted}`)) ?? nearest(wanted, names);
    const tip = near === null ? '' : `; did you mean "${near}"?`;
    throw new KubeconfigError(`there is no context "${oneLine(wanted)}" (${where})${tip}`);
  }
  const cluster = config.clusters.find((one) => one.name === context.cluster);
  if (cluster === undefined) {
    throw new KubeconfigError(
      `context "${wanted}" names the cluster "${context.cluster}", which is not in ${where}`,
    );
  }
  const user = config.users.find((one) => one.name === context.user) ?? null;
  if (user === null && context.user) {
    throw new KubeconfigError(
      `context "${wanted}" names the user "${context.user}", which is not in ${where}`,
    );
  }
  return { context, cluster, user };
}

/** Every context, also those whose cluster or user is missing (their server is empty). */
export function listContexts(config: Kubeconfig): readonly ContextInfo[] {
  return config.contexts.map((context) => {
    const cluster = config.clusters.find((one) => one.name === context.cluster);
    const user = config.users.find((one) => one.name === context.user);
    const exec = user === undefined ? null : execOf(user);
    const server = cluster?.server ?? '';
    return {
      name: context.name,
      cluster: context.cluster,
      user: context.user,
      namespace: context.namespace ?? '',
      server,
      eks: exec === null ? null : eksContextOf(exec, server, context.cluster),
      current: context.name === config.currentContext,
    };
  });
}

/** The credential plugin of a user, null where it has none. */
export function execOf(user: User): ExecConfig | null {
  const exec = user.exec as Record<string, unknown> | null | undefined;
  if (typeof exec !== 'object' || exec === null) return null;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const env: Record<string, string> = {};
  for (const { name, value } of (exec['env'] ?? []) as { name?: unknown; value?: unknown }[]) {
    env[text(name)] = text(value);
  }
  return {
    command: text(exec['command']),
    args: ((exec['args'] ?? []) as unknown[]).map(String),
    env,
    apiVersion: text(exec['apiVersion']) || 'client.authentication.k8s.io/v1beta1',
    interactiveMode: text(exec['interactiveMode']),
    provideClusterInfo: exec['provideClusterInfo'] === true,
    installHint: text(exec['installHint']),
  };
}
