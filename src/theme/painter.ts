import { TONES } from '../core/styled.ts';
import type { Cell, Tone } from '../core/styled.ts';
import { colorCode } from './color.ts';
import type { ColorDepth } from './depth.ts';
import type { Look, Theme, ToneLook } from './schema.ts';

/**
 * Turns tones into SGR sequences. Its strings suit viewports and Ink's `<Text>` alike, hold no other
 * escape sequences than the text does, and end in the default style.
 */
export interface Painter {
  /** The name of the theme. */
  readonly theme: string;
  readonly depth: ColorDepth;
  /** Text in one tone, over the background and weight of `base` where one is given, e.g. `selection`. */
  tone(text: string, tone: Tone, base?: Tone): string;
  /** A cell, each segment in its tone over `base`. */
  paint(cell: Cell, base?: Tone): string;
}

const RESET = '\x1b[0m';

/** A painter with all its sequences made beforehand: painting only joins strings. */
export function createPainter(theme: Theme, depth: ColorDepth): Painter {
  const lookOf = (tone: Tone): Look => atDepth(theme.tones[tone], depth);
  const openers = (base?: Tone): ReadonlyMap<Tone, string> =>
    new Map(
      TONES.map((tone) => {
        const look = base === undefined ? lookOf(tone) : over(tone, lookOf(tone), lookOf(base));
        return [tone, open(look, depth)];
      }),
    );
  const plain = openers();
  const overBase = new Map(TONES.map((base) => [base, openers(base)]));
  const opener = (tone: Tone, base?: Tone): string =>
    (base === undefined ? plain : overBase.get(base))?.get(tone) ?? '';

  return {
    theme: theme.name,
    depth,
    tone(text, tone, base) {
      const start = opener(tone, base);
      return start === '' || text === '' ? text : start + text + RESET;
    },
    paint(cell, base) {
      if (typeof cell === 'string') return this.tone(cell, 'text', base);
      let out = '';
      let current = '';
      for (const [text, tone] of cell) {
        const start = opener(tone, base);
        if (start !== current && current !== '') out += RESET;
        if (start !== current) out += start;
        out += text;
        current = start;
      }
      return current === '' ? out : out + RESET;
    },
  };
}

function atDepth(look: ToneLook, depth: ColorDepth): Look {
  return depth === '16' ? (look.basic ?? look) : look;
}

/** A tone on top of another: it keeps its own colour and adds to the weight. Two inversions show each other. */
function over(tone: Tone, top: Look, base: Look): Look {
  return {
    fg: tone === 'text' ? (base.fg ?? top.fg) : (top.fg ?? base.fg),
    bg: top.bg ?? base.bg,
    bold: top.bold === true || base.bold === true,
    dim: top.dim === true || base.dim === true,
    underline: top.underline === true || base.underline === true,
    inverse: (top.inverse === true) !== (base.inverse === true && tone !== 'selection'),
  };
}

function open(look: Look, depth: ColorDepth): string {
  const codes: string[] = [];
  if (look.bold === true) codes.push('1');
  if (look.dim === true) codes.push('2');
  if (look.underline === true) codes.push('4');
  if (look.inverse === true) codes.push('7');
  if (look.fg !== undefined) codes.push(colorCode(look.fg, 'fg', depth));
  if (look.bg !== undefined) codes.push(colorCode(look.bg, 'bg', depth));
  const parameters = codes.filter((code) => code !== '').join(';');
  return parameters === '' ? '' : `\x1b[${parameters}m`;
}
