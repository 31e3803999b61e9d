/** Which rows of a table a pane is about, and how its title says so. */
import type { BaseRow } from '../../domain/rows.ts';
import type { LinkTarget, ResourceDef, Roles } from '../../resources/define.ts';
import type { UiConnection } from '../session.ts';
import type { RowResource } from './row-resource.ts';

/** What narrows a pane: nothing, a namespace, or the row it was opened from. */
export interface Narrowing {
  /** What a link leads to; null, or without `only`, for a pane of its own. */
  readonly target: LinkTarget | null;
  /** Namespace of the connection; empty for all. */
  readonly namespace: string;
}

/** The test that stays, whatever is typed as a filter. */
export function rowsOf(def: RowResource, { target, namespace }: Narrowing) {
  const linked = target?.only as ((row: BaseRow) => boolean) | undefined;
  const byNamespace = linked === undefined && def.scope === 'namespaced' && namespace !== '';
  return (row: BaseRow): boolean =>
    (def.only?.(row) ?? true) &&
    (linked?.(row) ?? true) &&
    (!byNamespace || row.namespace === namespace);
}

/** The word in brackets of the title: `all`, a namespace, or whose rows they are. */
export function scopeWord(def: RowResource, { target, namespace }: Narrowing): string {
  if (target?.only) return target.label;
  if (def.scope !== 'namespaced') return '';
  return namespace === '' ? 'all' : namespace;
}

/** What there is to say of the namespace itself: that it is going, gone, or never was. */
export function namespaceNote(
  def: RowResource,
  narrowing: Narrowing,
  store: UiConnection['store'],
  namespaces: ResourceDef<Roles['namespace']>,
): string {
  const { target, namespace } = narrowing;
  if (target?.only || def.scope !== 'namespaced' || namespace === '') return '';
  if (store.status(namespaces.table).state !== 'live') return '';
  const row = store.named(namespaces.table, '', namespace);
  if (row === undefined || row.gone > 0) return 'the namespace does not exist';
  return row.phase === 'Terminating' ? 'the namespace is terminating' : '';
}

const NONE: ReadonlySet<string> = new Set();
const NAMESPACE: ReadonlySet<string> = new Set(['namespace']);

/** Columns that would say the same in every row. */
export function silentColumns({ target, namespace }: Narrowing): ReadonlySet<string> {
  const only = target?.only ? (target.namespace ?? '') : namespace;
  return only === '' ? NONE : NAMESPACE;
}
