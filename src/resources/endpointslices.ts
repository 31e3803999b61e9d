import { at, objects, text, texts } from '../core/json.ts';
import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { EndpointSliceRow } from '../domain/tables/endpointslices.ts';
import type { KubeObject } from '../ports/kube.ts';
import { count, muted } from './cells.ts';
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
import { eventsSection, identityLines, metadataLines, NONE, sections } from './describe/common.ts';
import { toObject } from './links.ts';

const health = (row: EndpointSliceRow, { now }: RowContext) => calmHealth(row, now);

const ports = (row: EndpointSliceRow): string => row.ports.join(',');

const columns: readonly Column<EndpointSliceRow>[] = [
  namespaceColumn(),
  nameColumn(20, health),
  textColumn(
    {
      id: 'service',
      title: 'SERVICE',
      description: 'Whose endpoints these are.',
      tier: 1,
      grow: 1,
    },
    ({ service }) => service,
  ),
  textColumn(
    {
      id: 'addressType',
      title: 'FAMILY',
      description: 'Which addresses it has: IPv4, IPv6 or FQDN.',
      tier: 0,
      max: 6,
      cell: ({ addressType }) => muted(addressType),
    },
    ({ addressType }) => addressType,
  ),
  textColumn(
    { id: 'ports', title: 'PORTS', description: 'Ports that its endpoints listen on.', tier: 0 },
    ports,
  ),
  countColumn(
    { id: 'ready', title: 'READY', description: 'Endpoints that get traffic.', tier: 0 },
    ({ ready }) => ready.length,
  ),
  countColumn(
    {
      id: 'notReady',
      title: 'NOT-READY',
      description: 'Endpoints that are not ready, and not on their way out.',
      tier: 0,
      cell: ({ notReady }) => count(notReady.length, 'warn'),
    },
    ({ notReady }) => notReady.length,
  ),
  ageColumn(),
  labelsColumn(),
];

/** Each endpoint: its addresses, what they lead to and whether it gets traffic. */
function endpointLines(source: KubeObject | null): Section['lines'] {
  const endpoints = objects(source?.['endpoints']);
  if (endpoints.length === 0) return [NONE];
  return endpoints.map((endpoint) => {
    const states = [
      at(endpoint, 'conditions', 'ready') === false ? 'not ready' : 'ready',
      at(endpoint, 'conditions', 'terminating') === true ? 'terminating' : '',
    ].filter((word) => word !== '');
    const target = [
      text(at(endpoint, 'targetRef', 'kind')),
      text(at(endpoint, 'targetRef', 'name')),
    ];
    const where = [text(endpoint['zone']), text(endpoint['nodeName'])];
    const told = [target.filter(Boolean).join('/'), ...where].filter((word) => word !== '');
    return [
      texts(endpoint['addresses']).join(', '),
      [
        [states.join(', ').padEnd(10), states[0] === 'ready' ? 'good' : 'warn'],
        [`  ${told.join('  ')}`, 'text'],
      ],
    ] as const;
  });
}

function describe({ row, object, events, ctx }: DescribeInput<EndpointSliceRow>) {
  return sections(
    {
      title: 'Endpoint slice',
      lines: [
        ...identityLines(row, ctx),
        ['Service', row.service === '' ? NONE : row.service],
        ['Addresses', row.addressType],
        ['Ports', row.ports.length === 0 ? NONE : ports(row)],
        ...metadataLines(object),
      ],
    },
    { title: 'Endpoints', lines: endpointLines(object) },
    eventsSection(events, ctx),
  );
}

export const endpointslices = defineResource({
  id: 'endpointslices',
  title: 'Endpoint slices',
  singular: 'endpointslice',
  aliases: ['eps'],
  description: 'The addresses behind services, and which of them get traffic.',
  table: 'endpointslices',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'services',
    title: 'its service',
    target: ({ namespace, service }, query) => toObject('Service', namespace, service, query),
  },
  ref: (row) => refOf('endpointslices', row),
  describe,
  iam: [],
  empty: 'No endpoint slices: nothing here is behind a service',
});
