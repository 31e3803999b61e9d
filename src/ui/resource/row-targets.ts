/** What the actions of a pane are about: its rows, or the objects that these only tell of. */
import type { ActionTarget } from '../../actions/engine/define.ts';
import type { BaseRow } from '../../domain/rows.ts';
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
  if (!def.objectActions || !connection) {
    return rows.map((row) => ({ resource: keysOf(def), table: def.table, row }));
  }
  const found = new Map<string, ActionTarget>();
  for (const row of rows) {
    const target = objectOf(row, { def, resources, connection });
    if (typeof target === 'string') return target;
    found.set(target.row.uid, target);
  }
  return [...found.values()];
}

/** The one object that enter leads to; or why there is none. */
function objectOf(
  row: BaseRow,
  { def, resources, connection }: TargetsInput & { readonly connection: UiConnection },
): ActionTarget | string {
  const { store } = connection;
  if (def.enter?.is !== 'link') return `${row.name} leads to no object`;
  const link = def.enter.target(row, store);
  if ('none' in link) return link.none;
  const meant = resources.resolve(link.to ?? def.enter.to, store);
  if (meant.found !== 'one') return `${link.label} is of a kind that this cluster does not have`;
  const to = untyped(meant.resource);
  // The cast: a link keeps rows of the table that it leads to.
  const isMeant = (link.only ?? (() => true)) as (row: BaseRow) => boolean;
  const all = store.rows(to.table) as Iterable<BaseRow>;
  for (const object of all) {
    if (object.gone === 0 && isMeant(object)) {
      return { resource: keysOf(to), table: to.table, row: object };
    }
  }
  return `${to.singular} ${link.label} is not there any more`;
}
