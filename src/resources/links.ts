/** Where keys lead from one pane to another. */
import { KUBE_TABLES } from '../domain/tables/index.ts';
import type { BaseRow, ObjectRow, PodRow } from '../domain/rows.ts';
import type { Link, LinkTarget } from './define.ts';
import type { Enter } from './enter.ts';

type Target = LinkTarget | { readonly none: string };

/** The one object of that kind, namespace and name. */
export function toObject(kind: string, namespace: string, name: string): Target {
  if (name === '') return { none: 'there is no object to go to' };
  const found = Object.entries(KUBE_TABLES).find(([, table]) => table.kind.kind === kind);
  if (!found) return { none: `${kind} ${name} has no pane` };
  const [to, { namespaced }] = [found[0], found[1].kind];
  return {
    to,
    label: name,
    only: (row: BaseRow) => row.name === name && (row.namespace === namespace || !namespaced),
  };
}

/** Enter shows the pods that a row stands for. */
export function enterPods<Row extends BaseRow>(
  title: string,
  pods: (row: Row) => ((pod: PodRow) => boolean) | string,
): Enter<Row> {
  return {
    is: 'link',
    to: 'pods',
    title,
    target: (row) => {
      const only = pods(row);
      return typeof only === 'string' ? { none: only } : { label: row.name, only };
    },
  };
}

/** J leads to the owner. */
export const TO_OWNER: Link<ObjectRow> = {
  to: 'deployments',
  title: 'its owner',
  target: (row) =>
    row.ownerName === ''
      ? { none: `${row.name} has no owner` }
      : toObject(row.ownerKind, row.namespace, row.ownerName),
};
