/** Columns that several panes share. */
import type { Cell } from '../core/styled.ts';
import { shortZone } from '../domain/zones.ts';
import type { BaseRow, Capacity, ObjectRow } from '../domain/rows.ts';
import type { Health } from '../domain/health.ts';
import type { TableId } from '../domain/tables/index.ts';
import { count, iso, known, muted, nameTone, NONE, status, time, toned, UNKNOWN } from './cells.ts';
import type { Column, RowContext } from './define.ts';
import { bySeverity } from './severity.ts';

type HealthOf<Row> = (row: Row, ctx: RowContext) => Health;

export function namespaceColumn<Row extends BaseRow>(): Column<Row> {
  return {
    id: 'namespace',
    title: 'NAMESPACE',
    description: 'Namespace of the object.',
    tier: 0,
    min: 9,
    max: 24,
    cut: 'middle',
    sortKey: 'P',
    tells: 'identity',
    value: (row) => row.namespace,
    cell: (row) => muted(row.namespace),
  };
}

/** The name, in the tone of what is wrong with the row. */
export function nameColumn<Row extends BaseRow>(
  min: number,
  health: HealthOf<Row>,
  {
    shown = (name) => name,
    quiet = () => false,
  }: {
    /** A short form of the name. */
    readonly shown?: (name: string) => string;
    /** Rows that are of little interest. */
    readonly quiet?: (row: Row) => boolean;
  } = {},
): Column<Row> {
  return {
    id: 'name',
    title: 'NAME',
    description: 'Name of the object.',
    tier: 0,
    min,
    max: 63,
    grow: 3,
    cut: 'middle',
    sortKey: 'N',
    tells: 'identity',
    value: (row) => row.name,
    cell: (row, ctx) =>
      toned(shown(row.name), quiet(row) ? 'muted' : nameTone(health(row, ctx).level)),
  };
}

/** A moment; shown as its age, or as the clock. */
export function timeColumn<Row>(
  column: Pick<Column<Row>, 'id' | 'title' | 'description' | 'tier' | 'sortKey'>,
  at: (row: Row) => number | null,
): Column<Row> {
  return {
    ...column,
    min: Math.max(5, column.title.length),
    max: 11,
    align: 'right',
    unit: 'time',
    ticking: true,
    descending: true,
    value: (row) => iso(at(row)),
    sortBy: at,
    cell: (row, ctx) => timeCell(at(row), ctx),
  };
}

function timeCell(at: number | null, ctx: RowContext): Cell {
  if (at === null) return UNKNOWN;
  return at === 0 ? NONE : muted(time(at, ctx));
}

/** When the object was created. Youngest first when sorted. */
export function ageColumn<Row extends BaseRow>(tier: Column<Row>['tier'] = 0): Column<Row> {
  const created = timeColumn<Row>(
    {
      id: 'created',
      title: 'AGE',
      description: 'Time since the object was created.',
      tier,
      sortKey: 'A',
    },
    // An object was created at some time: without one it is not known.
    (row) => row.created || null,
  );
  return { ...created, tells: 'identity' };
}

/** Plain text that says what an object is, of which there may be much: in full only where there is room. */
export function textColumn<Row>(
  column: Pick<Column<Row>, 'id' | 'title' | 'description' | 'tier'> &
    Partial<Omit<Column<Row>, 'value'>>,
  value: (row: Row) => string | null,
): Column<Row> {
  return {
    min: Math.max(6, column.title.length),
    max: 40,
    tells: 'identity',
    value,
    cell: (row) => known(value(row)),
    ...column,
  };
}

/** A count: none is quiet, unknown is `?`. */
export function countColumn<Row>(
  column: Pick<Column<Row>, 'id' | 'title' | 'description' | 'tier'> &
    Partial<Omit<Column<Row>, 'value'>>,
  value: (row: Row) => number | null,
): Column<Row> {
  return {
    min: Math.max(3, column.title.length),
    max: Math.max(6, column.title.length),
    align: 'right',
    descending: true,
    value,
    cell: (row) => count(value(row)),
    ...column,
  };
}

/** Whether something is so: a word where it is, as far as that needs one. */
export function flagColumn<Row>(
  column: Pick<Column<Row>, 'id' | 'title' | 'description' | 'tier'>,
  value: (row: Row) => boolean,
  shown: (flag: boolean) => Cell = (flag) => muted(flag ? 'yes' : 'no'),
): Column<Row> {
  const width = column.title.length;
  return {
    ...column,
    tells: 'identity',
    min: width,
    max: width,
    value,
    cell: (row) => shown(value(row)),
  };
}

/** How an object is, in a word, and what is wrong with it; what is broken sorts first. */
export function statusColumn<Row extends BaseRow>(
  column: Pick<Column<Row>, 'description' | 'min' | 'max'> & Partial<Column<Row>>,
  word: (row: Row) => string,
  health: HealthOf<Row>,
): Column<Row> {
  return {
    id: 'status',
    title: 'STATUS',
    tells: 'state',
    tier: 0,
    sortKey: 'S',
    sortBy: bySeverity(word, health),
    value: word,
    cell: (row, ctx) => status(word(row), health(row, ctx)),
    ...column,
  };
}

/** A zone, short; its id is in the wide view. */
export function zoneColumn<Row>(
  zone: (row: Row) => string | null,
  tier: Column<Row>['tier'],
  needs: readonly TableId[] = [],
): Column<Row> {
  return {
    id: 'zone',
    title: 'AZ',
    description: 'Availability Zone, without its region: `1a` is eu-central-1a.',
    tells: 'identity',
    tier,
    min: 2,
    max: 8,
    needs,
    value: zone,
    cell: (row) => {
      const name = zone(row);
      return known(name === null ? null : shortZone(name));
    },
  };
}

/** The id of a zone, which is the same zone in every account. */
export function zoneIdColumn<Row>(
  zoneId: (row: Row) => string | null,
  needs: readonly TableId[] = [],
): Column<Row> {
  return textColumn(
    {
      id: 'zoneId',
      title: 'ZONE-ID',
      description: 'Id of the zone, the same zone in every account: `euc1-az2`.',
      tier: 3,
      needs,
    },
    zoneId,
  );
}

/** How the instance is paid; what can be taken away at any time stands out. */
export function capacityColumn<Row>(
  capacity: (row: Row) => Capacity | null,
  tier: Column<Row>['tier'],
  needs: readonly TableId[] = [],
): Column<Row> {
  return {
    id: 'capacity',
    title: 'CAPACITY',
    description: 'Capacity type: on-demand, spot, fargate, reserved or capacity-block.',
    tells: 'identity',
    tier,
    min: 9,
    max: 14,
    needs,
    value: capacity,
    cell: (row) => {
      const type = capacity(row);
      return type === 'spot' ? toned(type, 'accent') : muted(type);
    },
  };
}

/** All labels, as `key=value` joined by commas. */
export function labelsColumn<Row extends ObjectRow>(): Column<Row> {
  return {
    id: 'labels',
    title: 'LABELS',
    description: 'Labels of the object.',
    tells: 'identity',
    tier: 3,
    min: 10,
    max: 120,
    value: (row) => labelText(row.labels),
    cell: (row) => muted(labelText(row.labels)),
  };
}

/** Labels as kubectl prints them in a column. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  let text = '';
  // Filters ask this of every row: no lists in between.
  for (const key in labels) {
    const value = labels[key] ?? '';
    text += `${text === '' ? '' : ','}${key}${value === '' ? '' : '='}${value}`;
  }
  return text;
}
