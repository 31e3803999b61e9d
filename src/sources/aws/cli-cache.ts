import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AwsEnv, awsFolder } from './config.ts';
import type { Credentials } from './access-key.ts';

/** As in the aws CLI: a session that ends sooner is not used any more. */
const ENDS_SOON_MS = 15 * 60_000;

/** How the aws CLI writes the JSON that names a session: Python's way, or without blanks. */
type Spelling = 'spaced' | 'dense';

/**
 * The session that the aws CLI keeps in ~/.aws/cli/cache for what it asked with, above all one
 * that an MFA code was typed for; null where there is none, or it ends soon.
 */
export async function cachedSession(
  asked: Readonly<Record<string, string | number>>,
  spelling: Spelling,
  env: AwsEnv,
): Promise<Credentials | null> {
  const name = createHash('sha1').update(pythonJson(asked, spelling)).digest('hex');
  try {
    const text = await readFile(join(awsFolder(env), 'cli', 'cache', `${name}.json`), 'utf8');
    return sessionOf(JSON.parse(text));
  } catch {
    // Not there, or not written to the end: as if there were none.
    return null;
  }
}

function sessionOf(kept: unknown): Credentials | null {
  const fields = kept as { readonly Credentials?: Readonly<Record<string, unknown>> } | null;
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = fields?.Credentials ?? {};
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return null;
  if (typeof SessionToken !== 'string' || typeof Expiration !== 'string') return null;
  const expiration = new Date(Expiration.replace(/UTC$/, 'Z'));
  // A time that cannot be read is no time to come either.
  if (!(expiration.getTime() - Date.now() >= ENDS_SOON_MS)) return null;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration,
  };
}

function pythonJson(object: Readonly<Record<string, string | number>>, spelling: Spelling): string {
  const [comma, colon] = spelling === 'spaced' ? [', ', ': '] : [',', ':'];
  const pairs = Object.entries(object)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}${colon}${JSON.stringify(value)}`);
  return `{${pairs.join(comma)}}`.replace(
    /[\x7f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
