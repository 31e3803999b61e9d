import { spawn } from 'node:child_process';
import { firstLine } from './explain.ts';
import { type AwsEnv } from './config.ts';
import type { Credentials } from './access-key.ts';
import { AwsFault } from '../../domain/aws-fault.ts';
import { findCommand } from '../local/index.ts';
import { type IniSection, shellWords } from './ini.ts';

/** A program that waits for a browser may take its time, but not for ever. */
const LIMIT_MS = 60_000;
/** No credentials are longer (bytes). */
const MOST = 1 << 20;

/**
 * The credentials that the `credential_process` of a profile prints; null where it has none. As in
 * the aws CLI no shell is between. The program has no terminal to ask on.
 */
export async function processCredentials(
  name: string,
  section: IniSection,
  env: AwsEnv,
): Promise<Credentials | null> {
  const line = section.credential_process;
  if (!line) return null;
  const [command, ...args] = shellWords(line) ?? [];
  const failed = (what: string): AwsFault =>
    new AwsFault(
      'expired',
      `the credential_process of profile ${name} ${what}`,
      'try it in a shell; it is in ~/.aws/config',
    );
  if (!command) throw failed('is no command');
  const found = findCommand(command, env.PATH ?? '');
  if (found === null) throw failed('is not installed (not on PATH)');
  if ('relative' in found)
    throw failed('is not run: an empty or relative entry of PATH finds it in the working folder');
  return credentialsOf(await output(found.path, args, env, failed), failed);
}

type Failed = (what: string) => AwsFault;

function output(
  command: string,
  args: readonly string[],
  env: AwsEnv,
  failed: Failed,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      timeout: LIMIT_MS,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.length <= MOST) return;
      child.kill();
      reject(failed('prints far more than credentials'));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-4000);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(failed(`cannot be started (${error.code ?? error.message})`));
    });
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else if (signal) reject(failed(`did not end within ${LIMIT_MS / 1000} s`));
      else reject(failed(`failed: ${firstLine(stderr.trim()) || `exit ${code ?? 1}`}`));
    });
  });
}

function credentialsOf(stdout: string, failed: Failed): Credentials {
  let answer: Record<string, unknown> | null;
  try {
    answer = JSON.parse(stdout) as Record<string, unknown> | null;
  } catch {
    throw failed('prints no JSON');
  }
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer ?? {};
  if (Version !== 1) throw failed('prints no credentials of version 1');
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') {
    throw failed('prints no access key');
  }
  const ends = typeof Expiration === 'string' ? new Date(Expiration) : null;
  if (ends && !(ends.getTime() > Date.now())) throw failed('prints credentials that have expired');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof SessionToken === 'string' ? { sessionToken: SessionToken } : {}),
    ...(ends ? { expiration: ends } : {}),
  };
}
