/** Themes: what each tone looks like, at the colour depth of this terminal. */
export type { ColorDepth } from './depth.ts';
export { detectDepth } from './depth.ts';
export type { Style, Theme } from './schema.ts';
export { ThemeError, parseTheme, THEME_NAMES, loadTheme } from './schema.ts';
export type { Painter } from './painter.ts';
export { createPainter } from './painter.ts';
