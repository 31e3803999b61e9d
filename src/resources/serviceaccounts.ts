import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { ServiceAccountRow } from '../domain/rows.ts';
import { count, muted, NONE } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, namespaceColumn } from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { identityQuestions } from './describe/identity.ts';
import { describeServiceAccount } from './describe/service-account.ts';
import { runsAs, USERS } from './describe/used-by.ts';
import { enterPods } from './links.ts';
import { RBAC_TABLES } from './rbac.ts';

const health = (row: ServiceAccountRow, ctx: RowContext) => calmHealth(row, ctx.now);

/** The name of a role in its ARN, with its path. */
export const roleName = (arn: string): string => arn.replace(/^arn:[^:]*:iam::\d*:role\//, '');

const columns: readonly Column<ServiceAccountRow>[] = [
  namespaceColumn(),
  nameColumn(20, health),
  {
    id: 'role',
    copies: 'role ARN',
    title: 'IAM ROLE',
    tells: 'identity',
    description: 'Role of its eks.amazonaws.com/role-arn annotation (IRSA), without the account.',
    tier: 0,
    min: 12,
    max: 64,
    grow: 2,
    cut: 'middle',
    value: ({ role }) => role,
    cell: ({ role }) => (role === '' ? NONE : roleName(role)),
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
    value: ({ role }) => role.split(':')[4] ?? '',
    cell: ({ role }) => muted(role.split(':')[4] ?? ''),
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
