import { dirname, resolve } from 'node:path';
import { decodeText } from '../../core/decode-text.ts';
import { fileProblem } from './bounded-file.ts';
import { oneLine } from './errors.ts';
import {
  FieldReader,
  isFields,
  Problem,
  whatIs,
  type Entry,
  type Fields,
} from './kubeconfig-fields.ts';
import { readUser, type UserEntry } from './kubeconfig-user.ts';
import { readYaml } from '../../core/kubeconfig-yaml.ts';

/** A kubeconfig that cannot be used. `message` names the file and what is wrong. */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
}

/** A cluster as a kubeconfig writes it; what it leaves out is empty. */
export interface ClusterEntry extends Entry {
  readonly server: string;
  /** PEM in base64. */
  readonly caData: string;
  readonly caFile: string;
  readonly skipTLSVerify: boolean;
  readonly tlsServerName: string;
  readonly proxyUrl: string;
  /** What it has to say to credential plugins, null where nothing. */
  readonly execConfig: unknown;
}

/** Which cluster, as whom, and where in it. */
export interface ContextEntry extends Entry {
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** What one file, or several merged, say. */
export interface KubeconfigParts {
  readonly clusters: readonly ClusterEntry[];
  readonly users: readonly UserEntry[];
  readonly contexts: readonly ContextEntry[];
  /** Empty where none is set. */
  readonly currentContext: string;
  /** What was passed over, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads a kubeconfig as kubectl does, except that an odd entry spoils itself alone: it keeps its
 * name and says why it cannot be used. Paths in it are relative to `path`, the file it comes from.
 *
 * client-node can read kubeconfigs too, but loading it takes as long as all the rest of the start.
 * @throws KubeconfigError where the file as a whole is no kubeconfig
 */
export function parseKubeconfig(content: Uint8Array, path: string): KubeconfigParts {
  const raw = topOf(content, path);
  const notes: string[] = [];
  const context: FileContext = { raw, path, folder: dirname(path), notes };
  const current = raw['current-context'] ?? '';
  if (typeof current !== 'string') {
    notes.push(`${path}: current-context is ${whatIs(current)} where text is expected: quote it`);
  }
  return {
    clusters: entries(context, 'clusters', 'cluster', clusterOf),
    users: entries(context, 'users', 'user', readUser),
    contexts: entries(context, 'contexts', 'context', contextOf),
    currentContext: typeof current === 'string' ? current : '',
    notes,
  };
}

interface FileContext {
  readonly raw: Fields;
  readonly path: string;
  readonly folder: string;
  readonly notes: string[];
}

function topOf(content: Uint8Array, path: string): Fields {
  let raw: unknown;
  try {
    raw = readYaml(decodeText(content));
  } catch (error) {
    throw new KubeconfigError(`${path}: not valid YAML: ${oneLine((error as Error).message)}`);
  }
  if (raw === null || raw === undefined) return {};
  if (!isFields(raw)) {
    throw new KubeconfigError(`${path}: not a kubeconfig: a mapping is expected`);
  }
  const { apiVersion = 'v1', kind = 'Config' } = raw;
  if ((apiVersion || 'v1') !== 'v1' || (kind || 'Config') !== 'Config') {
    const found = oneLine(`${String(apiVersion)} ${String(kind)}`);
    throw new KubeconfigError(`${path}: not a kubeconfig: "v1 Config" is expected, not "${found}"`);
  }
  return raw;
}

/** Reads the fields of an entry's body; `folder` is what its paths are relative to. */
type ReadBody<T> = (body: FieldReader, folder: string, problem: Problem) => T;

/** The named entries of a list, each name once. */
function entries<T>(
  { raw, path, folder, notes }: FileContext,
  list: string,
  field: string,
  read: ReadBody<T>,
): (T & Entry)[] {
  const found = raw[list] ?? [];
  if (!Array.isArray(found)) {
    throw new KubeconfigError(`${path}: ${list} is ${whatIs(found)} where a list is expected`);
  }
  const byName = new Map<string, T & Entry>();
  found.forEach((entry: unknown, i) => {
    const at = `${list}[${i}]`;
    const fields: Fields = isFields(entry) ? entry : {};
    const name = asName(fields['name']);
    if (name === '') {
      notes.push(`${path}: ${at} has no name and is passed over`);
      return;
    }
    const problem = new Problem();
    const whole = new FieldReader(fields, at, problem);
    whole.text('name');
    const body = whole.mapping(field) ?? new FieldReader({}, `${at}.${field}`, problem);
    if (byName.has(name)) problem.note(`${list} names "${oneLine(name)}" more than once`);
    const content = read(body, folder, problem);
    const why = problem.text === '' ? '' : `${path}: ${oneLine(problem.text)}`;
    byName.set(name, { ...content, name, problem: why });
  });
  return [...byName.values()];
}

/** A name that is no text is kept for the row that says so. */
function asName(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  return typeof value === 'string' ? value : '';
}

function clusterOf(
  body: FieldReader,
  folder: string,
  problem: Problem,
): Omit<ClusterEntry, keyof Entry> {
  const cluster = {
    server: body.text('server'),
    caData: body.base64('certificate-authority-data'),
    caFile: resolved(body.text('certificate-authority'), folder),
    skipTLSVerify: body.flag('insecure-skip-tls-verify'),
    tlsServerName: body.text('tls-server-name'),
    proxyUrl: body.text('proxy-url'),
    execConfig: execConfigOf(body.list('extensions')),
  };
  if (cluster.server === '') problem.note('the cluster has no server');
  if (cluster.caData !== '' && cluster.caFile !== '') {
    problem.note('the cluster has both certificate-authority and certificate-authority-data');
  }
  if (cluster.skipTLSVerify && (cluster.caData !== '' || cluster.caFile !== '')) {
    problem.note(
      'the cluster has insecure-skip-tls-verify and a certificate authority: leave out one of them',
    );
  }
  if (cluster.proxyUrl !== '' && !/^(https?|socks5h?):\/\/[^/]/.test(cluster.proxyUrl)) {
    problem.note('proxy-url must begin with http://, https:// or socks5://');
  }
  return cluster;
}

const EXEC_EXTENSION = 'client.authentication.k8s.io/exec';

function execConfigOf(extensions: readonly unknown[]): unknown {
  const found = extensions.find((one) => isFields(one) && one['name'] === EXEC_EXTENSION);
  return isFields(found) ? (found['extension'] ?? null) : null;
}

function contextOf(
  body: FieldReader,
  _folder: string,
  problem: Problem,
): Omit<ContextEntry, keyof Entry> {
  const cluster = body.text('cluster');
  if (cluster === '') problem.note('the context names no cluster');
  return { cluster, user: body.text('user'), namespace: body.text('namespace') };
}

/** A path of the file, as one that does not depend on the working folder; empty stays empty. */
export function resolved(path: string, folder: string): string {
  return path === '' ? '' : resolve(folder, path);
}

/** A file that cannot be read. */
export function unreadable(path: string, error: unknown): KubeconfigError {
  return new KubeconfigError(`${path}: ${oneLine(fileProblem(error))}`);
}
