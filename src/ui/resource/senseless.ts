import type { RowResource } from './erased.ts';

const LOGS = ['logs', 'logs.previous'];
const NAMESPACES = ['warp', 'copy.namespace'];

/** Commands of tables that a resource has no use for. */
export function senseless(def: RowResource): ReadonlySet<string> {
  const opens = def.links['enter'] !== undefined || def.table === 'pods';
  return new Set([
    ...(def.pods ? [] : LOGS),
    ...(def.ref ? [] : ['yaml']),
    ...(def.scope === 'namespaced' ? [] : NAMESPACES),
    ...(opens ? [] : ['enter']),
  ]);
}
