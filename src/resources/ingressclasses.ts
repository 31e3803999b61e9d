import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { IngressClassRow } from '../domain/tables/ingressclasses.ts';
import { muted, NONE, toned } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, textColumn, flagColumn } from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import { metadataLines, many, sections, when } from './describe/common.ts';

const health = (row: IngressClassRow, ctx: RowContext) => calmHealth(row, ctx.now);

function describe({ row, object, query, ctx }: DescribeInput<IngressClassRow>): readonly Section[] {
  const used = [...query.rows('ingresses')].filter(
    ({ gone, className }) => gone === 0 && className === row.name,
  );
  return sections({
    title: 'Ingress class',
    lines: [
      ['Name', toned(row.name, 'strong')],
      ['Controller', row.controller],
      ['Default', row.isDefault ? 'yes, for ingresses that name no class' : 'no'],
      ['Parameters', muted(row.parameters)],
      ['Created', when(row.created, ctx)],
      ...many(
        'Used by',
        used.map(({ namespace, name }) => `${namespace}/${name}`),
      ),
      ...metadataLines(object),
    ],
  });
}

const columns: readonly Column<IngressClassRow>[] = [
  nameColumn(14, health),
  textColumn(
    {
      id: 'controller',
      title: 'CONTROLLER',
      description: 'Who serves its ingresses.',
      tier: 0,
      min: 20,
      max: 60,
    },
    ({ controller }) => controller,
  ),
  flagColumn(
    {
      id: 'isDefault',
      title: 'DEFAULT',
      description: 'Whether ingresses that name no class are of this one.',
      tier: 0,
    },
    ({ isDefault }) => isDefault,
    (flag) => (flag ? toned('yes', 'good') : NONE),
  ),
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
  ),
  ageColumn(),
  labelsColumn(),
];

export const ingressclasses = defineResource({
  id: 'ingressclasses',
  title: 'Ingress classes',
  singular: 'ingressclass',
  aliases: [],
  description: 'Ingress classes with the controller that serves them; one may be the default.',
  table: 'ingressclasses',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'ingresses',
    title: 'ingresses of this class',
    target: ({ name }) => ({
      label: name,
      only: ({ className }: { readonly className: string }) => className === name,
    }),
  },
  ref: (row) => refOf('ingressclasses', row),
  describe,
  describeNeeds: ['ingresses'],
  iam: [],
  empty: 'No ingress classes: nothing here serves ingresses by their class',
});
