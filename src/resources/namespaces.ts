import { namespaceHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import { whyNamespace } from '../domain/why/namespace.ts';
import type { NamespaceRow } from '../domain/rows.ts';
import { muted } from './cells.ts';
import { namespaceCharts } from './charts/pods.ts';
import { ageColumn, labelsColumn, labelText, nameColumn, statusColumn } from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { describeNamespace } from './describe/namespace.ts';
import { enterPods } from './links.ts';

const health = (row: NamespaceRow, ctx: RowContext) => namespaceHealth(row, ctx.now);

/** The label that repeats a namespace's name. */
const NAME = 'kubernetes.io/metadata.name';

const columns: readonly Column<NamespaceRow>[] = [
  nameColumn(20, health),
  statusColumn(
    {
      description: 'Active or Terminating, and what keeps it from being gone.',
      min: 13,
      max: 70,
      grow: 2,
    },
    (row) => row.phase,
    health,
  ),
  ageColumn(),
  {
    ...labelsColumn<NamespaceRow>(),
    tier: 1,
    grow: 3,
    cell: ({ labels }) =>
      muted(labelText(Object.fromEntries(Object.entries(labels).filter(([key]) => key !== NAME)))),
  },
];

export const namespaces = defineResource({
  id: 'namespaces',
  title: 'Namespaces',
  singular: 'namespace',
  aliases: ['ns'],
  description: 'Namespaces; enter shows the pods of one.',
  table: 'namespaces',
  scope: 'cluster',
  role: 'namespace',
  columns,
  sort: { column: 'name', descending: false },
  health,
  why: whyNamespace,
  enter: enterPods<NamespaceRow>(
    'pods of this namespace',
    (ns) => (pod) => pod.namespace === ns.name,
  ),
  ref: (row) => refOf('namespaces', row),
  describe: describeNamespace,
  describeNeeds: ['pods'],
  iam: [],
  charts: namespaceCharts,
  empty: 'No namespaces are known',
});
