import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import { grantedOf, grantedTo } from '../domain/reference-grants.ts';
import type { ReferenceGrantRow } from '../domain/tables/referencegrants.ts';
import { ageColumn, labelsColumn, nameColumn, namespaceColumn, textColumn } from './columns.ts';
import { defineResource, type Column, type DescribeInput, type RowContext } from './define.ts';
import type { Section } from './define.ts';
import { eventsSection, identityLines, many, metadataLines, sections } from './describe/common.ts';

const health = (row: ReferenceGrantRow, ctx: RowContext) => calmHealth(row, ctx.now);

const columns: readonly Column<ReferenceGrantRow>[] = [
  namespaceColumn(),
  nameColumn(14, health),
  textColumn(
    {
      id: 'from',
      title: 'FROM',
      description: 'Who may name something here, and of which namespace.',
      ...{ tier: 0, min: 16, max: 60, grow: 1 },
    },
    grantedTo,
  ),
  textColumn(
    {
      id: 'to',
      title: 'TO',
      description: 'What they may name.',
      ...{ tier: 0, min: 12, max: 60, grow: 1 },
    },
    grantedOf,
  ),
  ageColumn(),
  labelsColumn(),
];

function describe(input: DescribeInput<ReferenceGrantRow>): readonly Section[] {
  const { row, object, events, ctx } = input;
  return sections(
    {
      title: 'Reference grant',
      lines: [
        ...identityLines(row, ctx),
        ...many(
          'From',
          row.from.map((each) => grantedTo({ from: [each] })),
        ),
        ...many(
          'To',
          row.to.map((each) => grantedOf({ to: [each] })),
        ),
        ...metadataLines(object),
      ],
    },
    eventsSection(events, ctx),
  );
}

export const referencegrants = defineResource({
  id: 'referencegrants',
  title: 'Reference grants',
  singular: 'referencegrant',
  aliases: ['refgrant'],
  description:
    'Which objects of other namespaces may name those of this one: routes its services, gateways its secrets.',
  table: 'referencegrants',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'services',
    title: 'services of its namespace',
    target: ({ namespace }) => ({ label: namespace, namespace }),
  },
  ref: (row) => refOf('referencegrants', row),
  describe,
  describeNeeds: [],
  iam: [],
  empty: 'No reference grants: nothing of another namespace may be named',
});
