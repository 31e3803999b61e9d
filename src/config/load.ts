import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { nearest } from '../core/nearest.ts';
import { configSchema, type Config } from './schema.ts';

/** What is wrong with a configuration file, in words that name the file, the key and the remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads and checks a configuration file. A file that is not there is the default configuration.
 * @throws ConfigError when it cannot be read, is not YAML, or has a key or value that is not valid
 */
export function loadConfig(path: string): Config {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return configSchema.parse({});
    throw new ConfigError(`cannot read ${path}: ${(error as Error).message}`);
  }
  return parseConfig(text, path);
}

/** Checks the text of a configuration file; `path` is only named in errors. */
export function parseConfig(text: string, path: string): Config {
  let data: unknown;
  try {
    data = parse(text) ?? {};
  } catch (error) {
    const where = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 0) : 0;
    const line = where > 0 ? ` line ${where}` : '';
    throw new ConfigError(
      `${path}${line} is not valid YAML: ${firstLine((error as Error).message)}`,
    );
  }
  const result = configSchema.safeParse(data);
  if (result.success) return result.data;
  throw new ConfigError(`${path}: ${result.error.issues.map(explain).join('; ')}`);
}

function explain(issue: z.core.$ZodIssue): string {
  const at = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(at, key)).join('; ');
  }
  return `${at || 'the file'}: ${firstLine(issue.message)}`;
}

function unknownKey(parent: string, key: string): string {
  const known = Object.keys(
    parent === 'logs' ? configSchema.shape.logs.unwrap().shape : configSchema.shape,
  );
  const like = nearest(key, known);
  const full = parent === '' ? key : `${parent}.${key}`;
  return `unknown key '${full}'${like === null ? `; known: ${known.join(', ')}` : `; did you mean '${like}'?`}`;
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;
