/** What the panes of classes have in common, whatever it is that names its class. */
import type { BaseRow, ObjectRow } from '../domain/rows.ts';
import { muted } from './cells.ts';
import { textColumn } from './columns.ts';
import type { Column } from './define.ts';
import { many, type Line } from './describe/common.ts';
import type { Enter } from './enter.ts';

/** What names the class that it is of. */
interface Classed extends BaseRow {
  readonly className: string;
}

/** The object that has more settings of a class. */
export const parametersColumn = <Row extends { readonly parameters: string }>(): Column<Row> =>
  textColumn(
    {
      id: 'parameters',
      title: 'PARAMETERS',
      description: 'The object that has more settings of the class.',
      tier: 1,
      min: 16,
      max: 60,
      cell: ({ parameters }) => muted(parameters),
    },
    ({ parameters }) => parameters,
  );

/** Enter shows what is of the class. @param to the pane of those, which is also what they are called */
export const enterUsers = (to: string): Enter<ObjectRow> => ({
  is: 'link',
  to,
  title: `${to} of this class`,
  target: ({ name }) => ({
    label: name,
    only: ({ className }: Pick<Classed, 'className'>) => className === name,
  }),
});

/** Lines that name what is of the class. */
export const usedByLines = (row: ObjectRow, users: Iterable<Classed>): readonly Line[] =>
  many(
    'Used by',
    [...users]
      .filter(({ gone, className }) => gone === 0 && className === row.name)
      .map(({ namespace, name }) => `${namespace}/${name}`),
  );
