/** The keys of a config map or a secret: names and sizes from its row, a value when it is asked for. */
import { at } from '../core/json.ts';
import type { Cell } from '../core/styled.ts';
import { sanitize } from '../core/text.ts';
import { bytesOf, isText, type DataForm, type DataKey } from '../domain/wire/data.ts';
import type { BaseRow, ObjectRow } from '../domain/rows.ts';
import type { KubeObject } from '../ports/kube.ts';
import { memory, muted, NONE, toned } from './cells.ts';
import { flagColumn, nameColumn } from './columns.ts';
import type { Column, Section } from './define.ts';
import { defineParts, type Enter } from './enter.ts';

/** A row that has keys. */
export interface WithKeys extends ObjectRow {
  readonly keys: readonly DataKey[];
}

interface KeyRow extends BaseRow, DataKey {}

const OK = { level: 'ok', cause: '' } as const;

/** Of all its values together, in bytes. */
export const sizeOf = ({ keys }: WithKeys): number => keys.reduce((sum, { size }) => sum + size, 0);

/** How many keys there are, and how much they hold. */
export function dataColumns<Row extends WithKeys>(): readonly Column<Row>[] {
  return [
    {
      id: 'data',
      title: 'DATA',
      description: 'How many keys it has.',
      tier: 0,
      min: 4,
      max: 6,
      align: 'right',
      descending: true,
      value: ({ keys }) => keys.length,
      cell: ({ keys }) => muted(keys.length),
    },
    {
      id: 'size',
      title: 'SIZE',
      description: 'Size of all its values together; 1Mi is the most there can be.',
      tier: 0,
      min: 6,
      max: 8,
      align: 'right',
      unit: 'bytes',
      descending: true,
      value: sizeOf,
      cell: (row) => memory(sizeOf(row)),
    },
    {
      id: 'keys',
      title: 'KEYS',
      description: 'Names of its keys.',
      tells: 'identity',
      tier: 1,
      min: 10,
      max: 80,
      grow: 1,
      value: ({ keys }) => keys.map(({ name }) => name).join(','),
      cell: ({ keys }) => muted(keys.map(({ name }) => name).join(',')),
    },
  ];
}

/** Whether its data can be changed at all. */
export const immutableColumn = <Row extends { readonly immutable: boolean }>(): Column<Row> =>
  flagColumn(
    {
      id: 'immutable',
      title: 'IMMUTABLE',
      description: 'Its data can never be changed.',
      tier: 2,
    },
    ({ immutable }) => immutable,
  );

const columns: readonly Column<KeyRow>[] = [
  nameColumn(16, () => OK),
  {
    id: 'size',
    title: 'SIZE',
    description: 'Size of its value.',
    tier: 0,
    min: 6,
    max: 8,
    align: 'right',
    unit: 'bytes',
    descending: true,
    value: ({ size }) => size,
    cell: ({ size }) => memory(size),
  },
  {
    id: 'holds',
    title: 'HOLDS',
    description: 'text, or binary where it cannot be read as text.',
    tier: 0,
    min: 6,
    max: 6,
    value: ({ binary }) => (binary ? 'binary' : 'text'),
    cell: ({ binary }) => muted(binary ? 'binary' : 'text'),
  },
];

/** The keys as a section of a description. */
export function keysSection({ keys }: WithKeys): Section {
  return {
    title: 'Keys',
    lines:
      keys.length === 0
        ? [NONE]
        : keys.map(({ name, size, binary }) => [
            name,
            toned(`${size} bytes${binary ? ', binary' : ''}`, 'muted'),
          ]),
  };
}

/**
 * Enter lists the keys, and on one shows its value: only then the object is fetched, and it is
 * dropped with the text.
 * @param of `config map`, `secret`
 * @param fields where its values are, and how each field writes them
 */
export function enterKeys<Row extends WithKeys>(
  id: string,
  of: string,
  fields: Readonly<Record<string, DataForm>>,
): Enter<Row> {
  return {
    is: 'parts',
    title: `keys of this ${of}`,
    parts: defineParts<Row, KeyRow>({
      id,
      title: 'Keys',
      singular: 'key',
      description: `Keys of a ${of}, with their sizes; enter shows the value of one.`,
      columns,
      sort: { column: '', descending: false },
      health: () => OK,
      empty: `this ${of} has no keys`,
      needs: [],
      rows: ({ row: { uid, namespace, created, gone, cluster, keys } }) =>
        keys.map((key) => ({
          ...key,
          uid: `${uid}/${key.name}`,
          namespace,
          created,
          gone,
          cluster,
        })),
      enter: {
        is: 'text',
        title: 'its value',
        text: ({ name }, { object }) => valueLines(object, name, fields),
      },
    }),
  };
}

/** A value as lines of text; what is none is told by its size. */
function valueLines(
  object: KubeObject | null,
  name: string,
  fields: Readonly<Record<string, DataForm>>,
): readonly Cell[] {
  for (const [field, form] of Object.entries(fields)) {
    const value = at(object, field, name);
    if (typeof value !== 'string') continue;
    const decoded = bytesOf(value, form);
    if (decoded.length === 0) return [toned('empty', 'muted')];
    if (isText(decoded)) {
      return Buffer.from(decoded).toString('utf8').replace(/\n$/, '').split('\n').map(lineOf);
    }
    return [toned(`binary, ${decoded.length} bytes: it is no text that could be shown`, 'muted')];
  }
  return [toned('this key is no longer there', 'muted')];
}

const lineOf = (line: string): Cell => sanitize(line.replace(/\r$/, ''));
