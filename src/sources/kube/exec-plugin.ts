import { spawn, type ChildProcess } from 'node:child_process';
import process from 'node:process';
import type { Clock } from '../../core/clock.ts';
import { readKubeYaml } from '../../core/kube-yaml.ts';
import { fileProblem, readSmallFile } from './bounded-file.ts';
import { findCommand } from '../local/index.ts';
import type { Credential } from './credentials.ts';
import { oneLine, RequestError } from './errors.ts';
import type { ClusterEntry } from './kubeconfig-file.ts';
import type { ExecConfig } from './kubeconfig-user.ts';

/** What a plugin may know and how long (ms) it may take. */
export interface ExecOptions {
  /** The environment it starts with; the kubeconfig's own variables are added. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeout: number;
  readonly clock: Clock;
  /** Told to the plugin where it asks for it (provideClusterInfo). */
  readonly cluster: ClusterEntry;
}

/** A credential is a few kB: a plugin that prints more than this (bytes) is ended. */
const OUTPUT = 2 ** 20;
/** Of what it says on stderr the end is kept (characters): there the cause stands. */
const SAID = 4_000;

/**
 * Runs a client-go credential plugin (client.authentication.k8s.io). It gets a session of its own
 * without a terminal and no stdin, so that it can neither ask nor draw: a plugin that wants to
 * fails, and says so.
 * @throws RequestError (401): not found, found in the working folder, failed (with its stderr),
 * too slow, too talkative, or no credential in its output.
 */
export async function runExecPlugin(exec: ExecConfig, options: ExecOptions): Promise<Credential> {
  const name = `credential plugin ${oneLine(exec.command)}`;
  if (exec.interactiveMode === 'Always') {
    throw failure(`${name} needs a terminal`, 'run it once in a shell, or use another login');
  }
  const path = pathOf(exec, options, name);
  const info = await execInfo(exec, options.cluster);
  return parse(await output(exec, options, { name, path, info }), name, exec.apiVersion);
}

function failure(message: string, hint: string): RequestError {
  return new RequestError(401, message, { hint, reason: 'NoCredentials' });
}

function pathOf(exec: ExecConfig, { env }: ExecOptions, name: string): string {
  const found = findCommand(exec.command, env['PATH'] ?? '');
  if (found === null) {
    throw failure(`${name} is not installed (not on PATH)`, oneLine(exec.installHint));
  }
  if ('path' in found) return found.path;
  throw failure(
    `${name} is not run: the entry "${oneLine(found.relative)}" of PATH finds it in the working folder`,
    'take that entry out of PATH, or write the full path of the command in the kubeconfig',
  );
}

/** Process groups of the plugins that run: none outlives the program. */
const groups = new Set<number>();
process.on('exit', () => groups.forEach(killGroup));

/** How a plugin is started. */
interface Start {
  readonly name: string;
  readonly path: string;
  readonly info: string;
}

function output(exec: ExecConfig, options: ExecOptions, start: Start): Promise<string> {
  const { name } = start;
  return new Promise((resolve, reject) => {
    const child = spawn(start.path, exec.args, {
      env: { ...options.env, ...exec.env, KUBERNETES_EXEC_INFO: start.info },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) groups.add(pid);
    const give = (message: string, hint: string): void => {
      // The group: plugins are often scripts around other programs.
      if (pid !== undefined) killGroup(pid);
      reject(failure(message, hint));
    };
    const tooMuch = (): void =>
      give(
        `${name} printed more than ${OUTPUT / 2 ** 20} MiB and was ended`,
        'try the command in a shell: it should print one ExecCredential',
      );
    const printed = collect(child, tooMuch);
    const stop = options.clock.after(options.timeout, () =>
      give(
        `${name} gave no answer within ${options.timeout / 1000} s${printed.said()}`,
        'it may be waiting for input (MFA, a browser): log in from a shell',
      ),
    );
    child.on('error', (error: NodeJS.ErrnoException) => {
      stop();
      if (error.code === 'ENOENT') give(`${name} is not there`, oneLine(exec.installHint));
      else give(`${name} cannot be started: ${oneLine(error.message)}`, '');
    });
    child.on('close', (code, signal) => {
      stop();
      if (pid !== undefined) groups.delete(pid);
      const how = signal === null ? `failed (exit ${code ?? 1})` : `was ended by ${signal}`;
      if (code === 0) resolve(printed.text());
      else give(`${name} ${how}${printed.said()}`, 'log in again, or try the command in a shell');
    });
  });
}

/** What a child prints, kept within bounds; `tooMuch` is told once stdout exceeds its own. */
function collect(child: ChildProcess, tooMuch: () => void) {
  const chunks: Buffer[] = [];
  let size = 0;
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= OUTPUT) chunks.push(chunk);
    else tooMuch();
  });
  // What cannot be read is missing from the answer, which says so.
  for (const stream of [child.stdout, child.stderr]) stream?.on('error', () => undefined);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-SAID);
  });
  return {
    text: () => Buffer.concat(chunks).toString('utf8'),
    said: () => (stderr.trim() === '' ? '' : `: ${oneLine(stderr)}`),
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in this very moment.
  }
}

async function execInfo(exec: ExecConfig, cluster: ClusterEntry): Promise<string> {
  const spec = exec.provideClusterInfo ? { cluster: await clusterInfo(cluster) } : {};
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: { interactive: false, ...spec },
  });
}

async function clusterInfo(cluster: ClusterEntry): Promise<Record<string, unknown>> {
  const { server, caFile, tlsServerName, skipTLSVerify, proxyUrl, execConfig } = cluster;
  let { caData } = cluster;
  if (caFile !== '') {
    try {
      caData = Buffer.from(await readSmallFile(caFile)).toString('base64');
    } catch (error) {
      throw failure(`${caFile} cannot be read: ${oneLine(fileProblem(error))}`, '');
    }
  }
  return {
    server,
    ...(tlsServerName === '' ? {} : { 'tls-server-name': tlsServerName }),
    ...(skipTLSVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(caData === '' ? {} : { 'certificate-authority-data': caData }),
    ...(proxyUrl === '' ? {} : { 'proxy-url': proxyUrl }),
    config: execConfig,
  };
}

interface ExecCredential {
  readonly kind?: unknown;
  readonly apiVersion?: unknown;
  readonly status?: Readonly<Record<string, unknown>> | null;
}

/** What a plugin is to print. */
const KIND = 'ExecCredential';

/** The credential in what a plugin printed; its text never reaches an error: it holds the token. */
function parse(stdout: string, name: string, wanted: string): Credential {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const again = 'try the command in a shell';
  let printed: ExecCredential | null;
  try {
    printed = readKubeYaml(stdout) as ExecCredential | null;
  } catch {
    throw failure(`${name} printed neither JSON nor YAML`, again);
  }
  const kind = text(printed?.kind);
  if (kind !== KIND) {
    throw failure(
      `${name} printed ${kind === '' ? 'no kind' : `a "${oneLine(kind)}"`}, not an ${KIND}`,
      again,
    );
  }
  const version = text(printed?.apiVersion);
  if (version !== wanted) {
    throw failure(
      `${name} answers in "${oneLine(version)}", the kubeconfig asks for "${wanted}"`,
      'update the plugin, or write its version as exec.apiVersion in the kubeconfig',
    );
  }
  const status = printed?.status ?? {};
  const token = text(status['token']);
  const cert = text(status['clientCertificateData']);
  const key = text(status['clientKeyData']);
  if (token === '' && cert === '') {
    throw failure(`${name} printed no token and no certificate`, again);
  }
  if ((cert === '') !== (key === '')) {
    throw failure(`${name} printed a certificate without its key, or a key alone`, again);
  }
  const until = status['expirationTimestamp'] ?? null;
  const expires = until === null ? Infinity : Date.parse(text(until));
  // As client-go does: who is told nothing of an end would use it for ever.
  if (Number.isNaN(expires)) {
    throw failure(`${name} printed an expirationTimestamp that is no time`, again);
  }
  return { token, cert, key, expires };
}
