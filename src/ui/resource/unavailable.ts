/** Commands of tables that a resource has no use for: neither hints nor help offer them. */
import type { BaseRow } from '../../domain/rows.ts';
import type { PartsDef } from '../../resources/enter.ts';
import type { RowResource } from './row-resource.ts';

const LOGS = ['logs', 'logs.previous', 'logs.history', 'logs.compare'];
const NAMESPACES = ['namespace.row', 'copy.namespace'];

/** What makes no sense on the rows of a resource. */
export function unavailableOn(def: RowResource): ReadonlySet<string> {
  return new Set([
    ...(def.pods ? [] : def.kept ? LOGS.slice(1) : LOGS),
    ...(def.kept ? [] : ['logs.kept']),
    ...(def.charts ? [] : ['charts']),
    ...(def.ref ? [] : ['yaml']),
    ...(def.why ? [] : ['why']),
    ...(def.scope === 'namespaced' ? [] : NAMESPACES),
    ...(def.enter ? [] : ['enter']),
    ...(def.enter?.is === 'connect' ? [] : ['disconnect']),
  ]);
}

/** What makes no sense on the parts of a row: they are described with it. */
export function unavailableOnParts(
  { scope, why }: RowResource,
  { enter }: PartsDef<BaseRow>,
): ReadonlySet<string> {
  return new Set([
    ...['describe', 'compare', 'yaml', 'namespace.row', 'logs.compare', 'disconnect'],
    ...(why ? [] : ['why']),
    ...['logs.kept', 'charts'],
    ...(enter.is === 'logs' ? [] : LOGS),
    ...(scope === 'namespaced' ? [] : NAMESPACES),
  ]);
}
