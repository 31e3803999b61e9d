import { Unicode11Addon } from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import type { ScreenOutput } from '../../../../src/ui/terminal/screen.ts';
import { visibleLine } from '../../../support/visible-line.ts';

/** A terminal in memory that counts what it is sent. */
export class Vt implements ScreenOutput {
  readonly term: xterm.Terminal;
  /** Every write since the last `take`. */
  writes: string[] = [];
  #pending: Promise<void> = Promise.resolve();

  constructor(columns: number, rows: number) {
    this.term = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
    this.term.loadAddon(new Unicode11Addon());
    this.term.unicode.activeVersion = '11';
    this.term.write('\x1b[?1049h\x1b[?7l');
  }

  write(data: string): boolean {
    this.writes.push(data);
    this.#pending = new Promise((resolve) => {
      this.term.write(data, resolve);
    });
    return true;
  }

  once(): void {}

  /** What was written since the last time. */
  take(): string {
    const text = this.writes.join('');
    this.writes = [];
    return text;
  }

  /** The screen, one string per row, each cell with its character and look. */
  async cells(): Promise<string[]> {
    await this.#pending;
    return Array.from({ length: this.term.rows }, (_, y) => {
      const line = visibleLine(this.term, y);
      return Array.from({ length: this.term.cols }, (_, x) => {
        const cell = line?.getCell(x);
        if (cell === undefined) return '?';
        const char = cell.getChars() || ' ';
        const [underlined, inverse, struck] = [
          cell.isUnderline(),
          cell.isInverse(),
          cell.isStrikethrough(),
        ];
        // Of the colour and weight of letters nothing is seen where there is none.
        const inked = char !== ' ' || underlined || inverse || struck;
        const look = [
          inked && cell.getFgColorMode() && cell.getFgColor(),
          cell.getBgColorMode() && cell.getBgColor(),
          inked && cell.isBold() && 'b',
          inked && cell.isDim() && 'd',
          inked && cell.isItalic() && 'i',
          underlined && 'u',
          inverse && 'r',
          struck && 's',
        ];
        return `${cell.getWidth()}${char}${look.map((part) => part || '').join(',')}`;
      }).join('|');
    });
  }

  /** The text of the screen, without looks, right-trimmed. */
  async text(): Promise<string[]> {
    await this.#pending;
    return Array.from(
      { length: this.term.rows },
      (_, y) => visibleLine(this.term, y)?.translateToString(true) ?? '',
    );
  }
}
