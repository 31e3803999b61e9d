import type { ColorDepth } from './depth.ts';

/** A colour of a theme: `#rrggbb`, one of the 16 ANSI names, or its number (0–255) in the palette of 256. */
export type Color = string | number;

const HUES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The names of the 16 colours that the user's terminal defines. */
export const COLOR_NAMES: readonly string[] = [...HUES, ...HUES.map((hue) => `bright-${hue}`)];

type Rgb = readonly [red: number, green: number, blue: number];

/** True for what a theme may call a colour. */
export function isColor(value: unknown): value is Color {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= 255;
  return (
    typeof value === 'string' && (/^#[0-9a-f]{6}$/i.test(value) || COLOR_NAMES.includes(value))
  );
}

/** The SGR parameters of a colour at a depth, e.g. `38;5;110`; empty without colours. */
export function colorCode(color: Color, layer: 'fg' | 'bg', depth: ColorDepth): string {
  if (depth === 'none') return '';
  const named = typeof color === 'string' ? COLOR_NAMES.indexOf(color) : -1;
  if (named >= 0) return basicCode(named, layer);
  if (depth === '16') return basicCode(nearestIndex(toRgb(color), 0, 16), layer);
  const extended = layer === 'fg' ? 38 : 48;
  if (typeof color === 'number') return `${extended};5;${color}`;
  const rgb = toRgb(color);
  return depth === 'truecolor'
    ? `${extended};2;${rgb.join(';')}`
    : `${extended};5;${nearestIndex(rgb, 16, 256)}`;
}

function basicCode(index: number, layer: 'fg' | 'bg'): string {
  return String((layer === 'fg' ? 30 : 40) + (index < 8 ? index : index + 52));
}

/** Red, green and blue, 0–255 each. */
export function toRgb(color: Color): Rgb {
  if (typeof color === 'number') return paletteColor(color);
  if (!color.startsWith('#')) return paletteColor(COLOR_NAMES.indexOf(color));
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** xterm's palette: 16 basic colours (which users redefine), a cube of 6×6×6, 24 greys. */
function paletteColor(index: number): Rgb {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  if (index >= 16) {
    const step = (place: number): number => {
      const level = Math.floor((index - 16) / place) % 6;
      return level === 0 ? 0 : 55 + level * 40;
    };
    return [step(36), step(6), step(1)];
  }
  const bright = index >= 8 ? 255 : 170;
  const floor = index >= 8 ? 85 : 0;
  const part = (bit: number): number => (index & bit ? bright : floor);
  return [part(1), part(2), part(4)];
}

/** Colours that are no user's to redefine, and the 16 as xterm has them. */
const PALETTE: readonly Rgb[] = Array.from({ length: 256 }, (_, index) => paletteColor(index));

function nearestIndex([red, green, blue]: Rgb, from: number, to: number): number {
  let best = from;
  let bestDistance = Infinity;
  for (let index = from; index < to; index++) {
    const [r = 0, g = 0, b = 0] = PALETTE[index] ?? [];
    // The eye sees green best and blue least.
    const distance = 2 * (r - red) ** 2 + 4 * (g - green) ** 2 + 3 * (b - blue) ** 2;
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  }
  return best;
}
