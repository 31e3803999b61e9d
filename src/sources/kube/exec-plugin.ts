import { spawn } from 'node:child_process';
import process from 'node:process';
import type { Clock } from '../../core/clock.ts';
import type { Credential } from './credentials.ts';
import { oneLine, RequestError } from './errors.ts';
import type { ExecConfig } from './kubeconfig.ts';

/** What a plugin may know and how long (ms) it may take. */
export interface ExecOptions {
  /** The environment it starts with; the kubeconfig's own variables are added. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeout: number;
  readonly clock: Clock;
  /** Given to the plugin where it asks for it (provideClusterInfo). */
  readonly cluster: { readonly server: string; readonly caData: string };
}

/**
 * Runs a client-go credential plugin (client.authentication.k8s.io). It gets a session of its own
 * without a terminal and no stdin, so that it can neither ask nor draw: a plugin that wants to
 * fails, and says so.
 * @throws RequestError (401): not found, failed (with its stderr), too slow, or no credential in
 * its output.
 */
export async function runExecPlugin(exec: ExecConfig, options: ExecOptions): Promise<Credential> {
  const name = `credential plugin ${exec.command}`;
  if (exec.interactiveMode === 'Always') {
    throw failure(`${name} needs a terminal`, 'run it once in a shell, or use another login');
  }
  return parse(await output(exec, options, name), name);
}

function failure(message: string, hint: string): RequestError {
  return new RequestError(401, message, { hint, reason: 'NoCredentials' });
}

/** Process groups of the plugins that run: none outlives the program. */
const groups = new Set<number>();
process.on('exit', () => groups.forEach(killGroup));

function output(exec: ExecConfig, options: ExecOptions, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(exec.command, exec.args, {
      env: { ...options.env, ...exec.env, KUBERNETES_EXEC_INFO: execInfo(exec, options) },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) groups.add(pid);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (stderr = (stderr + text).slice(-4000)));
    const stop = options.clock.after(options.timeout, () => {
      // The group: plugins are often scripts around other programs.
      if (pid !== undefined) killGroup(pid);
      const said = stderr.trim() === '' ? '' : `: ${oneLine(stderr)}`;
      reject(
        failure(
          `${name} gave no answer within ${options.timeout / 1000} s${said}`,
          'it may be waiting for input (MFA, a browser): log in from a shell',
        ),
      );
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      stop();
      reject(
        error.code === 'ENOENT'
          ? failure(`${name} is not installed (not on PATH)`, oneLine(exec.installHint))
          : failure(`${name} cannot be started: ${oneLine(error.message)}`, ''),
      );
    });
    child.on('close', (code, signal) => {
      stop();
      if (pid !== undefined) groups.delete(pid);
      if (code === 0) resolve(stdout);
      else {
        const how = signal === null ? `failed (exit ${code ?? 1})` : `was ended by ${signal}`;
        const said = stderr.trim() === '' ? '' : `: ${oneLine(stderr)}`;
        reject(failure(`${name} ${how}${said}`, 'log in again, or try the command in a shell'));
      }
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in this very moment.
  }
}

function execInfo(exec: ExecConfig, { cluster }: ExecOptions): string {
  const info = { server: cluster.server, 'certificate-authority-data': cluster.caData };
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: { interactive: false, ...(exec.provideClusterInfo ? { cluster: info } : {}) },
  });
}

/** The credential in what a plugin printed; its text never reaches an error: it holds the token. */
function parse(stdout: string, name: string): Credential {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  let status: Record<string, unknown> | undefined;
  try {
    status = (JSON.parse(stdout) as { status?: Record<string, unknown> } | null)?.status;
  } catch {
    throw failure(`${name} printed no JSON`, 'try the command in a shell');
  }
  const token = text(status?.['token']);
  const cert = text(status?.['clientCertificateData']);
  const key = text(status?.['clientKeyData']);
  if (token === '' && cert === '') {
    throw failure(`${name} printed no token and no certificate`, 'try the command in a shell');
  }
  const expires = Date.parse(text(status?.['expirationTimestamp']));
  return { token, cert, key, expires: Number.isNaN(expires) ? Infinity : expires };
}
