/** What the panes of role bindings and of cluster role bindings have in common. */
import type { Cell } from '../core/styled.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { isAnonymous, isBuiltIn, openTo, subjectText } from '../domain/rbac.ts';
import type { BindingRow } from '../domain/tables/binding.ts';
import type { TableId } from '../domain/tables/index.ts';
import { muted, status } from './cells.ts';
import { ageColumn, labelsColumn, textColumn } from './columns.ts';
import type { Column, LinkTarget, RowContext } from './define.ts';
import type { Enter } from './enter.ts';
import { toObject } from './links.ts';
import { missingAccounts, roleText } from './rbac.ts';
import { bySeverity } from './severity.ts';

/** Whether a binding gives what it says to whom it says, and to nobody who is not meant. */
export function bindingHealth(row: BindingRow, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok') return calm;
  const { roleKind, roleName, roleFound, subjects } = row;
  if (roleFound === false) return warn(`${roleKind}/${roleName} does not exist`);
  const open = openTo(roleName, subjects);
  if (isAnonymous(open)) return { level: 'bad', cause: `open to anybody (${open.join(', ')})` };
  if (open.length > 0) return warn(`open to all signed in (${open.join(', ')})`);
  // Bindings of the cluster's own components come with it, whether it has these or not.
  const missing = missingAccounts(row);
  if (missing.length === 0 || isBuiltIn(row)) return calm;
  return warn(`sa ${missing.join(', ')} ${missing.length > 1 ? 'do' : 'does'} not exist`);
}

const warn = (cause: string): Health => ({ level: 'warn', cause });

const risksText = ({ risks }: BindingRow): string | null => risks && risks.join(', ');

/** What is wrong with it; else what its role leads to beyond what it says. */
function statusCell(row: BindingRow, ctx: RowContext): Cell {
  const { level, cause } = bindingHealth(row, ctx);
  if (level !== 'ok') return status(cause || level, { level, cause: '' });
  return muted(risksText(row));
}

const names = (kind: string) => (row: BindingRow) =>
  row.subjects
    .filter((subject) => subject.kind === kind)
    .map(({ namespace, name }) => (kind === 'ServiceAccount' ? `${namespace}/${name}` : name))
    .join(', ');

const subjectsText = ({ subjects }: BindingRow): string => subjects.map(subjectText).join(', ');

/** Columns beside those that say which binding it is. @param roles tables of the roles that it may give */
export function bindingColumns(roles: readonly TableId[]): readonly Column<BindingRow>[] {
  return [
    textColumn(
      {
        id: 'role',
        title: 'ROLE',
        description: 'The role that it gives.',
        tier: 0,
        min: 12,
        max: 80,
        grow: 1,
        cut: 'middle',
      },
      roleText,
    ),
    textColumn(
      {
        id: 'subjects',
        title: 'SUBJECTS',
        description: 'Users, groups and service accounts that it gives it to.',
        tier: 0,
        min: 9,
        max: 120,
        grow: 1,
      },
      subjectsText,
    ),
    {
      id: 'status',
      title: 'STATUS',
      tells: 'state',
      description:
        'What is wrong: a role or a service account that does not exist, or everybody as a subject. Else what its role leads to beyond what it says.',
      tier: 0,
      min: 20,
      max: 100,
      grow: 3,
      sortKey: 'S',
      alsoFrom: [...roles, 'serviceaccounts'],
      sortBy: bySeverity((row) => risksText(row) ?? '', bindingHealth),
      value: (row, ctx) => bindingHealth(row, ctx).cause || risksText(row),
      cell: statusCell,
    },
    ageColumn(),
    ...(['User', 'Group', 'ServiceAccount'] as const).map((kind) =>
      textColumn<BindingRow>(
        {
          id: `${kind.charAt(0).toLowerCase()}${kind.slice(1)}s`,
          title: `${kind.toUpperCase()}S`,
          description: `Subjects of the kind ${kind}.`,
          tier: 3,
          max: 120,
          cell: (row) => muted(names(kind)(row)),
        },
        names(kind),
      ),
    ),
    labelsColumn(),
  ];
}

/** Enter shows the role that a binding gives. */
export const enterRole: Enter<BindingRow> = {
  is: 'link',
  to: 'clusterroles',
  title: 'the role that it gives',
  target: ({ roleKind, roleName, namespace }, query) =>
    toObject(roleKind, namespace, roleName, query),
};

/** J leads to the service accounts among the subjects. */
export const TO_ACCOUNTS = {
  to: 'serviceaccounts',
  title: 'service accounts that it is for',
  target: ({ name, subjects }: BindingRow): LinkTarget | { readonly none: string } => {
    const accounts = new Set(
      subjects
        .filter(({ kind }) => kind === 'ServiceAccount')
        .map((subject) => `${subject.namespace}/${subject.name}`),
    );
    if (accounts.size === 0) return { none: `${name} is for no service account` };
    return {
      label: name,
      only: (row: { readonly namespace: string; readonly name: string }) =>
        accounts.has(`${row.namespace}/${row.name}`),
    };
  },
};
