/**
 * The look of a cell as its canonical SGR parameters: attributes in rising order, then foreground,
 * then background, e.g. `1;38;5;110`. The empty string is the terminal's default. Canonical strings
 * compare by `===`, need no table of ids, and are what is written.
 */
export type CellStyle = string;

export const DEFAULT_STYLE: CellStyle = '';

// Bold, dim, italic, underline, inverse, strikethrough. Blinking and hidden text are not kept:
// foreign text must be able neither to shout nor to hide.
const ATTRIBUTES: readonly number[] = [1, 2, 3, 4, 7, 9];
/** Of these, what shows in the colour of letters where there is no letter. */
const INKED: readonly number[] = [4, 7, 9];
const SWITCHED_OFF_BY: Readonly<Record<number, number>> = {
  1: 22,
  2: 22,
  3: 23,
  4: 24,
  7: 27,
  9: 29,
};

interface Parts {
  attributes: Set<number>;
  fg: string;
  bg: string;
}

/** A two-key memo that forgets everything once it is full: logs may bring endless styles. */
function memo(compute: (a: string, b: string) => string): (a: string, b: string) => string {
  const cache = new Map<string, Map<string, string>>();
  let size = 0;
  return (a, b) => {
    let inner = cache.get(a);
    let value = inner?.get(b);
    if (value !== undefined) return value;
    value = compute(a, b);
    if (size >= 4096) {
      cache.clear();
      size = 0;
      inner = undefined;
    }
    if (inner === undefined) cache.set(a, (inner = new Map<string, string>()));
    inner.set(b, value);
    size++;
    return value;
  };
}

/** The style after an SGR sequence with these parameters (ECMA-48 §8.3.117, xterm's colours). */
export const applySgr = memo((style, parameters) => {
  const parts = parse(style);
  apply(parts, parameters === '' ? [0] : parameters.split(';').map(Number));
  return join(parts);
});

/** The shortest SGR sequence that leads from one style to another; empty when they are equal. */
export const transition = memo((from, to) => {
  if (from === to) return '';
  const fromReset = to === '' ? '\x1b[m' : `\x1b[0;${to}m`;
  const changes = delta(parse(from), parse(to)).join(';');
  return changes.length + 3 < fromReset.length ? `\x1b[${changes}m` : fromReset;
});

/**
 * What of a style is seen of a blank: not the colour and weight of letters, unless it is underlined,
 * struck through or inverted.
 */
export const blankStyle = (style: CellStyle): CellStyle =>
  style === DEFAULT_STYLE ? style : seenOfBlank(style, '');

const seenOfBlank = memo((style) => {
  const parts = parse(style);
  return INKED.some((code) => parts.attributes.has(code)) ? style : parts.bg;
});

function parse(style: CellStyle): Parts {
  const parts: Parts = { attributes: new Set(), fg: '', bg: '' };
  if (style !== '') apply(parts, style.split(';').map(Number));
  return parts;
}

function join({ attributes, fg, bg }: Parts): CellStyle {
  const codes: (string | number)[] = ATTRIBUTES.filter((code) => attributes.has(code));
  if (fg !== '') codes.push(fg);
  if (bg !== '') codes.push(bg);
  return codes.join(';');
}

function apply(parts: Parts, codes: readonly number[]): void {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 0) Object.assign(parts, { attributes: new Set(), fg: '', bg: '' });
    else if (code === 38 || code === 48) {
      const length = codes[i + 1] === 5 ? 3 : 5;
      const color = codes.slice(i, i + length);
      i += length - 1;
      if (color.length < length || (length === 5 && color[1] !== 2)) return;
      if (color.slice(2).some((part) => !(part <= 255))) continue;
      parts[code === 38 ? 'fg' : 'bg'] = color.join(';');
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) parts.fg = String(code);
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) parts.bg = String(code);
    else if (code === 39) parts.fg = '';
    else if (code === 49) parts.bg = '';
    else if (ATTRIBUTES.includes(code)) parts.attributes.add(code);
    else for (const on of ATTRIBUTES) if (SWITCHED_OFF_BY[on] === code) parts.attributes.delete(on);
  }
}

function delta(from: Parts, to: Parts): (string | number)[] {
  const codes: (string | number)[] = [];
  const off = new Set<number>();
  for (const code of from.attributes) {
    const offCode = SWITCHED_OFF_BY[code];
    if (!to.attributes.has(code) && offCode !== undefined) off.add(offCode);
  }
  codes.push(...off);
  for (const code of to.attributes) {
    // 22 ends bold and dim together: the one that stays has to be set again.
    const ended = off.has(SWITCHED_OFF_BY[code] ?? 0);
    if (!from.attributes.has(code) || ended) codes.push(code);
  }
  if (from.fg !== to.fg) codes.push(to.fg === '' ? 39 : to.fg);
  if (from.bg !== to.bg) codes.push(to.bg === '' ? 49 : to.bg);
  return codes;
}
