/** What the actions of a pane are about: its rows, or the objects that these only tell of. */
import type { ActionTarget } from '../../actions/engine/define.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { LinkTarget } from '../../resources/enter.ts';
import type { ResourceRegistry } from '../../resources/registry.ts';
import { keysOf } from '../bindings.ts';
import type { UiConnection } from '../session.ts';
import { untyped, type RowResource } from './row-resource.ts';

/** What rows are looked up by. */
export interface TargetsInput {
  readonly def: RowResource;
  readonly resources: Pick<ResourceRegistry, 'resolve'>;
  readonly connection: UiConnection | null;
}

/** The targets of an action on these rows, each once; or why one of them leads to none. */
export function targetsOf(
  rows: readonly BaseRow[],
  { def, resources, connection }: TargetsInput,
): readonly ActionTarget[] | string {
  const { objectActions } = def;
  if (!objectActions || !connection) {
    return rows.map((row) => ({ resource: keysOf(def), table: def.table, row }));
  }
  const found = new Map<string, ActionTarget>();
  for (const row of rows) {
    const link = objectActions.object(row, connection.store);
    const target = 'none' in link ? link.none : objectAt(link, resources, connection);
    if (typeof target === 'string') return target;
    found.set(target.row.uid, target);
  }
  return [...found.values()];
}

/** The object that a link leads to; or why there is none. */
function objectAt(
  { to = '', label, only = () => true }: LinkTarget,
  resources: TargetsInput['resources'],
  { store }: UiConnection,
): ActionTarget | string {
  const meant = resources.resolve(to, store);
  if (meant.found !== 'one') return `${label} is of a kind that this cluster does not have`;
  const target = untyped(meant.resource);
  // The cast: a link keeps rows of the table that it leads to.
  const isMeant = only as (row: BaseRow) => boolean;
  for (const row of store.rows(target.table) as Iterable<BaseRow>) {
    if (row.gone === 0 && isMeant(row)) {
      return { resource: keysOf(target), table: target.table, row };
    }
  }
  return `${target.singular} ${label} is not there any more`;
}
