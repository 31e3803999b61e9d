/** Foreign text as other programs take it: JSON and CSV. */

import { sanitize } from './text.ts';

/** Controls, bidi and other invisible marks, line separators, halves of pairs. */
const HIDDEN = /[\x7f-\x9f\u2028\u2029\p{Cf}\p{Cs}]/gu;
/** What makes a spreadsheet take a cell for a formula, also behind blanks and in full width; a number is none. */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r])/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** JSON that says the same, without a character that a terminal or a reader could be misled by. */
export function escapeJson(json: string): string {
  return json.replace(HIDDEN, (found) =>
    [...Array(found.length).keys()]
      .map((i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** Foreign text for the clipboard and for files: lines and tabs stay, and no character acts where it is pasted or printed. */
export function plainLines(text: string): string {
  const line = (one: string): string =>
    one
      .split('\t')
      .map((cell) => sanitize(cell))
      .join('\t');
  return text.split('\n').map(line).join('\n');
}

/** A cell of CSV (RFC 4180): quoted where it must be, never a formula (an apostrophe stands before it). */
export function csvCell(text: string): string {
  const plain = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** A line of CSV: raw values as text, what is not known empty. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  const cell = (value: string | number | boolean | null): string =>
    csvCell(value === null ? '' : sanitize(String(value), { newline: '\n' }));
  return `${cells.map(cell).join(',')}\n`;
}
