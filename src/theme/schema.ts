import type { Tone } from '../core/styled.ts';

/** How a tone looks. Colours are `#rrggbb`, one of the 16 ANSI names, or a number of the 256 palette. */
export interface Style {
  readonly fg?: string | number | undefined;
  readonly bg?: string | number | undefined;
  readonly bold?: boolean | undefined;
  readonly dim?: boolean | undefined;
  readonly inverse?: boolean | undefined;
  readonly underline?: boolean | undefined;
}

export interface Theme {
  readonly name: string;
  readonly tones: Readonly<Record<Tone, Style>>;
}

/** A theme that cannot be used; the message names the key, what is valid and the nearest match. */
export class ThemeError extends Error {}

export const THEME_NAMES = ['dark', 'light', 'mono'] as const;

/** Reads a theme from the text of a YAML file. `source` names it in errors. */
export function parseTheme(yaml: string, source: string): Theme {
  throw new ThemeError(yaml + source);
}

/** A built-in theme by name, or a user's theme by path (anything with a slash or ending in .yaml). `directory` holds the built-in ones. */
export function loadTheme(nameOrPath: string, directory: string): Theme {
  throw new ThemeError(nameOrPath + directory);
}
