/** What the panes of roles and of cluster roles have in common. */
import type { Cell } from '../core/styled.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { isBuiltIn } from '../domain/rbac.ts';
import type { AnyRoleRow } from '../domain/tables/role.ts';
import { iso, known, muted, NONE, status } from './cells.ts';
import { textColumn } from './columns.ts';
import type { Column, RowContext } from './define.ts';
import { rulesText } from './rule-words.ts';
import { bySeverity } from './severity.ts';

/** What a role of people's own leads to beyond what it says; those that come with a cluster are known. */
export function roleHealth(row: AnyRoleRow, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok' || row.risks.length === 0 || isBuiltIn(row)) return calm;
  return { level: 'warn', cause: row.risks.join(', ') };
}

const risksText = ({ risks }: AnyRoleRow): string => risks.join(', ');

/** The same as a cell: a mark where it needs a look. */
export function risksCell(row: AnyRoleRow, ctx: RowContext): Cell {
  const { level } = roleHealth(row, ctx);
  if (row.risks.length === 0) return NONE;
  return level === 'warn' ? status(risksText(row), { level, cause: '' }) : muted(risksText(row));
}

export function risksColumn<Row extends AnyRoleRow>(): Column<Row> {
  return {
    id: 'risks',
    title: 'RISK',
    tells: 'state',
    description:
      'What its rules lead to beyond what they say: everything, the rights of others, secrets, commands in pods and on nodes. Quiet for roles that come with every cluster.',
    tier: 0,
    min: 14,
    max: 100,
    grow: 2,
    sortKey: 'S',
    sortBy: bySeverity(risksText, roleHealth),
    value: risksText,
    cell: risksCell,
  };
}

export function rulesColumn<Row extends AnyRoleRow>(tier: Column<Row>['tier']): Column<Row> {
  return textColumn(
    {
      id: 'rules',
      title: 'RULES',
      description:
        'What it allows, in few words: `read` is get, list and watch, `write` create, update, patch and delete.',
      tier,
      min: 10,
      max: 120,
      grow: 3,
      cell: ({ rules }) => known(rulesText(rules)),
    },
    ({ rules }) => rulesText(rules, Infinity),
  );
}

/** When it was made, as kubectl tells it. */
export function createdAtColumn<Row extends AnyRoleRow>(): Column<Row> {
  const at = ({ created }: Row): string | null => iso(created)?.replace('.000Z', 'Z') ?? null;
  return textColumn(
    {
      id: 'createdAt',
      title: 'CREATED AT',
      description: 'When the object was created.',
      tier: 3,
      min: 20,
      max: 20,
      cell: (row) => muted(at(row)),
    },
    at,
  );
}
