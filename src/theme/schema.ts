import { parse } from 'yaml';
import * as z from 'zod';
import { nearest } from '../core/nearest.ts';
import { TONES } from '../core/styled.ts';
import type { Tone } from '../core/styled.ts';
import { COLOR_NAMES, isColor } from './color.ts';
import type { Color } from './color.ts';

/** How a tone looks. */
export interface Look {
  readonly fg?: Color | undefined;
  readonly bg?: Color | undefined;
  readonly bold?: boolean | undefined;
  readonly dim?: boolean | undefined;
  readonly inverse?: boolean | undefined;
  readonly underline?: boolean | undefined;
}

/** A look, and the one that replaces it on a terminal of 16 colours. */
export interface ToneLook extends Look {
  readonly basic?: Look | undefined;
}

/** What each tone looks like. */
export interface Theme {
  readonly name: string;
  readonly tones: Readonly<Record<Tone, ToneLook>>;
}

/** The theme of a file, in which tones may be left to the theme it extends. */
export interface PartialTheme {
  readonly extends?: string | undefined;
  readonly tones: Readonly<Partial<Record<Tone, ToneLook | undefined>>>;
}

/** A theme that cannot be used; the message names the key, what is valid and the nearest match. */
export class ThemeError extends Error {}

const color = z.custom<Color>(isColor, { error: ({ input }) => colorHelp(input) }).optional();
const flag = z.boolean().optional();
const look = z.strictObject({
  fg: color,
  bg: color,
  bold: flag,
  dim: flag,
  inverse: flag,
  underline: flag,
});
const toneLook = look.extend({ basic: look.optional() });
const theme = z.strictObject({
  extends: z.string().optional(),
  tones: z.partialRecord(z.enum(TONES), toneLook),
});

const VALID_KEYS: readonly (readonly string[])[] = [
  Object.keys(theme.shape),
  TONES,
  Object.keys(toneLook.shape),
  Object.keys(look.shape),
];

/** Reads a theme from the text of a YAML file; `source` names it in errors. Throws {@link ThemeError}. */
export function parseTheme(yaml: string, source: string): PartialTheme {
  let data: unknown;
  try {
    data = parse(yaml);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new ThemeError(`${source}: not valid YAML: ${reason}`, { cause: error });
  }
  const result = theme.safeParse(data);
  if (result.success) return result.data;
  throw new ThemeError(`${source}: ${result.error.issues.map(explain).join('; ')}`);
}

function explain(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(path, key)).join('; ');
  }
  if (issue.code === 'invalid_key') return unknownKey(path.slice(0, -1), path.at(-1) ?? '');
  return `${path.length === 0 ? 'the file' : path.join('.')}: ${issue.message}`;
}

function unknownKey(path: readonly string[], key: string): string {
  const valid = VALID_KEYS[path.length] ?? [];
  return `unknown key "${[...path, key].join('.')}"${didYouMean(key, valid)} (valid: ${valid.join(', ')})`;
}

function colorHelp(value: unknown): string {
  const text = String(value);
  return `"${text}" is no colour${didYouMean(text, COLOR_NAMES)} (valid: #rrggbb in quotes, 0–255, ${COLOR_NAMES.join(', ')})`;
}

/** `; did you mean "x"?` where something is near. */
export function didYouMean(word: string, valid: readonly string[]): string {
  const guess = nearest(word, valid);
  return guess === null ? '' : `; did you mean "${guess}"?`;
}
