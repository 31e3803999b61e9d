/** What the actions on any Kubernetes object share: references, names, rights. */
import type { FoundRow } from '../../domain/kinds.ts';
import { foundRef, kubectlName, refOf, type ObjectRef } from '../../domain/ref.ts';
import type { BaseRow, ObjectRow } from '../../domain/rows.ts';
import { FOUND_KEYS } from '../../domain/tables/found.ts';
import { isFoundTable, KUBE_TABLES, type KubeTableId } from '../../domain/tables/index.ts';
import type { AccessRequest } from '../../ports/kube.ts';
import type { Query } from '../../ports/query.ts';
import type { ActionTarget } from '../engine/define.ts';

/** An object as the target of an action. */
export type ObjectTarget<Row extends ObjectRow = ObjectRow> = ActionTarget<Row>;

/** A table of objects that the program knows by name. */
export type ObjectTable = KubeTableId;

/** The panes of objects of the API, each with an address of its own. */
export const OBJECTS: readonly string[] = [
  ...Object.entries(KUBE_TABLES).flatMap(([table, { source }]) => (source === 'kube' ? table : [])),
  FOUND_KEYS,
];

/** Where the API has it. */
export function refOfTarget({ table, row }: ObjectTarget): ObjectRef {
  // The casts: which rows a table has, its id decides.
  return isFoundTable(table) ? foundRef(row as FoundRow) : refOf(table as ObjectTable, row);
}

/** The plural of a target's kind. */
const pluralOf = (target: ObjectTarget): string =>
  isFoundTable(target.table) ? refOfTarget(target).resource : target.resource;

/** `deployment/api`. */
export function nameOf(target: ObjectTarget): string {
  return kubectlName(refOfTarget(target));
}

/** The arguments that tell kubectl which namespace is meant. */
export function inNamespace({ row }: ObjectTarget): readonly string[] {
  return row.namespace === '' ? [] : ['-n', row.namespace];
}

/** The right to do something to a target, or to one of its subresources. */
export function rightTo(verb: string, target: ObjectTarget, subresource?: string): AccessRequest {
  const { group, resource, namespace, name } = refOfTarget(target);
  const request = { verb, group, resource, namespace, name };
  return subresource === undefined ? request : { ...request, subresource };
}

/** The right to patch a target, or one of its subresources. */
export function patchAccess(target: ObjectTarget, subresource?: string): AccessRequest {
  return rightTo('patch', target, subresource);
}

/** The row as it is now; undefined when it is gone. */
export function present<Row extends ObjectRow>(
  { table, row }: ObjectTarget<Row>,
  query: Query,
): Row | undefined {
  const now: BaseRow | undefined = query.get(table, row.uid);
  return now === undefined || now.gone > 0 ? undefined : (now as Row);
}

/** Why nothing can be done to a target at all, or empty. */
export function departed({ row }: ObjectTarget): string {
  if (row.gone > 0) return `${row.name} is gone`;
  return row.deleting > 0 ? `${row.name} is being deleted` : '';
}

/** The first reason of any target, or empty. */
export function firstReason<Target extends ObjectTarget>(
  targets: readonly Target[],
  reason: (target: Target) => string,
): string {
  return targets.map(reason).find((text) => text !== '') ?? '';
}

/** `Delete pod/api`, or of several: `Delete 3 pods`. */
export function titleOf(verb: string, targets: readonly ObjectTarget[]): string {
  const [target] = targets;
  if (target === undefined) return verb;
  return targets.length === 1
    ? `${verb} ${nameOf(target)}`
    : `${verb} ${targets.length} ${pluralOf(target)}`;
}
