import type { KeyEvent } from './key-event.ts';

/** Nobody types so many letters between two reads, however slow the line is. */
const LETTERS = 100;

/** Whether so many letters came at once that they were pasted, though the terminal does not say so. */
export function isBurst(keys: readonly KeyEvent[]): boolean {
  return keys.length >= LETTERS && keys.filter(isLetter).length >= LETTERS;
}

/** The same keys, runs of letters as pastes: the letters of a text are no commands. */
export function asPastes(keys: readonly KeyEvent[]): readonly KeyEvent[] {
  const merged: KeyEvent[] = [];
  let run = '';
  const end = (): void => {
    if (run !== '') merged.push({ chord: 'paste', paste: run });
    run = '';
  };
  for (const key of keys) {
    if (isLetter(key)) run += letterOf(key);
    else {
      end();
      merged.push(key);
    }
  }
  end();
  return merged;
}

/** Terminals send a line break of a pasted text as either. */
const WHITE: Readonly<Record<string, string>> = { enter: '\n', 'ctrl-j': '\n', tab: '\t' };

const letterOf = ({ chord, text }: KeyEvent): string => text ?? WHITE[chord] ?? '';
const isLetter = (key: KeyEvent): boolean => letterOf(key) !== '';
