/** What bindings of roles in a namespace and in the cluster have in common. */
import type { Subject } from '../rbac.ts';
import type { ObjectRow } from '../row.ts';
import { part, parts, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';

export interface BindingRow extends ObjectRow {
  /** `Role` or `ClusterRole`, and which. */
  readonly roleKind: string;
  readonly roleName: string;
  readonly subjects: readonly Subject[];
  // joined
  /** Whether the role is there. */
  roleFound: boolean | null;
  /** What the role leads to beyond what it says where it is given, in words. */
  risks: readonly string[] | null;
  /** Service accounts among the subjects that are not there, as `namespace/name`. */
  missing: readonly string[] | null;
  /** Those of them in its own namespace: they may be known where those of others are not. */
  missingHere: readonly string[] | null;
}

/** rbac/v1 RoleBinding and ClusterRoleBinding. */
export const BINDING = message({
  metadata: part(1, METADATA),
  subjects: parts(2, message({ kind: word(1), name: word(3), namespace: word(4) })),
  roleRef: part(3, message({ kind: word(2), name: word(3) })),
});

/** The row of a binding. */
export function bindingRow({ metadata, subjects, roleRef }: Read<typeof BINDING>): BindingRow {
  return {
    ...objectRow(metadata),
    roleKind: roleRef.kind,
    roleName: roleRef.name,
    subjects,
    roleFound: null,
    risks: null,
    missing: null,
    missingHere: null,
  };
}
