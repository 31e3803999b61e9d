/** Foreign text without the secrets in it, by what they look like and by the names they stand behind. */
import { Scan } from './scan.ts';
import { MASK } from './secret-names.ts';
import { PAIRS } from './secret-pairs.ts';
import { SHAPES } from './secret-shapes.ts';

const RULES = [...SHAPES, ...PAIRS];
/** What every rule needs some of; most texts have none of it. */
const ANY =
  /[=:@-]|(?:bearer|basic)\s|eyJ|(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|LS0tLS1CRUdJTi)|_[A-Za-z0-9]{8}|hvs\.|SG\.|AIza|AKIA|ASIA/i;

/** A text with `•••` in place of each secret. Takes time in proportion to its length. */
export function redact(text: string): string {
  return text.length < 6 || !ANY.test(text) ? text : redaction(text).text;
}

/** As {@link redact}, with the work it took, in characters looked at. */
export function redaction(text: string): { readonly text: string; readonly steps: number } {
  const secrets: (readonly [start: number, end: number])[] = [];
  let steps = 0;
  for (const { opens, find } of RULES) {
    const scan = new Scan(text);
    let floor = 0;
    opens.lastIndex = 0;
    for (let match = opens.exec(text); match !== null; match = opens.exec(text)) {
      const from = match.index + match[0].length;
      const found = find(scan, match.index, from, floor);
      if ('secret' in found && found.secret[1] > found.secret[0]) secrets.push(found.secret);
      floor = Math.max(from, 'secret' in found ? found.secret[1] : found.resume);
      opens.lastIndex = floor;
    }
    steps += scan.steps + text.length;
  }
  return { text: without(text, secrets), steps };
}

function without(text: string, secrets: (readonly [number, number])[]): string {
  if (secrets.length === 0) return text;
  let out = '';
  let at = 0;
  for (const [start, end] of secrets.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (end <= at) continue;
    // One that begins within another goes on with it.
    if (start >= at) out += text.slice(at, start) + MASK;
    at = end;
  }
  return out + text.slice(at);
}
