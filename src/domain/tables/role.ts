/** What roles of a namespace and of the cluster have in common. */
import type { PolicyRule } from '../rbac.ts';
import { risksOf } from '../rbac-risks.ts';
import type { ObjectRow } from '../row.ts';
import { parts, words } from '../wire/field.ts';
import { intern } from '../wire/intern.ts';
import { message } from '../wire/message.ts';

export interface AnyRoleRow extends ObjectRow {
  readonly rules: readonly PolicyRule[];
  /** What they lead to beyond what they say, in words, the worst first. */
  readonly risks: readonly string[];
  /** The same where it is given in one namespace alone. */
  readonly risksWithin: readonly string[];
  // joined
  /** Role bindings that give it in their namespace, and to how many subjects. */
  bindings: number | null;
  subjects: number | null;
}

/** rbac/v1 PolicyRule, as roles have it. */
export const RULES = parts(
  2,
  message({
    verbs: words(1),
    apiGroups: words(2),
    resources: words(3),
    resourceNames: words(4),
    nonResourceURLs: words(5),
  }),
);

/** What is known of rules before it is known who has them. */
export function ruleFields(
  rules: readonly PolicyRule[],
  where: { readonly everywhere: boolean },
): Pick<AnyRoleRow, 'rules' | 'risks' | 'risksWithin' | 'bindings' | 'subjects'> {
  const risksWithin = risksOf(rules, { everywhere: false }).map(intern);
  const risks = where.everywhere ? risksOf(rules, where).map(intern) : risksWithin;
  return { rules, risks, risksWithin, bindings: null, subjects: null };
}
