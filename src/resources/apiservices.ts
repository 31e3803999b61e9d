import { bad, busy, calmHealth, type Health } from '../domain/health.ts';
import { objectAt, refOf } from '../domain/ref.ts';
import type { ApiServiceRow } from '../domain/tables/apiservices.ts';
import { finding, named, type Answer } from '../domain/why/finding.ts';
import { known, muted } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, statusColumn, textColumn } from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import { toObject } from './links.ts';
import {
  conditionsSection,
  eventsSection,
  identityLines,
  metadataLines,
  sections,
} from './describe/common.ts';

/** Who serves the groups that no service does. */
const LOCAL = 'the API server itself';

function health(row: ApiServiceRow, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok' || row.available === true) return calm;
  if (row.available === null) return busy();
  return bad(row.message === '' ? row.reason : `${row.reason}: ${row.message}`);
}

const word = ({ available }: ApiServiceRow): string =>
  available === null ? '?' : available ? 'Available' : 'Not available';

/** Why the API of a group does not answer. */
function why(row: ApiServiceRow): Answer {
  if (row.available !== false) return null;
  const api = `${row.group}/${row.version}`;
  return finding('said', `nothing of ${api} can be read or written: ${row.message || row.reason}`, {
    evidence: [
      { source: 'condition Available', text: `${row.reason}: ${row.message}` },
      ...(row.service === ''
        ? []
        : [
            {
              source: `service ${row.service}`,
              text: `serves ${api}`,
              about: named('Service', objectAt(row.service)),
            },
          ]),
    ],
    next: [
      'see to the service and its pods; what is installed no longer is taken away with its API service',
    ],
  });
}

const columns: readonly Column<ApiServiceRow>[] = [
  nameColumn(30, health),
  statusColumn(
    {
      description: 'Whether the API server reaches what serves it, and why not.',
      min: 13,
      max: 80,
      grow: 2,
    },
    word,
    health,
  ),
  textColumn(
    {
      id: 'service',
      title: 'SERVICE',
      description: 'The service that serves it; none: the API server itself.',
      tier: 0,
      max: 50,
    },
    ({ service }) => service,
  ),
  textColumn(
    {
      id: 'group',
      title: 'GROUP',
      description: 'API group.',
      tier: 2,
      cell: ({ group }) => muted(group),
    },
    ({ group }) => group,
  ),
  textColumn(
    {
      id: 'version',
      title: 'VERSION',
      description: 'Version of the group.',
      tier: 2,
      cell: ({ version }) => muted(version),
    },
    ({ version }) => version,
  ),
  ageColumn(),
  labelsColumn(),
];

function describe({ row, object, events, ctx }: DescribeInput<ApiServiceRow>): readonly Section[] {
  return sections(
    {
      title: 'API service',
      lines: [
        ...identityLines(row, ctx),
        ['Group', known(row.group)],
        ['Version', known(row.version)],
        ['Served by', row.service || LOCAL],
        ...metadataLines(object),
      ],
    },
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}

export const apiservices = defineResource({
  id: 'apiservices',
  title: 'API services',
  singular: 'apiservice',
  aliases: [],
  description: 'Who serves each group of the API: the API server, or a service that it asks.',
  table: 'apiservices',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  why,
  enter: {
    is: 'link',
    to: 'services',
    title: 'service that serves it',
    target: ({ service }, query) => {
      const { namespace, name } = objectAt(service);
      return service === ''
        ? { none: 'the API server serves it itself' }
        : toObject('Service', namespace, name, query);
    },
  },
  ref: (row) => refOf('apiservices', row),
  describe,
  iam: [],
  empty: 'No API services: they may not be read',
});
