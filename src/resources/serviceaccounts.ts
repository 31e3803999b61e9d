import { calmHealth } from '../domain/health.ts';
import { roleOf } from '../domain/identity.ts';
import { refOf } from '../domain/ref.ts';
import type { ServiceAccountRow } from '../domain/rows.ts';
import { plain, type Cell } from '../core/styled.ts';
import { count, muted, NONE, toned } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, namespaceColumn } from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { identityQuestions } from './describe/identity.ts';
import { describeServiceAccount } from './describe/service-account.ts';
import { runsAs, USERS } from './describe/used-by.ts';
import { enterPods } from './links.ts';
import { RBAC_TABLES } from './rbac.ts';

const health = (row: ServiceAccountRow, ctx: RowContext) => calmHealth(row, ctx.now);

/** What gives the role: of an account that has both, one is in vain. */
function binding({ associatedRole, role }: ServiceAccountRow): Cell {
  if (!associatedRole) return role === '' ? NONE : 'IRSA';
  return role === '' ? 'Pod Identity' : toned('Pod Identity, not IRSA', 'warn');
}

/** The name of a role in its ARN, with its path. */
export const roleName = (arn: string): string => arn.replace(/^arn:[^:]*:iam::\d*:role\//, '');

const accountOf = (row: ServiceAccountRow): string => roleOf(row).split(':')[4] ?? '';

const columns: readonly Column<ServiceAccountRow>[] = [
  namespaceColumn(),
  nameColumn(20, health),
  {
    id: 'role',
    copies: 'role ARN',
    title: 'IAM ROLE',
    tells: 'identity',
    description:
      'Role of its Pod Identity association, else of its eks.amazonaws.com/role-arn annotation (IRSA), without the account.',
    tier: 0,
    min: 12,
    max: 64,
    grow: 2,
    cut: 'middle',
    alsoFrom: ['podidentities'],
    value: roleOf,
    cell: (row) => (roleOf(row) === '' ? NONE : roleName(roleOf(row))),
  },
  {
    id: 'binding',
    title: 'BY',
    tells: 'identity',
    description:
      'What gives it the role: Pod Identity or IRSA. An annotation beside an association is in vain.',
    tier: 1,
    min: 12,
    max: 22,
    alsoFrom: ['podidentities'],
    value: (row) => plain(binding(row)),
    cell: binding,
  },
  {
    id: 'pods',
    title: 'PODS',
    description: 'Pods that use it.',
    tier: 0,
    min: 4,
    max: 6,
    align: 'right',
    needs: ['pods'],
    value: ({ pods }) => pods,
    cell: ({ pods }) => count(pods),
  },
  {
    id: 'fargatePods',
    title: 'FARGATE',
    description: 'Pods of them on Fargate, where there is no Pod Identity.',
    tier: 2,
    min: 7,
    max: 7,
    align: 'right',
    needs: ['pods'],
    value: ({ fargatePods }) => fargatePods,
    cell: ({ fargatePods }) => count(fargatePods),
  },
  {
    id: 'account',
    title: 'ACCOUNT',
    tells: 'identity',
    description: 'AWS account of the role.',
    tier: 2,
    min: 12,
    max: 12,
    value: accountOf,
    cell: (row) => muted(accountOf(row)),
  },
  ageColumn(),
  labelsColumn(),
];

export const serviceaccounts = defineResource({
  id: 'serviceaccounts',
  title: 'Service accounts',
  singular: 'serviceaccount',
  aliases: ['sa'],
  description:
    'Service accounts with the IAM role that their pods get; b binds one, and proves it.',
  table: 'serviceaccounts',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: enterPods<ServiceAccountRow>('pods that use this account', runsAs),
  ref: (row) => refOf('serviceaccounts', row),
  describe: describeServiceAccount,
  asks: identityQuestions<ServiceAccountRow>(({ namespace, name, role }) => ({
    namespace,
    account: name,
    annotation: role,
    nodeRole: null,
  })),
  describeNeeds: [...USERS, ...RBAC_TABLES],
  iam: [],
  empty: 'No service accounts in this scope',
});
