const ZERO = 48;
const NINE = 57;

/** The code at an index is a digit's; NaN past the end is none. */
function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/**
 * Orders texts as people count: `web-2` before `web-10`. Code points otherwise, which is what
 * Kubernetes names need, and ten times as fast as a collator over tens of thousands of rows.
 */
export function compareNatural(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
  // Most differ in a letter, or in a digit where the other has something else than a number.
  if (!isDigit(x) && !isDigit(y)) return i < length ? x - y : a.length - b.length;
  // They may differ inside a number: it is compared from its first digit.
  let start = i;
  while (start > 0 && isDigit(a.charCodeAt(start - 1))) start--;
  if (start === i && !(isDigit(x) && isDigit(y))) return i < length ? x - y : a.length - b.length;
  return compareNumbers(a, b, start);
}

/** The same for texts that begin to differ inside a number, or not before it. */
function compareNumbers(a: string, b: string, from: number): number {
  let [i, j] = [from, from];
  while (i < a.length && j < b.length) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(j)];
    if (isDigit(x) && isDigit(y)) {
      const [endA, endB] = [endOfDigits(a, i), endOfDigits(b, j)];
      const order = compareDigits(a, i, endA, b, j, endB);
      if (order !== 0) return order;
      [i, j] = [endA, endB];
    } else {
      if (x !== y) return x - y;
      i++;
      j++;
    }
  }
  // What is longer comes later; numbers that differ only in leading zeros go by their text.
  return a.length - i - (b.length - j) || (a < b ? -1 : 1);
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Compares the numbers [i, endA) and [j, endB), of any length. */
function compareDigits(
  a: string,
  i: number,
  endA: number,
  b: string,
  j: number,
  endB: number,
): number {
  while (i < endA && a.charCodeAt(i) === ZERO) i++;
  while (j < endB && b.charCodeAt(j) === ZERO) j++;
  if (endA - i !== endB - j) return endA - i - (endB - j);
  while (i < endA && a.charCodeAt(i) === b.charCodeAt(j)) {
    i++;
    j++;
  }
  return i < endA ? a.charCodeAt(i) - b.charCodeAt(j) : 0;
}
