import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { ControllerRevisionRow } from '../domain/rows.ts';
import { muted } from './cells.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  textColumn,
} from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import { controlledBy, identityLines, metadataLines, sections } from './describe/common.ts';
import { TO_OWNER } from './links.ts';
import { shortObject } from './names.ts';
import { IMAGES } from './template-columns.ts';

const health = (row: ControllerRevisionRow, { now }: RowContext) => calmHealth(row, now);

const columns: readonly Column<ControllerRevisionRow>[] = [
  namespaceColumn(),
  nameColumn(12, health),
  textColumn(
    {
      id: 'owner',
      title: 'OF',
      description: 'The stateful or daemon set whose template it keeps.',
      tier: 0,
      min: 12,
      max: 40,
      cut: 'middle',
      cell: ({ ownerKind, ownerName }) =>
        muted(ownerName === '' ? '' : shortObject(ownerKind, ownerName)),
    },
    ({ ownerKind, ownerName }) => (ownerName === '' ? '' : `${ownerKind}/${ownerName}`),
  ),
  countColumn(
    {
      id: 'revision',
      title: 'REVISION',
      description: 'Its number: the highest of a set is what it is to run.',
      tier: 0,
    },
    ({ revision }) => revision,
  ),
  IMAGES,
  ageColumn(),
  labelsColumn(),
];

function describe(input: DescribeInput<ControllerRevisionRow>): readonly Section[] {
  const { row, object, ctx } = input;
  return sections({
    title: 'Controller revision',
    lines: [
      ...identityLines(row, ctx),
      ['Controlled by', controlledBy(object)],
      ['Revision', String(row.revision)],
      ['Images', row.containers.map(({ image }) => image).join(', ')],
      ...metadataLines(object),
    ],
  });
}

export const controllerrevisions = defineResource({
  id: 'controllerrevisions',
  title: 'Controller revisions',
  singular: 'controllerrevision',
  aliases: [],
  description: 'Controller revisions: the templates that stateful and daemon sets had.',
  table: 'controllerrevisions',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: { ...TO_OWNER, is: 'link', title: 'the set whose template it is' },
  links: { J: TO_OWNER },
  ref: (row) => refOf('controllerrevisions', row),
  describe,
  iam: [],
  empty: 'No controller revisions: there are no stateful or daemon sets here',
});
