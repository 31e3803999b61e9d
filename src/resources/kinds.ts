import type { Health } from '../domain/health.ts';
import type { KindRow } from '../domain/kinds.ts';
import { muted } from './cells.ts';
import { nameColumn, textColumn, flagColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';

const health = ({ gone }: KindRow): Health => ({ level: gone > 0 ? 'gone' : 'ok', cause: '' });

const quiet = (of: (row: KindRow) => string) => (row: KindRow) => muted(of(row));
const apiVersion = ({ group, version }: KindRow): string =>
  group === '' ? version : `${group}/${version}`;
const shortNames = (row: KindRow): string => row.shortNames.join(',');
const verbs = (row: KindRow): string => row.verbs.join(',');
const categories = (row: KindRow): string => row.categories.join(',');
const versions = (row: KindRow): string => row.versions.join(',');

const columns: readonly Column<KindRow>[] = [
  nameColumn(20, health),
  textColumn(
    {
      id: 'shortNames',
      title: 'SHORT',
      description: 'Short names, as kubectl takes them.',
      tier: 0,
      cell: quiet(shortNames),
    },
    shortNames,
  ),
  textColumn(
    {
      id: 'apiVersion',
      title: 'APIVERSION',
      description: 'Group and version that the server prefers.',
      tier: 0,
      grow: 1,
    },
    apiVersion,
  ),
  flagColumn(
    {
      id: 'namespaced',
      title: 'NAMESPACED',
      description: 'Whether its objects are in namespaces.',
      tier: 0,
    },
    ({ namespaced }) => namespaced,
    (flag) => muted(String(flag)),
  ),
  textColumn(
    { id: 'kind', title: 'KIND', description: 'As objects name it.', tier: 0, grow: 1 },
    ({ kind }) => kind,
  ),
  textColumn(
    {
      id: 'categories',
      title: 'CATEGORIES',
      description: 'Names that it is listed by together with others.',
      tier: 1,
      cell: quiet(categories),
    },
    categories,
  ),
  textColumn(
    {
      id: 'verbs',
      title: 'VERBS',
      description: 'What can be done with its objects.',
      tier: 2,
      max: 60,
      cell: quiet(verbs),
    },
    verbs,
  ),
  textColumn(
    {
      id: 'versions',
      title: 'VERSIONS',
      description: 'All versions in which the server has it.',
      tier: 3,
      cell: quiet(versions),
    },
    versions,
  ),
];

export const kinds = defineResource({
  id: 'kinds',
  title: 'Kinds',
  singular: 'kind',
  aliases: ['api-resources', 'apiresources', 'kind'],
  description: 'Every kind of object that the API server offers; enter lists the objects of one.',
  table: 'kinds',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'kinds',
    title: 'objects of this kind',
    target: ({ uid, name, group }) => ({ to: group === '' ? name : uid, label: name }),
  },
  describe: ({ row }) => [
    {
      title: row.kind,
      lines: [
        ['Name', row.name],
        ['Short names', shortNames(row) || '-'],
        ['API version', apiVersion(row)],
        ['Versions', versions(row)],
        ['Namespaced', String(row.namespaced)],
        ['Categories', categories(row) || '-'],
        ['Verbs', verbs(row)],
      ],
    },
  ],
  iam: [],
  empty: 'The server has not told what kinds it offers',
});
