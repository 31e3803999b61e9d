/** Themes: what each tone looks like, at the colour depth of this terminal. */
export type { ColorDepth } from './depth.ts';
export { detectDepth } from './depth.ts';
export type { Theme } from './schema.ts';
export { ThemeError } from './schema.ts';
export { loadTheme, THEME_NAMES } from './load.ts';
export type { Painter } from './painter.ts';
export { createPainter } from './painter.ts';
