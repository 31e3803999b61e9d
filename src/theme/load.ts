import { reasonOf } from '../core/words.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TONES } from '../core/styled.ts';
import type { Tone } from '../core/styled.ts';
import type { ColorDepth } from './depth.ts';
import { didYouMean, parseTheme, ThemeError } from './schema.ts';
import type { PartialTheme, Theme, ToneLook } from './schema.ts';

/** The themes that come with the program. */
export const THEME_NAMES = ['dark', 'light', 'mono'] as const;

/**
 * A built-in theme by name, or a user's by the path of its file (with a slash, or ending in `.yaml`
 * or `.yml`). `directory` holds the built-in ones. Without colours every theme is `mono`, the only
 * one that can do without. Throws {@link ThemeError}.
 */
export function loadTheme(nameOrPath: string, directory: string, depth: ColorDepth): Theme {
  if (isPath(nameOrPath)) {
    const own = read(nameOrPath, nameOrPath);
    const base = builtIn(own.extends ?? 'dark', directory);
    const theme = { name: nameOrPath, tones: { ...base.tones, ...defined(own) } };
    return depth === 'none' ? builtIn('mono', directory) : theme;
  }
  const theme = builtIn(nameOrPath, directory);
  return depth === 'none' ? builtIn('mono', directory) : theme;
}

function isPath(text: string): boolean {
  return /[/\\]|\.ya?ml$/.test(text);
}

function builtIn(name: string, directory: string): Theme {
  if (!THEME_NAMES.some((known) => known === name)) {
    const hint = didYouMean(name, THEME_NAMES);
    const valid = `${THEME_NAMES.join(', ')}, or the path of a .yaml file`;
    throw new ThemeError(`Unknown theme "${name}"${hint} (valid: ${valid})`);
  }
  const { tones } = read(join(directory, `${name}.yaml`), name);
  const complete = (tone: Tone): [Tone, ToneLook] => [tone, tones[tone] ?? {}];
  return { name, tones: Object.fromEntries(TONES.map(complete)) as Record<Tone, ToneLook> };
}

function read(path: string, source: string): PartialTheme {
  let yaml: string;
  try {
    yaml = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ThemeError(`Theme "${source}" cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  return parseTheme(yaml, source);
}

function defined({ tones }: PartialTheme): Partial<Record<Tone, ToneLook>> {
  const entries = TONES.flatMap((tone) => (tones[tone] ? [[tone, tones[tone]] as const] : []));
  return Object.fromEntries(entries);
}
