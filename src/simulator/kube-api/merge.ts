import { applyPatch } from 'rfc6902';
import { ApiError, badRequest } from './status.ts';

type Json = Record<string, unknown>;

/** JSON merge patch (RFC 7386): null removes, objects merge, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** JSON patch (RFC 6902). @throws {ApiError} where an operation cannot be applied */
export function jsonPatch(target: object, patch: unknown): object {
  if (!Array.isArray(patch)) throw badRequest('a JSON patch must be an array of operations');
  const copy = structuredClone(target);
  for (const error of applyPatch(copy, patch as Parameters<typeof applyPatch>[1])) {
    if (error) {
      // No more is told, as by API servers.
      throw new ApiError(
        422,
        'Invalid',
        'the server rejected our request due to an error in our request',
        {},
      );
    }
  }
  return copy;
}

/** By which field the items of a list are the same item; lists that are not here are replaced. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  imagePullSecrets: 'name',
  ports: 'containerPort',
  conditions: 'type',
  taints: 'key',
  addresses: 'type',
  ownerReferences: 'uid',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
};

/**
 * Strategic merge patch, as far as kubectl uses it: keyed lists, `$patch: replace|delete`,
 * `$deleteFromPrimitiveList` and `$retainKeys`.
 */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(target) ? { ...target } : {};
  if (patch['$patch'] === 'replace') return strip(patch);
  const retained = patch['$retainKeys'];
  if (Array.isArray(retained)) {
    for (const key of Object.keys(result))
      if (!retained.includes(key)) Reflect.deleteProperty(result, key);
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const name = key.slice('$deleteFromPrimitiveList/'.length);
      const gone = value as unknown[];
      result[name] = ((result[name] ?? []) as unknown[]).filter((each) => !gone.includes(each));
    } else if (key.startsWith('$')) continue;
    else if (value === null) Reflect.deleteProperty(result, key);
    else if (Array.isArray(value)) result[key] = mergeList(key, result[key], value);
    else result[key] = strategicMerge(result[key], value);
  }
  return result;
}

function mergeList(name: string, target: unknown, patch: readonly unknown[]): unknown {
  if (name === 'finalizers') return [...new Set([...((target ?? []) as unknown[]), ...patch])];
  const known = Array.isArray(target) ? (target as Json[]) : [];
  // Ports of services merge by `port`, those of containers by `containerPort`.
  const key =
    name === 'ports' && patch.some((each) => isObject(each) && 'port' in each)
      ? 'port'
      : MERGE_KEYS[name];
  if (!key || !patch.every(isObject)) return patch;
  if (patch.some((item) => item['$patch'] === 'replace')) {
    return patch.filter((item) => item['$patch'] === undefined);
  }
  let result = [...known];
  for (const item of patch) {
    const at = result.findIndex((each) => each[key] === item[key]);
    if (item['$patch'] === 'delete') result = result.filter((_, index) => index !== at);
    else if (at < 0) result.push(strip(item));
    else result[at] = strategicMerge(result[at], item) as Json;
  }
  return result;
}

function strip(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('$')));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
