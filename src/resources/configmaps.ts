import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { ConfigMapRow } from '../domain/tables/configmaps.ts';

import { ageColumn, labelsColumn, nameColumn, namespaceColumn } from './columns.ts';
import { dataColumns, enterKeys, immutableColumn, keysSection } from './data-keys.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { eventsSection, identityLines, metadataLines, sections } from './describe/common.ts';
import { refersTo, usedBySection, USERS } from './describe/used-by.ts';
import { TO_OWNER } from './links.ts';

const health = (row: ConfigMapRow, ctx: RowContext) => calmHealth(row, ctx.now);

const columns: readonly Column<ConfigMapRow>[] = [
  namespaceColumn(),
  nameColumn(24, health),
  ...dataColumns<ConfigMapRow>(),
  immutableColumn(),
  ageColumn(),
  labelsColumn(),
];

export const configmaps = defineResource({
  id: 'configmaps',
  title: 'Config maps',
  singular: 'configmap',
  aliases: ['cm'],
  description: 'Config maps with their keys and sizes; enter shows the keys, and a value.',
  table: 'configmaps',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: enterKeys<ConfigMapRow>('configmapkeys', 'config map', {
    data: 'text',
    binaryData: 'base64',
  }),
  links: { J: TO_OWNER },
  ref: (row) => refOf('configmaps', row),
  describe: ({ row, object, events, query, ctx }) =>
    sections(
      {
        title: 'Config map',
        lines: [
          ...identityLines(row, ctx),
          ['Immutable', row.immutable ? 'yes' : 'no'],
          ...metadataLines(object),
        ],
      },
      keysSection(row),
      usedBySection(refersTo('configmaps', row), query),
      eventsSection(events, ctx),
    ),
  describeNeeds: USERS,
  iam: [],
  empty: 'No config maps in this scope',
});
