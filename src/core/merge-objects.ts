/**
 * Two people changed the same object: what each of them changed, put together; and where both changed
 * the same field, which that is. Lists whose items have names are merged item by item.
 */
import { isEqual } from './equal.ts';
import type { Json } from './json.ts';
import { own } from './own.ts';

/** A field that both changed, each in another way. `undefined`: it is not there. */
export interface Clash {
  readonly path: string;
  readonly before: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
}

/** What both changed, together; where they clash it is ours. */
export interface Merged {
  readonly value: unknown;
  readonly clashes: readonly Clash[];
}

/** A field that differs. `undefined`: it is not there. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Merges what was made of `before` here and elsewhere. */
export function merge(before: unknown, mine: unknown, theirs: unknown): Merged {
  const clashes: Clash[] = [];
  const value = mergeAt('', { before, mine, theirs }, clashes);
  return { value, clashes };
}

/** The fields that differ, the deepest that can be named. */
export function differences(before: unknown, after: unknown, path = ''): readonly Difference[] {
  if (isEqual(before, after)) return [];
  const parts = partsOf(before, after);
  if (parts === null) return [{ path: path === '' ? '.' : path, before, after }];
  const [left, right] = parts.maps as [Fields, Fields];
  // The same items in another order: that is the list's own difference.
  const found = parts.keys.flatMap((key) =>
    differences(left.get(key), right.get(key), path + parts.name(key)),
  );
  return found.length > 0 ? found : [{ path, before, after }];
}

/**
 * The JSON merge patch (RFC 7386) that makes `after` of `before`; lists are replaced as a whole.
 * Empty where nothing differs.
 */
export function mergePatch(before: Json, after: Json): Json {
  const patch: Record<string, unknown> = {};
  for (const key of keysOf(before, after)) {
    const [old, now] = [own(before, key), own(after, key)];
    if (isEqual(old, now)) continue;
    if (now === undefined) define(patch, key, null);
    else define(patch, key, isObject(old) && isObject(now) ? mergePatch(old, now) : now);
  }
  return patch;
}

/** Of an object, what a merge patch would change. */
export function patchedPart(object: unknown, patch: unknown): unknown {
  if (!isObject(patch) || !isObject(object)) return object;
  const part: Record<string, unknown> = {};
  for (const key of Object.keys(patch))
    define(part, key, patchedPart(own(object, key), own(patch, key)));
  return part;
}

/** The value without what is null in it: the API takes that for what is not there. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value))
    if (inner !== null) define(kept, key, withoutNulls(inner));
  return kept;
}

type Fields = ReadonlyMap<string, unknown>;

interface Three {
  readonly before: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

function mergeAt(path: string, three: Three, clashes: Clash[]): unknown {
  const { before, mine, theirs } = three;
  if (isEqual(mine, before)) return theirs;
  if (isEqual(theirs, before) || isEqual(mine, theirs)) return mine;
  const parts = mine === undefined || theirs === undefined ? null : partsOf(theirs, mine, before);
  if (parts === null) {
    clashes.push({ path: path === '' ? '.' : path, ...three });
    return mine;
  }
  const [other, own, old] = parts.maps as [Fields, Fields, Fields];
  const merged = new Map<string, unknown>();
  for (const key of parts.keys) {
    const inner = { before: old.get(key), mine: own.get(key), theirs: other.get(key) };
    const value = mergeAt(path + parts.name(key), inner, clashes);
    if (value !== undefined) merged.set(key, value);
  }
  return parts.whole(merged);
}

/** Values taken apart in the same way. */
interface Parts {
  readonly maps: readonly Fields[];
  /** Of all of them, those of the first in its order. */
  readonly keys: readonly string[];
  /** How the path goes on to one of them. */
  readonly name: (key: string) => string;
  readonly whole: (parts: Fields) => unknown;
}

/** Takes objects, or lists of named items, apart; null where they cannot all be. */
function partsOf(...values: readonly unknown[]): Parts | null {
  const there = values.filter((value) => value !== undefined);
  if (there.every(isObject)) {
    const maps = values.map(
      (value): Fields => new Map(isObject(value) ? Object.entries(value) : []),
    );
    return { maps, keys: unionOf(maps), name: fieldName, whole: objectOf };
  }
  if (!there.every(isObjectList)) return null;
  const naming = NAMING.find((key) => there.every((list) => isNamedBy(list, key)));
  if (naming === undefined) return null;
  const maps = values.map(
    (list): Fields =>
      new Map((isObjectList(list) ? list : []).map((item) => [nameIn(item, naming), item])),
  );
  const name = (key: string): string => `[${key}]`;
  return { maps, keys: unionOf(maps), name, whole: (parts) => [...parts.values()] };
}

/** What tells an item of a list from the others, in the order in which it is tried. */
const NAMING = [
  'name',
  'key',
  'type',
  'mountPath',
  'devicePath',
  'containerPort',
  'port',
  'uid',
  'ip',
];

const nameIn = (item: Json, key: string): string => String(item[key]);

function isNamedBy(list: readonly Json[], key: string): boolean {
  const isName = (value: unknown): boolean =>
    typeof value === 'string' || typeof value === 'number';
  return (
    list.every((item) => isName(item[key])) &&
    new Set(list.map((item) => nameIn(item, key))).size === list.length
  );
}

const unionOf = (maps: readonly Fields[]): readonly string[] => [
  ...new Set(maps.flatMap((map) => [...map.keys()])),
];

const keysOf = (...objects: readonly Json[]): readonly string[] => [
  ...new Set(objects.flatMap((object) => Object.keys(object))),
];

/** `.replicas`; what has other signs in it is quoted. */
const fieldName = (key: string): string =>
  /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;

function objectOf(fields: Fields): Json {
  const object: Record<string, unknown> = {};
  for (const [key, value] of fields) define(object, key, value);
  return object;
}

/** Also a key such as `__proto__` is but a key. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isObjectList = (value: unknown): value is readonly Json[] =>
  Array.isArray(value) && value.every(isObject);
