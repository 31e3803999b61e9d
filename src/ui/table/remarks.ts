/** What a table says in words: its title, why it is empty, and what the row under the cursor cannot show. */
import { plain, type Cell } from '../../core/styled.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { SourceStatus } from '../../domain/status.ts';
import { cellOf } from '../../resources/cell-of.ts';
import type { Column } from '../../resources/define.ts';
import { segmentsOf } from '../chrome/pack.ts';
import type { PaneTitle, TitlePart } from '../pane.ts';
import type { PartStatus } from '../resource/cluster-part.ts';
import { cellWidth } from './cells.ts';
import type { PlacedColumn } from './columns.ts';
import { whyEmpty } from './empty.ts';
import type { TableExtra } from './extra.ts';
import type { TableModel } from './model.ts';
import { shownSort } from './order.ts';
import { tableTitle } from './title.ts';
import { advice, isTroubled, type Unknown } from './trouble.ts';

/** A table and what belongs to its resource. */
export interface Told<Row extends BaseRow> {
  readonly model: TableModel<Row>;
  readonly extra: TableExtra<Row>;
  /** Present time (ms). */
  readonly now: number;
}

/** The line in the upper border. */
export function titleOf<Row extends BaseRow>(told: Told<Row>): PaneTitle {
  const { model, extra, now } = told;
  const { def, rows, filter, problemsOnly, showsGone, marked, frozenFor } = model;
  const sort = shownSort(model.sort, extra.hidden);
  return tableTitle({
    title: def.title,
    scope: extra.scope,
    matched: rows.matched,
    total: rows.total,
    filter,
    problemsOnly,
    showsGone,
    sort,
    sortTitle: def.columns.find(({ id }) => id === sort.column)?.title ?? '',
    marked,
    status: model.status,
    parts: extra.parts ?? null,
    note: extra.note,
    missing: extra.missing,
    unknown: unknownOf(told, asked(model)),
    frozenFor,
    now,
  });
}

/** What can be done about what is wrong with the rows; none: nothing is. */
export function adviceOf<Row extends BaseRow>({ model, extra }: Told<Row>): readonly string[] {
  const { rows, status } = model;
  // Without rows the body says it.
  if (isTroubled(status)) return rows.total > 0 ? troubleAdvice(status, extra.parts ?? []) : [];
  const { missing } = extra;
  if (!missing) return [];
  return [missing.status.reason, advice(missing.status)].filter((text) => text !== '');
}

/** Where several clusters are in trouble the title has no room for all their reasons. */
function troubleAdvice(status: SourceStatus, parts: readonly PartStatus[]): readonly string[] {
  const troubled = parts.filter((part) => isTroubled(part.status));
  const [first, another] = troubled;
  if (!first) return [advice(status)];
  if (!another) return [`${first.name}: ${advice(first.status) || first.status.reason}`];
  return troubled.map(({ name, status: { reason, state } }) => `${name}: ${reason || state}`);
}

/** Why there is nothing to see. */
export function whyEmptyOf<Row extends BaseRow>(told: Told<Row>): readonly Cell[] {
  const { model, extra, now } = told;
  const { def, rows, filter, problemsOnly, words } = model;
  const texts = def.columns.filter(({ unit, needs }) => unit === undefined && needs !== undefined);
  const input = {
    what: def.title.toLowerCase(),
    scope: extra.scope,
    total: rows.total,
    filter,
    problemsOnly,
    status: model.status,
    unknown: unknownOf(told, asked(model)),
    unsearched: words.length > 0 ? unknownOf(told, texts).map(({ column }) => column) : [],
    empty: def.empty,
    now,
  };
  const { parts = [] } = extra;
  if (rows.total > 0 || parts.every(({ status }) => status.state === 'live')) {
    return whyEmpty(input);
  }
  // Several clusters have no rows each for a reason of its own.
  return parts.flatMap(({ name, status }) => {
    const [why = '', ...more] = whyEmpty({ ...input, status });
    return [[[`${name}: `, 'strong'] as const, ...segmentsOf(why)], ...more];
  });
}

/** Columns that the filter asks for by name. */
const asked = <Row extends BaseRow>({ def, filteredBy }: TableModel<Row>): readonly Column<Row>[] =>
  def.columns.filter(({ id }) => filteredBy.includes(id));

/** Those of the columns whose values are not all known now. */
function unknownOf<Row extends BaseRow>(
  { extra }: Told<Row>,
  columns: readonly Column<Row>[],
): readonly Unknown[] {
  return columns.flatMap((column) => {
    const status = extra.lacking(column);
    return status === null ? [] : { column: column.title, status };
  });
}

/**
 * What the row under the cursor does not show: where a word of the filter stands that no shown
 * column has, and the names and causes that are cut.
 */
export function remarkOf<Row extends BaseRow>(
  { model }: Told<Row>,
  placed: readonly PlacedColumn<Row>[],
): readonly TitlePart[] {
  const row = model.current;
  if (row === undefined) return [];
  const { context } = model;
  const parts: TitlePart[] = [];
  for (const { column, width } of placed) {
    if (column.cut !== 'middle' && (column.grow ?? 0) === 0) continue;
    const cell = cellOf(column, row, context);
    if (cellWidth(cell) <= width) continue;
    parts.push({ cell, keep: (column.grow ?? 0) > 0 && column.id !== 'name' ? 9 : 5 });
  }
  return [...hiddenMatches(model, row, placed), ...parts];
}

/** Where the words of the filter stand in a row whose shown cells have none of them. */
function hiddenMatches<Row extends BaseRow>(
  { def, words, context }: TableModel<Row>,
  row: Row,
  placed: readonly PlacedColumn<Row>[],
): readonly TitlePart[] {
  if (words.length === 0) return [];
  const shown = placed.flatMap(({ column }) => [
    plain(cellOf(column, row, context)),
    String(column.value(row, context) ?? ''),
  ]);
  return words.flatMap((word): readonly TitlePart[] => {
    if (shown.some(word)) return [];
    for (const column of def.columns) {
      const value = column.value(row, context);
      if (typeof value !== 'string' || !word(value)) continue;
      // Of a list of labels, the label.
      const part = value.split(',').find(word) ?? value;
      return [
        {
          cell: [
            [`found in ${column.title}: `, 'muted'],
            [part, 'match'],
          ],
          keep: 7,
        },
      ];
    }
    return [];
  });
}
