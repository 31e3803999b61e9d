/** Rows as text: the formats of `ekscope get`. Values come from the very columns of the panes. */
import { stringify } from 'yaml';
import { plain } from '../core/styled.ts';
import { sanitize, textWidth as width } from '../core/text.ts';
import type { Column, RowContext, Value } from '../resources/define.ts';

export const FORMATS = ['table', 'wide', 'json', 'yaml', 'csv', 'name'] as const;
export type Format = (typeof FORMATS)[number];

/** One row's cells by column, `value` raw and `text` as a pane shows it. */
interface Printed {
  readonly values: readonly Value[];
  readonly texts: readonly string[];
}

/** Formats rows; the result ends with a newline unless it is empty. */
export function format<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  ctx: RowContext,
  as: Format,
  singular: string,
): string {
  const shown = columns.filter(
    (column) => as === 'json' || as === 'yaml' || as === 'csv' || as === 'wide' || column.tier < 3,
  );
  const printed = rows.map((row) => print(row, shown, ctx));
  switch (as) {
    case 'json':
      return `${JSON.stringify(objects(printed, shown), null, 2)}\n`;
    case 'yaml':
      return stringify(objects(printed, shown));
    case 'csv':
      return csv(printed, shown);
    case 'name':
      return printed.map((row) => `${singular}/${named(row, shown)}\n`).join('');
    case 'table':
    case 'wide':
      return table(printed, shown);
  }
}

/** Without the signs in front that are for the eye: scripts split at blanks. */
function bare(text: string): string {
  return text.trim().replace(/^(?:[✓✗!…]|[▁▇]+) +/u, '');
}

function print<Row>(row: Row, columns: readonly Column<Row>[], ctx: RowContext): Printed {
  return {
    values: columns.map((column) => column.value(row, ctx)),
    texts: columns.map((column) => {
      const value = column.value(row, ctx);
      const cell = column.cell?.(row, ctx) ?? (value === null ? '?' : String(value));
      return bare(sanitize(plain(cell)));
    }),
  };
}

function objects<Row>(rows: readonly Printed[], columns: readonly Column<Row>[]): object[] {
  return rows.map(({ values }) =>
    Object.fromEntries(columns.map((column, i) => [column.id, values[i] ?? null])),
  );
}

function named<Row>({ values }: Printed, columns: readonly Column<Row>[]): string {
  const at = columns.findIndex((column) => column.id === 'name');
  return sanitize(String(values[at] ?? ''));
}

function csv<Row>(rows: readonly Printed[], columns: readonly Column<Row>[]): string {
  const quote = (value: Value): string => {
    const text = value === null ? '' : sanitize(String(value), { newline: '\n' });
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map((column) => column.id), ...rows.map((row) => row.values.map(quote))];
  return lines.map((cells) => `${cells.join(',')}\n`).join('');
}

function table<Row>(rows: readonly Printed[], columns: readonly Column<Row>[]): string {
  if (rows.length === 0) return '';
  const widths = columns.map((column, i) =>
    Math.max(width(column.title), ...rows.map((row) => width(row.texts[i] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const gap = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(cell)));
        return columns[i]?.align === 'right' ? gap + cell : cell + gap;
      })
      .join('   ')
      .trimEnd();
  const lines = [
    line(columns.map((column) => column.title)),
    ...rows.map((row) => line(row.texts)),
  ];
  return `${lines.join('\n')}\n`;
}
