import { OK, leaving } from '../domain/health.ts';
import type { PodIdentityRow } from '../domain/rows.ts';
import { count, known, muted, NONE, toned, UNKNOWN } from './cells.ts';
import { ageColumn, nameColumn, namespaceColumn, textColumn } from './columns.ts';
import { defineResource, type Column, type RowContext, type Section } from './define.ts';
import { sections, when, type Line } from './describe/common.ts';
import { documentLines } from './describe/document.ts';
import { enterPods } from './links.ts';
import { shortRole } from './names.ts';

const health = (row: PodIdentityRow, ctx: RowContext) => leaving(row, ctx.now) ?? OK;

const columns: readonly Column<PodIdentityRow>[] = [
  namespaceColumn(),
  { ...nameColumn(20, health), title: 'ACCOUNT', description: 'Service account.' },
  textColumn(
    {
      id: 'role',
      copies: 'role ARN',
      title: 'IAM-ROLE',
      description: 'Role that its pods become.',
      tier: 0,
      min: 20,
      max: 64,
      grow: 2,
      cut: 'middle',
      cell: ({ roleArn }) => (roleArn === '' ? UNKNOWN : known(shortRole(roleArn))),
    },
    ({ roleArn }) => roleArn || null,
  ),
  textColumn(
    {
      id: 'targetRole',
      title: 'TARGET',
      description: 'Role of another account that they take by way of the first.',
      tier: 1,
      max: 64,
      cut: 'middle',
      cell: ({ targetRoleArn }) => known(shortRole(targetRoleArn)),
    },
    ({ targetRoleArn }) => targetRoleArn,
  ),
  {
    id: 'sessionTags',
    title: 'TAGS',
    tells: 'identity',
    description: 'Whether sessions carry tags of cluster, namespace, account and pod.',
    tier: 1,
    min: 4,
    max: 5,
    value: ({ sessionTags }) => sessionTags,
    cell: ({ sessionTags }) =>
      sessionTags === null ? UNKNOWN : sessionTags ? muted('yes') : toned('no', 'accent'),
  },
  {
    id: 'sessionPolicy',
    title: 'POLICY',
    tells: 'identity',
    description: 'Whether a session policy narrows the role.',
    tier: 1,
    min: 6,
    max: 8,
    value: ({ sessionPolicy }) => sessionPolicy !== '',
    cell: ({ sessionPolicy }) => (sessionPolicy === '' ? NONE : toned('narrowed', 'accent')),
  },
  {
    id: 'pods',
    title: 'PODS',
    description: 'Pods that use the account.',
    tier: 0,
    min: 4,
    max: 6,
    align: 'right',
    needs: ['pods'],
    value: ({ pods }) => pods,
    cell: ({ pods }) => count(pods),
  },
  textColumn(
    {
      id: 'association',
      copies: 'association id',
      title: 'ASSOCIATION',
      description: 'Id of the association.',
      tier: 2,
      max: 24,
    },
    ({ uid }) => uid,
  ),
  textColumn(
    {
      id: 'owner',
      title: 'OWNER',
      description: 'The add-on that owns it.',
      tier: 3,
      max: 60,
      cell: ({ owner }) => known(owner.split('/')[2] ?? owner),
    },
    ({ owner }) => owner,
  ),
  ageColumn(),
];

function describe({
  row,
  ctx,
}: {
  readonly row: PodIdentityRow;
  readonly ctx: RowContext;
}): readonly Section[] {
  const lines: readonly Line[] = [
    ['Service account', toned(`${row.namespace}/${row.name}`, 'strong')],
    ['IAM role', row.roleArn === '' ? UNKNOWN : row.roleArn],
    ['Target role', known(row.targetRoleArn)],
    ['External id', known(row.externalId)],
    ['Session tags', row.sessionTags === null ? UNKNOWN : row.sessionTags ? 'yes' : 'disabled'],
    ['Pods', row.pods === null ? UNKNOWN : String(row.pods)],
    ['Association', row.uid],
    ['Owner', known(row.owner)],
    ['Created', when(row.created, ctx)],
  ];
  return sections(
    { title: 'Pod Identity association', lines },
    { title: 'Session policy', lines: documentLines(row.sessionPolicy) },
  );
}

export const podidentities = defineResource({
  id: 'podidentities',
  title: 'Pod identities',
  singular: 'podidentity',
  aliases: ['pia', 'pod-identities', 'podidentityassociations'],
  description: 'Which service accounts become which IAM role by EKS Pod Identity.',
  table: 'podidentities',
  scope: 'cluster',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: enterPods<PodIdentityRow>(
    'pods that use this account',
    ({ namespace, name }) =>
      (pod) =>
        pod.namespace === namespace && (pod.serviceAccount || 'default') === name,
  ),
  describe,
  iam: ['eks:ListPodIdentityAssociations', 'eks:DescribePodIdentityAssociation'],
  empty: 'No Pod Identity associations: accounts have their roles by IRSA, or none',
});
