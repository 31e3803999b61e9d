/** The screen with its looks: each line of text, and below it a letter for how each run of it looks. */
import { visibleLine } from '../support/visible-line.ts';
import type { Harness } from './harness.ts';

/** What letters stand for is told at the end, in the order in which looks appear. */
export async function looksOf({ stdout }: Harness): Promise<string> {
  // Until the terminal has taken all that was written.
  const text = await stdout.vt.text();
  const { term } = stdout.vt;
  const letters = new Map<string, string>();
  const lines = text.flatMap((line, y) => {
    const cells = Array.from({ length: line.length }, (_, x) => lookAt(x, y));
    const marks = cells.map((look) => (look === '' ? ' ' : letterOf(look))).join('');
    return marks.trim() === '' ? [line] : [line, marks.trimEnd()];
  });
  return [...lines, '', ...[...letters].map(([look, letter]) => `${letter}: ${look}`), ''].join(
    '\n',
  );

  function letterOf(look: string): string {
    const letter = letters.get(look) ?? String.fromCharCode(97 + letters.size);
    letters.set(look, letter);
    return letter;
  }
  function lookAt(x: number, y: number): string {
    const cell = visibleLine(term, y)?.getCell(x);
    if (cell === undefined || (cell.getChars() || ' ') === ' ') return '';
    const color = (mode: number, value: number): string =>
      mode === 0 ? '' : `#${value.toString(16).padStart(6, '0')}`;
    const back = color(cell.getBgColorMode(), cell.getBgColor());
    return [
      color(cell.getFgColorMode(), cell.getFgColor()),
      back === '' ? '' : `on ${back}`,
      cell.isBold() ? 'bold' : '',
      cell.isDim() ? 'dim' : '',
      cell.isInverse() ? 'inverse' : '',
    ]
      .filter((part) => part !== '')
      .join(' ');
  }
}
