import type { Cell } from '../core/styled.ts';
import { OK, leaving } from '../domain/health.ts';
import type { AccessEntryRow } from '../domain/rows.ts';
import type { Query } from '../ports/query.ts';
import { known, muted, NONE, toned, UNKNOWN } from './cells.ts';
import { ageColumn, textColumn } from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import { many, sections, when } from './describe/common.ts';

const health = (row: AccessEntryRow, ctx: RowContext) => leaving(row, ctx.now) ?? OK;

/** `role/Admin` of an ARN, with the path that it has. */
const principal = (arn: string): string => arn.replace(/^arn:[^:]*:[^:]*:[^:]*:\d*:/, '');

/** What makes who has it master of the cluster. */
const ALL = /^ClusterAdmin$|^system:masters$/;

const columns: readonly Column<AccessEntryRow>[] = [
  {
    id: 'name',
    copies: 'principal ARN',
    title: 'PRINCIPAL',
    tells: 'identity',
    description: 'Role or user of IAM, without its account.',
    tier: 0,
    min: 20,
    max: 70,
    grow: 3,
    cut: 'middle',
    sortKey: 'N',
    value: ({ uid }) => uid,
    sortBy: ({ uid }) => principal(uid),
    cell: ({ uid }) => principal(uid),
  },
  textColumn(
    {
      id: 'type',
      title: 'TYPE',
      description: 'STANDARD for people and programs, else for which nodes; aws-auth: by that map.',
      tier: 0,
      min: 8,
      max: 14,
      alsoFrom: ['configmaps'],
      cell: ({ type, origin }) => muted(origin === 'aws-auth' ? origin : type),
    },
    ({ type, origin }) => (origin === 'aws-auth' ? origin : type),
  ),
  {
    id: 'rights',
    title: 'RIGHTS',
    tells: 'identity',
    description: 'Policies of EKS with where they hold, and groups whose bindings it has.',
    tier: 0,
    min: 20,
    max: 90,
    grow: 3,
    value: (row) => rights(row)?.join(', ') ?? null,
    cell: (row) => {
      const all = rights(row);
      if (all === null) return UNKNOWN;
      if (all.length === 0) return row.type.startsWith('EC2') ? muted('as a node') : NONE;
      return toned(all.join(', '), all.some((each) => ALL.test(each)) ? 'warn' : 'text');
    },
  },
  textColumn(
    {
      id: 'username',
      copies: 'username',
      title: 'USERNAME',
      description: 'Who it is to Kubernetes: what can-i and bindings name it.',
      tier: 1,
      max: 70,
      cut: 'middle',
      cell: ({ username }) => muted(username),
    },
    ({ username }) => username,
  ),
  textColumn(
    {
      id: 'account',
      title: 'ACCOUNT',
      description: 'AWS account of the principal.',
      tier: 2,
      min: 12,
      max: 12,
    },
    ({ uid }) => uid.split(':')[4] ?? '',
  ),
  ageColumn(1),
];

function rights({ policies, groups }: AccessEntryRow): readonly string[] | null {
  return policies === null && groups.length === 0 ? null : [...(policies ?? []), ...groups];
}

function describe({ row, ctx, query }: DescribeInput<AccessEntryRow>): readonly Section[] {
  const isMapped = row.origin === 'aws-auth';
  return sections({
    title: isMapped ? 'Principal of aws-auth' : 'Access entry',
    lines: [
      ['Principal', toned(row.uid, 'strong')],
      ['Type', known(row.type)],
      ['Username', known(row.username)],
      ...many('Groups', row.groups),
      ...(isMapped ? [] : row.policies === null ? [] : many('Policies', row.policies)),
      ['Created', when(row.created, ctx)],
      ...(isMapped ? [] : ([['Changed', when(row.modified, ctx)]] as const)),
      ['Counts', countsText(isMapped, query)],
    ],
  });
}

/** Whether it lets anybody in, by the authentication mode of the cluster. */
function countsText(isMapped: boolean, query: Query): Cell {
  const [cluster] = query.rows('clusters');
  const mode = cluster?.authenticationMode ?? '';
  const needed = isMapped ? 'CONFIG_MAP' : 'API';
  if (mode === '') return toned(`where the authentication mode has ${needed} in it`, 'muted');
  if (mode !== 'API_AND_CONFIG_MAP' && mode !== needed)
    return toned(`✗ not at all: the authentication mode of the cluster is ${mode}`, 'warn');
  return isMapped && mode === 'API_AND_CONFIG_MAP'
    ? `yes, where no access entry names the principal (mode ${mode})`
    : `yes (mode ${mode})`;
}

export const accessentries = defineResource({
  id: 'accessentries',
  title: 'Access entries',
  singular: 'accessentry',
  aliases: ['access-entries', 'access-entry', 'access', 'aws-auth'],
  description: 'Who may come into the cluster: access entries of EKS, and the config map aws-auth.',
  table: 'accessentries',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  describe,
  iam: ['eks:ListAccessEntries', 'eks:DescribeAccessEntry', 'eks:ListAssociatedAccessPolicies'],
  empty: 'No access entries: the cluster may go by the config map aws-auth alone',
});
