/**
 * Objects without the secrets in them: the data of Secrets, values behind names that say so, and
 * whatever looks like a secret in any text. What is shown of one that has a place of its own is its
 * size. Texts that are JSON (what was applied last) are masked by the same rules.
 */
import type { Json } from './json.ts';
import { own } from './own.ts';
import { redact } from './redact.ts';
import { isPasswordOption } from './secret-shapes.ts';
import { isSecretName, isSecretValue, MASK } from './secret-names.ts';

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Objects nest less deep than this; what does not is somebody's trick. */
const DEEPEST = 100;

/** What stands for a secret of that many bytes. */
function maskOf(bytes: number): string {
  return `${MASK} (${bytes} bytes)`;
}

/** The object without secrets. */
export function masked<T extends object>(object: T): T {
  return maskObject(object as Json, 0) as T;
}

/** How many masks stand in a text. */
export function countMasks(text: string): number {
  return text.split(MASK).length - 1;
}

function maskValue(value: unknown, name: string, depth: number, kind?: string): unknown {
  if (typeof value === 'string') return maskText(value, name, depth, kind);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return MASK;
  if (!Array.isArray(value)) return maskObject(value as Json, depth + 1);
  if (value.length > 0 && value.every((item) => typeof item === 'string'))
    return isSecretName(name) ? value.map((item) => maskText(item, name, depth)) : maskWords(value);
  return value.map((item: unknown) => maskValue(item, name, depth + 1));
}

/** @param as the kind of an object that does not say so itself (what was applied of it) */
function maskObject(object: Json, depth: number, as?: string): Json {
  const kind = typeof object['kind'] === 'string' ? object['kind'] : as;
  const words = commandLine(object);
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      if (kind === 'Secret' && (name === 'data' || name === 'stringData'))
        return [name, maskData(value, name)];
      const line = words === null ? undefined : own(words, name);
      if (line !== undefined) return [name, line];
      // `{name: DB_PASSWORD, value: …}`, as in the variables of a container.
      const called = name === 'value' && typeof object['name'] === 'string' ? object['name'] : name;
      return [name, maskValue(value, called, depth, kind)];
    }),
  );
}

/** Command and arguments are one line: the program that an option belongs to stands in the former. */
function commandLine(object: Json): Readonly<Record<string, readonly string[]>> | null {
  const { command, args } = object;
  if (!isTexts(command) || !isTexts(args)) return null;
  const all = maskWords([...command, ...args]);
  return { command: all.slice(0, command.length), args: all.slice(command.length) };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function maskText(text: string, name: string, depth: number, kind?: string): string {
  if (isSecretValue(name, text)) return maskOf(Buffer.byteLength(text));
  const trimmed = text.trim();
  if (/^[{[]/.test(trimmed) && /[}\]]$/.test(trimmed)) return maskJson(text, name, depth, kind);
  return name === APPLIED ? maskOf(Buffer.byteLength(text)) : redact(text);
}

/** A text that is JSON; one without secrets keeps the form it has. */
function maskJson(text: string, name: string, depth: number, kind?: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const safe = JSON.stringify(
      name === APPLIED && typeof value === 'object' && value !== null && !Array.isArray(value)
        ? maskObject(value as Json, depth + 1, kind)
        : maskValue(value, '', depth + 1),
    );
    return safe === JSON.stringify(value) ? text : safe;
  } catch {
    return name === APPLIED ? maskOf(Buffer.byteLength(text)) : redact(text);
  }
}

/** A command line as a list: the value of `--password` is a word of its own. */
function maskWords(words: readonly string[]): readonly string[] {
  const tool = (words[0] ?? '').split('/').at(-1) ?? '';
  return words.map((word, i) => {
    const before = words[i - 1] ?? '';
    const option = /^--?([A-Za-z][\w.-]*)$/.exec(before)?.[1];
    if (option !== undefined && !word.startsWith('-') && isSecretValue(option, word)) {
      return maskOf(Buffer.byteLength(word));
    }
    if (isPasswordOption(tool, before) === 'apart')
      return word.slice(0, word.lastIndexOf(':') + 1) + MASK;
    if (isPasswordOption(tool, word) === 'attached') return word.slice(0, 2) + MASK;
    return maskText(word, '', 0);
  });
}

function maskData(data: unknown, field: 'data' | 'stringData'): unknown {
  if (typeof data !== 'object' || data === null) return data === undefined ? undefined : MASK;
  const size = (value: unknown): number =>
    field === 'data'
      ? Buffer.from(String(value), 'base64').length
      : Buffer.byteLength(String(value));
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      String(value).startsWith(MASK) ? value : maskOf(size(value)),
    ]),
  );
}
