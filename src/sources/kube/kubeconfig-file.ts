import { dirname, resolve } from 'node:path';
import type { Cluster, Context, User } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { oneLine } from './errors.ts';

/** A kubeconfig that cannot be used. `message` names the file and what is wrong. */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
}

/** A user, with the groups to impersonate besides what client-node knows. */
export interface KubeconfigUser extends User {
  readonly impersonateGroups: readonly string[];
}

/** What one file, or several merged, say. */
export interface KubeconfigParts {
  readonly clusters: readonly Cluster[];
  readonly users: readonly KubeconfigUser[];
  readonly contexts: readonly Context[];
  /** Empty where none is set. */
  readonly currentContext: string;
}

type Fields = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Reads the text of a kubeconfig. Paths in it are relative to `path`, the file it comes from.
 *
 * client-node can do this too, but loading it takes as long as all the rest of the start; its
 * types are kept, so that it can take over where its authenticators or proxies are needed.
 * @throws KubeconfigError
 */
export function parseKubeconfig(content: string, path: string): KubeconfigParts {
  const raw = parseYaml(content, path);
  const folder = dirname(path);
  return {
    clusters: entries(raw, 'clusters', 'cluster', path).map(([name, fields, at]) => {
      const server = text(fields['server']);
      if (server === '') throw new KubeconfigError(`${path}: ${at}.cluster.server is missing`);
      return clusterOf(name, server, fields, folder);
    }),
    users: entries(raw, 'users', 'user', path).map(([name, fields]) =>
      userOf(name, fields, folder),
    ),
    contexts: entries(raw, 'contexts', 'context', path).map(([name, fields, at]) => {
      const cluster = text(fields['cluster']);
      if (cluster === '') throw new KubeconfigError(`${path}: ${at}.context.cluster is missing`);
      const namespace = text(fields['namespace']);
      return {
        name,
        cluster,
        user: text(fields['user']),
        ...(namespace === '' ? {} : { namespace }),
      };
    }),
    currentContext: text(raw['current-context']),
  };
}

function parseYaml(content: string, path: string): Fields {
  let raw: unknown;
  try {
    raw = parse(content, { logLevel: 'error' });
  } catch (error) {
    const [line = ''] = (error as Error).message.split('\n');
    throw new KubeconfigError(`${path}: not valid YAML: ${oneLine(line)}`);
  }
  if (raw === null || raw === undefined) return {};
  if (!isFields(raw)) {
    throw new KubeconfigError(`${path}: not a kubeconfig: a mapping is expected`);
  }
  return raw;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The named entries of a list: name, fields, and where they are for errors. */
function entries(
  raw: Fields,
  list: string,
  field: string,
  path: string,
): readonly (readonly [name: string, fields: Fields, at: string])[] {
  const found = raw[list] ?? [];
  if (!Array.isArray(found)) throw new KubeconfigError(`${path}: ${list} is not a list`);
  return found.map((entry: unknown, i) => {
    const at = `${list}[${i}]`;
    const name = isFields(entry) ? text(entry['name']) : '';
    if (name === '') throw new KubeconfigError(`${path}: ${at}.name is missing`);
    const fields = isFields(entry) ? entry[field] : undefined;
    if (isFields(fields)) return [name, fields, at] as const;
    // A user may have nothing to say, the others may not.
    if (field === 'user') return [name, {}, at] as const;
    throw new KubeconfigError(`${path}: ${at}.${field} is missing`);
  });
}

function clusterOf(name: string, server: string, fields: Fields, folder: string): Cluster {
  return {
    name,
    server: server.replace(/\/$/, ''),
    skipTLSVerify: fields['insecure-skip-tls-verify'] === true,
    ...only('caData', text(fields['certificate-authority-data'])),
    ...only('caFile', pathOf(fields['certificate-authority'], folder)),
    ...only('tlsServerName', text(fields['tls-server-name'])),
    ...only('proxyUrl', text(fields['proxy-url'])),
  };
}

function userOf(name: string, fields: Fields, folder: string): KubeconfigUser {
  const { exec } = fields;
  const groups = fields['as-groups'];
  const tokenFile = pathOf(fields['tokenFile'], folder);
  const authProvider =
    tokenFile === '' ? fields['auth-provider'] : { name: 'tokenFile', config: { tokenFile } };
  return {
    name,
    ...only('certData', text(fields['client-certificate-data'])),
    ...only('certFile', pathOf(fields['client-certificate'], folder)),
    ...only('keyData', text(fields['client-key-data'])),
    ...only('keyFile', pathOf(fields['client-key'], folder)),
    ...only('token', text(fields['token'])),
    ...only('username', text(fields['username'])),
    ...only('password', text(fields['password'])),
    ...only('impersonateUser', text(fields['as'])),
    ...(isFields(authProvider) ? { authProvider } : {}),
    ...(isFields(exec) ? { exec: withCommand(exec, folder) } : {}),
    impersonateGroups: Array.isArray(groups)
      ? groups.filter((group) => typeof group === 'string')
      : [],
  };
}

/** A command with a folder in it is relative to the kubeconfig; one without is looked for on PATH. */
function withCommand(exec: Fields, folder: string): Fields {
  const command = text(exec['command']);
  return command.includes('/') ? { ...exec, command: resolve(folder, command) } : exec;
}

function pathOf(value: unknown, folder: string): string {
  const path = text(value);
  return path === '' ? '' : resolve(folder, path);
}

function only<K extends string>(key: K, value: string): Partial<Record<K, string>> {
  return value === '' ? {} : ({ [key]: value } as Record<K, string>);
}
