import { selectorText } from '../selector.ts';
import { part, parts } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { SELECTOR } from '../wire/pod-template.ts';
import { objectTable } from './define.ts';
import { ruleFields, RULES, type AnyRoleRow } from './role.ts';

export interface ClusterRoleRow extends AnyRoleRow {
  /** Selectors of the cluster roles whose rules the controller copies into it; empty: none. */
  readonly aggregates: readonly string[];
  // joined
  /** Cluster role bindings that give it everywhere, and to how many subjects. */
  clusterBindings: number | null;
  clusterSubjects: number | null;
}

/** rbac/v1 ClusterRole. */
const CLUSTER_ROLE = message({
  metadata: part(1, METADATA),
  rules: RULES,
  aggregationRule: part(3, message({ clusterRoleSelectors: parts(1, SELECTOR) })),
});

/** The row of a cluster role. */
const clusterRoleRow = ({
  metadata,
  rules,
  aggregationRule,
}: Read<typeof CLUSTER_ROLE>): ClusterRoleRow => ({
  ...objectRow(metadata),
  ...ruleFields(rules, { everywhere: true }),
  aggregates: aggregationRule.clusterRoleSelectors.map(selectorText),
  clusterBindings: null,
  clusterSubjects: null,
});

export const clusterroles = objectTable({
  kind: {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    resource: 'clusterroles',
    kind: 'ClusterRole',
    namespaced: false,
  },
  message: CLUSTER_ROLE,
  row: clusterRoleRow,
  keepsGone: false,
});
