import type { Line } from './common.ts';

/** A document as lines: JSON is laid out, anything else stays as it is written. None for an empty one. */
export function documentLines(text: string): readonly Line[] {
  if (text.trim() === '') return [];
  return laidOut(text)
    .split('\n')
    .map((line): Line => [[line, 'text']]);
}

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
