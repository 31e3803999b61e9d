/** How objects of the kinds that a cluster defines are printed: by the columns of the definition. */
import type { CustomResource, PrinterColumn } from '../../world/custom-resource-objects.ts';
import type { KubeObject } from '../../world/objects.ts';
import { age, columns, type TableShape } from './human.ts';
import { valuesAt } from './json-path.ts';

const AGE: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

const shapes = new WeakMap<CustomResource, TableShape<KubeObject>>();

/** The columns of a definition, after the name. */
export function customShape(custom: CustomResource): TableShape<KubeObject> {
  const known = shapes.get(custom) ?? shapeOf(custom.columns.length > 0 ? custom.columns : [AGE]);
  shapes.set(custom, known);
  return known;
}

function shapeOf(printed: readonly PrinterColumn[]): TableShape<KubeObject> {
  return {
    columns: [
      ...columns('Name'),
      ...printed.map(({ name, type, format = '', priority = 0, description, jsonPath }) => ({
        name,
        type,
        format,
        priority,
        description:
          description ?? `Custom resource definition column (in JSONPath format): ${jsonPath}`,
      })),
    ],
    cells: (object, now) => [
      object.metadata.name,
      ...printed.map((column) => cellOf(object, column, now)),
    ],
  };
}

type Cell = string | number | boolean | null;

/** Of what a path finds the first is shown, and it must be of the column's type; else nothing is. */
function cellOf(object: KubeObject, { type, jsonPath }: PrinterColumn, now: number): Cell {
  const found = valuesAt(object, jsonPath);
  const [value] = found;
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      if (typeof value !== 'string') return null;
      return Number.isNaN(Date.parse(value)) ? '<invalid>' : age(value, now);
    default:
      return value === undefined || value === null
        ? null
        : typeof value === 'string'
          ? value
          : JSON.stringify(value);
  }
}
