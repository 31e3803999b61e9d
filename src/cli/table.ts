/** Rows in the formats of `ekscope get`. Values come from the very columns of the panes. */
import { stringify } from 'yaml';
import { csvLine, escapeJson } from '../core/encode.ts';
import { sanitize } from '../core/text.ts';
import type { ObjectRef } from '../domain/ref.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { Column, RowContext, Value } from '../resources/define.ts';
import { fittedTable, wholeTable, type TextTable } from './text-table.ts';

export const FORMATS = ['table', 'wide', 'json', 'yaml', 'csv', 'name'] as const;
export type Format = (typeof FORMATS)[number];

/** How rows are printed. */
export interface Printing<Row> {
  readonly format: Format;
  readonly columns: readonly Column<Row>[];
  /** What a row of a kind that the API does not have is called. */
  readonly singular: string;
  /** The object behind a row, where there is one. */
  readonly ref?: ((row: Row) => ObjectRef) | undefined;
  /** Columns of the terminal that shows it; null where it goes elsewhere. */
  readonly width: number | null;
}

/** Formats rows; the result ends with a newline unless it is empty. */
export function format<Row extends BaseRow>(
  rows: readonly Row[],
  printing: Printing<Row>,
  ctx: RowContext,
): string {
  switch (printing.format) {
    case 'json':
      return jsonText(
        rows.map((row) => valuesOf(row, printing.columns, ctx)),
        2,
      );
    case 'yaml':
      return yamlText(rows.map((row) => valuesOf(row, printing.columns, ctx)));
    case 'csv':
      return [
        csvLine(printing.columns.map(({ id }) => id)),
        ...rows.map((row) => csvLine(printing.columns.map((column) => column.value(row, ctx)))),
      ].join('');
    case 'name':
      return rows.map((row) => `${nameOf(row, printing)}\n`).join('');
    case 'table':
    case 'wide': {
      if (rows.length === 0) return '';
      const table = tableOf(rows, printing, ctx);
      return [table.head, ...rows.map((row) => table.line(row, ctx))].join('\n') + '\n';
    }
  }
}

/** The text table that shows these rows and those to come. */
export function tableOf<Row>(
  rows: readonly Row[],
  { format: as, columns, width }: Printing<Row>,
  ctx: RowContext,
): TextTable<Row> {
  if (as === 'wide') return wholeTable(columns, rows, ctx);
  const usual = columns.filter(({ tier }) => tier < 3);
  return width === null ? wholeTable(usual, rows, ctx) : fittedTable(columns, rows, ctx, width);
}

/** The raw values of a row by the ids of its columns. */
export function valuesOf<Row>(
  row: Row,
  columns: readonly Column<Row>[],
  ctx: RowContext,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(columns.map((column) => [column.id, column.value(row, ctx)]));
}

/** As `kubectl get -o name` has it: `pod/api-0`, `deployment.apps/api`. */
export function nameOf<Row extends BaseRow>(row: Row, { ref, singular }: Printing<Row>): string {
  const object = ref?.(row);
  const kind = object === undefined ? singular : object.kind.toLowerCase();
  const group = object === undefined || object.group === '' ? '' : `.${object.group}`;
  return `${kind}${group}/${sanitize(row.name)}`;
}

/** JSON in a terminal or a file: characters that act or hide are escaped, and mean the same. */
export function jsonText(value: unknown, indent = 0): string {
  return `${escapeJson(JSON.stringify(value, null, indent))}\n`;
}

/** The same as YAML. Only text between double quotes can be escaped there. */
export function yamlText(value: unknown): string {
  const plainText = stringify(value);
  if (escapeJson(plainText) === plainText) return plainText;
  return escapeJson(stringify(value, { defaultStringType: 'QUOTE_DOUBLE', blockQuote: false }));
}
