import type { LogLevel } from '../../ports/log.ts';
import { redact } from '../../core/redact.ts';
import { isSecretName, MASK } from '../../core/secret-names.ts';

/** A text is cut after so many characters: a server may say anything. */
const TEXT = 2000;
/** Objects within objects, lists and fields beyond these say nothing that helps. */
const DEPTH = 4;
const MOST = 50;

/** What a terminal or an editor could act on, and what JSON leaves as it is. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu;

/**
 * An event as one line of JSON, without its line break: ASCII controls, C1 and invisible characters
 * are escaped, values that look like secrets or are named so are masked.
 */
export function logLine(
  at: number,
  level: LogLevel,
  event: string,
  fields: Readonly<Record<string, unknown>>,
): string {
  const line = { at: new Date(at).toISOString(), level, event, ...(plain(fields, 0) as object) };
  return JSON.stringify(line).replace(UNSAFE, escaped);
}

function escaped(char: string): string {
  let out = '';
  for (let i = 0; i < char.length; i++) {
    out += `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return out;
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return textOf(value);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return value === undefined ? undefined : typeof value;
  if (value instanceof Error) return errorOf(value, depth);
  if (depth >= DEPTH) return '…';
  if (Array.isArray(value)) return value.slice(0, MOST).map((one) => plain(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST)
      .map(([key, one]: [string, unknown]) => [key, fieldOf(key, one, depth)]),
  );
}

/** A value whose name says that it is secret is not told. */
function fieldOf(key: string, value: unknown, depth: number): unknown {
  const secret = typeof value === 'string' && value !== '' && isSecretName(key);
  return secret ? MASK : plain(value, depth + 1);
}

function errorOf(error: Error, depth: number): unknown {
  const { name, message, stack = '', cause } = error;
  const { code, hint } = error as { readonly code?: unknown; readonly hint?: unknown };
  return {
    name,
    message: textOf(message),
    ...(code === undefined ? {} : { code: plain(code, depth + 1) }),
    ...(hint === undefined || hint === '' ? {} : { hint: plain(hint, depth + 1) }),
    stack: textOf(stack),
    ...(cause === undefined || depth >= DEPTH ? {} : { cause: plain(cause, depth + 1) }),
  };
}

function textOf(text: string): string {
  const safe = redact(text.slice(0, TEXT));
  return text.length > TEXT ? `${safe}… (${text.length} characters)` : safe;
}
