/** Fields of structured lines that are shown as columns of their own. */
import type { LogBuffer } from '../../core/log-buffer.ts';
import { logField, readLogRecord } from '../../core/log-record.ts';
import { textWidth, truncate } from '../../core/text.ts';
import type { MenuItem } from '../state-overlay.ts';
import type { FieldColumn } from './fold.ts';
import type { LogScroll } from './scroll.ts';

/** Shown lines, the newest, that are looked at for what fields there are. */
const LOOKED_AT = 500;
const WIDEST = 24;
/** Of a value that a menu shows. */
const EXAMPLE = 30;
/** Chosen in the menu: none is a column. */
const NONE = '';

export class LogFields {
  readonly #buffer: LogBuffer;
  readonly #scroll: LogScroll;
  #columns: readonly FieldColumn[] = [];

  constructor(buffer: LogBuffer, scroll: LogScroll) {
    this.#buffer = buffer;
    this.#scroll = scroll;
  }

  /** Those that are shown, in the order in which they were chosen. */
  get columns(): readonly FieldColumn[] {
    return this.#columns;
  }

  /** What can be chosen: what the newest lines say, the most frequent first. Empty: nothing. */
  choices(): readonly MenuItem[] {
    const counts = new Map<string, { count: number; value: string }>();
    for (const { fields } of this.#records()) {
      for (const [name, value] of fields) {
        const known = counts.get(name) ?? { count: 0, value };
        known.count++;
        counts.set(name, known);
      }
    }
    const found = [...counts].sort(([, a], [, b]) => b.count - a.count);
    const lost = this.#columns.filter(({ name }) => !counts.has(name));
    const items = [
      ...found.map(([name, { value }]) => ({ name, detail: truncate(value, EXAMPLE) })),
      ...lost.map(({ name }) => ({ name, detail: '' })),
    ].map(({ name, detail }) => {
      const isShown = this.#columns.some((column) => column.name === name);
      return { id: name, title: `${isShown ? '✓' : ' '} ${name}`, detail, disabled: '' };
    });
    if (this.#columns.length === 0) return items;
    return [{ id: NONE, title: '  no columns', detail: '', disabled: '' }, ...items];
  }

  /** Makes a field a column, or no longer. */
  toggle(name: string): void {
    const others = this.#columns.filter((column) => column.name !== name);
    if (name === NONE) this.#columns = [];
    else if (others.length < this.#columns.length) this.#columns = others;
    else {
      let width = 1;
      for (const record of this.#records()) {
        width = Math.max(width, textWidth(logField(record, name) ?? ''));
      }
      this.#columns = [...others, { name, width: Math.min(WIDEST, width) }];
    }
  }

  *#records() {
    const { length } = this.#scroll;
    for (let i = length - 1; i >= Math.max(0, length - LOOKED_AT); i--) {
      const line = this.#buffer.at(this.#scroll.seqAt(i));
      const record = line === undefined ? null : readLogRecord(line.text);
      if (record !== null) yield record;
    }
  }
}
