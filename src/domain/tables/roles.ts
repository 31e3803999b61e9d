import { part } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';
import { ruleFields, RULES, type AnyRoleRow } from './role.ts';

export type RoleRow = AnyRoleRow;

/** rbac/v1 Role. */
const ROLE = message({ metadata: part(1, METADATA), rules: RULES });

/** The row of a role. */
const roleRow = ({ metadata, rules }: Read<typeof ROLE>): RoleRow => ({
  ...objectRow(metadata),
  ...ruleFields(rules, { everywhere: false }),
});

export const roles = objectTable({
  kind: {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    resource: 'roles',
    kind: 'Role',
    namespaced: true,
  },
  message: ROLE,
  row: roleRow,
  keepsGone: false,
});
