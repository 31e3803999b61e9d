import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { IngressClassRow } from '../domain/tables/ingressclasses.ts';
import { muted, NONE, toned } from './cells.ts';
import { enterUsers, parametersColumn, usedByLines } from './class-parts.ts';
import { ageColumn, labelsColumn, nameColumn, textColumn, flagColumn } from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import { metadataLines, sections, when } from './describe/common.ts';

const health = (row: IngressClassRow, ctx: RowContext) => calmHealth(row, ctx.now);

function describe({ row, object, query, ctx }: DescribeInput<IngressClassRow>): readonly Section[] {
  return sections({
    title: 'Ingress class',
    lines: [
      ['Name', toned(row.name, 'strong')],
      ['Controller', row.controller],
      ['Default', row.isDefault ? 'yes, for ingresses that name no class' : 'no'],
      ['Parameters', muted(row.parameters)],
      ['Created', when(row.created, ctx)],
      ...usedByLines(row, query.rows('ingresses')),
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
  parametersColumn(),
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
  enter: enterUsers('ingresses'),
  ref: (row) => refOf('ingressclasses', row),
  describe,
  describeNeeds: ['ingresses'],
  iam: [],
  empty: 'No ingress classes: nothing here serves ingresses by their class',
});
