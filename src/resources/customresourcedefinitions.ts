import { calmHealth, type Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { CustomResourceDefinitionRow } from '../domain/tables/customresourcedefinitions.ts';
import { muted, NONE, toned } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, textColumn, statusColumn } from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import {
  conditionsSection,
  eventsSection,
  identityLines,
  many,
  metadataLines,
  sections,
} from './describe/common.ts';

type Row = CustomResourceDefinitionRow;

function health(row: Row, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok') return calm;
  if (row.trouble !== '') return { level: 'bad', cause: row.trouble };
  return row.established ? calm : { level: 'busy', cause: '' };
}

const word = ({ established, trouble }: Row): string =>
  established ? 'Established' : trouble === '' ? 'New' : 'Not established';

/** What is served, and which of it is stored: `v1*,v1beta1`. */
const versions = ({ served, storage }: Row): string =>
  served.map((each) => (each === storage ? `${each}*` : each)).join(',');

const columns: readonly Column<Row>[] = [
  nameColumn(20, health),
  statusColumn(
    {
      description: 'Whether its objects are served, and why not: names that another kind has.',
      min: 13,
      max: 70,
      grow: 2,
    },
    word,
    health,
  ),
  textColumn(
    { id: 'kind', title: 'KIND', description: 'As objects name it.', tier: 1, grow: 1 },
    (row) => row.kind,
  ),
  textColumn(
    {
      id: 'scope',
      title: 'SCOPE',
      description: 'Whether its objects are in namespaces.',
      tier: 1,
      cell: (row) => muted(row.scope),
    },
    (row) => row.scope,
  ),
  textColumn(
    {
      id: 'versions',
      title: 'VERSIONS',
      description: 'Versions that are served; objects are stored in the one with a star.',
      tier: 0,
      cell: (row) => muted(versions(row)),
    },
    versions,
  ),
  textColumn(
    {
      id: 'conversion',
      title: 'CONVERSION',
      description: 'Service or URL that converts between versions.',
      tier: 2,
      cell: (row) => muted(row.webhook),
    },
    (row) => row.webhook,
  ),
  textColumn(
    {
      id: 'shortNames',
      title: 'SHORT',
      description: 'Short names, as kubectl takes them.',
      tier: 2,
      cell: (row) => muted(row.shortNames.join(',')),
    },
    (row) => row.shortNames.join(','),
  ),
  textColumn(
    { id: 'group', title: 'GROUP', description: 'API group.', tier: 3 },
    (row) => row.group,
  ),
  ageColumn(),
  labelsColumn(),
];

export const customresourcedefinitions = defineResource({
  id: 'customresourcedefinitions',
  title: 'Custom resource definitions',
  singular: 'customresourcedefinition',
  aliases: ['crd', 'crds'],
  description: 'Kinds that this cluster defines; enter lists the objects of one.',
  table: 'customresourcedefinitions',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'kinds',
    title: 'objects of this kind',
    // A definition is named as its kind is told from those of other groups.
    target: ({ name, plural, established, trouble }) =>
      established ? { to: name, label: plural } : { none: `${plural} is not served: ${trouble}` },
  },
  ref: (row) => refOf('customresourcedefinitions', row),
  describe: describeDefinition,
  iam: [],
  empty: 'No custom resource definitions: this cluster has only the kinds that all have',
});

function describeDefinition({ row, object, events, ctx }: DescribeInput<Row>): readonly Section[] {
  const left = row.stored.filter((each) => each !== row.storage);
  return sections(
    {
      title: 'Custom resource definition',
      lines: [
        ...identityLines(row, ctx),
        ['Kind', row.kind],
        ['Group', row.group],
        ['Scope', row.scope],
        ['Short names', row.shortNames.join(', ') || NONE],
        ['Served', row.served.join(', ') || NONE],
        ['Stored as', row.storage || NONE],
        ...(left.length === 0
          ? []
          : ([['May still be stored as', toned(left.join(', '), 'warn')]] as const)),
        ...(row.deprecated.length === 0
          ? []
          : ([['Deprecated', toned(row.deprecated.join(', '), 'warn')]] as const)),
        ['Conversion', row.webhook === '' ? row.conversion : `${row.conversion} ${row.webhook}`],
        ...many('Problem', row.trouble === '' ? [] : [toned(row.trouble, 'bad')]),
        ...metadataLines(object),
      ],
    },
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}
