import { canonicalJson } from '../world/canonical.ts';
import { apiVersionOf } from '../world/kinds.ts';
import type { Kind } from '../world/kinds.ts';
import type { KubeObject, ManagedFields } from '../world/objects.ts';
import { flatten, humanPath, leavesOf, managedFieldsOf, treeOf } from './managed-fields.ts';
import { ApiError } from './status.ts';

/** Who writes, and how. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** Empty for the object itself. */
  readonly subresource: string;
  readonly time: string;
}

/** What an entry of managed fields holds, by path. */
type Owner = Omit<ManagedFields, 'fieldsV1'> & { readonly paths: Set<string> };

/** The object with who owns its fields, after `writer` made `next` of `before` (null: made it). */
export function ownedAfterUpdate(
  kind: Kind,
  before: KubeObject | null,
  next: KubeObject,
  writer: Writer,
): KubeObject {
  const was = before === null ? new Map<string, string>() : flatten(before);
  const is = flatten(next);
  const changed = new Set([...is.keys()].filter((path) => is.get(path) !== was.get(path)));
  const owners = before === null ? [] : ownersOf(kind, before);
  for (const { paths } of owners) {
    for (const path of paths) if (changed.has(path) || !is.has(path)) paths.delete(path);
  }
  const mine = entryOf(owners, kind, writer);
  for (const path of changed) mine.paths.add(path);
  return withOwners(next, owners);
}

/**
 * The fields that an apply would take from others.
 * @throws {ApiError} 409 with each field and its manager
 */
export function checkConflicts(
  kind: Kind,
  before: KubeObject,
  applied: KubeObject,
  writer: Writer,
): void {
  const live = flatten(before);
  const wanted = flatten(applied);
  const conflicts = ownersOf(kind, before)
    .filter((owner) => !isOf(owner, writer))
    .flatMap((owner) =>
      [...owner.paths]
        .filter((path) => wanted.has(path) && wanted.get(path) !== live.get(path))
        .map((path) => ({ who: nameOf(owner), path: humanPath(path) })),
    );
  if (conflicts.length === 0) return;
  throw new ApiError(409, 'Conflict', conflictMessage(conflicts), {
    causes: conflicts.map(({ who, path }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${who}`,
      field: path,
    })),
  });
}

/** The paths that an applier had and no longer names, and that nobody else owns: they go. */
export function abandoned(
  kind: Kind,
  before: KubeObject,
  applied: KubeObject,
  writer: Writer,
): readonly string[] {
  const owners = ownersOf(kind, before);
  const wanted = flatten(applied);
  const mine = owners.find((owner) => isOf(owner, writer));
  const others = owners.filter((owner) => owner !== mine);
  return [...(mine?.paths ?? [])].filter(
    (path) => !wanted.has(path) && !others.some(({ paths }) => paths.has(path)),
  );
}

/** The object with who owns its fields, after an apply. */
export function ownedAfterApply(
  kind: Kind,
  before: KubeObject | null,
  next: KubeObject,
  applied: KubeObject,
  writer: Writer,
): KubeObject {
  const was = before === null ? new Map<string, string>() : flatten(before);
  const is = flatten(next);
  const wanted = new Set(flatten(applied).keys());
  const owners = before === null ? [] : ownersOf(kind, before);
  for (const { paths } of owners) {
    for (const path of paths) {
      if (!is.has(path) || (wanted.has(path) && is.get(path) !== was.get(path))) paths.delete(path);
    }
  }
  const mine = entryOf(owners, kind, writer);
  mine.paths.clear();
  for (const path of wanted) if (is.has(path)) mine.paths.add(path);
  return withOwners(next, owners);
}

function ownersOf(kind: Kind, object: KubeObject): Owner[] {
  return managedFieldsOf(kind, object)
    .filter(({ subresource }) => subresource !== 'status')
    .map(({ fieldsV1, ...rest }) => ({ ...rest, paths: new Set(leavesOf(fieldsV1)) }));
}

function isOf(owner: Owner, { manager, operation, subresource }: Writer): boolean {
  return (
    owner.manager === manager &&
    owner.operation === operation &&
    (owner.subresource ?? '') === subresource
  );
}

function entryOf(owners: Owner[], kind: Kind, writer: Writer): Owner {
  const known = owners.findIndex((owner) => isOf(owner, writer));
  const { manager, operation, subresource, time } = writer;
  const entry: Owner = {
    manager,
    operation,
    apiVersion: apiVersionOf(kind),
    // Of what is written by way of a scale a real server tells no time.
    ...(subresource !== 'scale' && { time }),
    fieldsType: 'FieldsV1',
    ...(subresource !== '' && { subresource }),
    paths: owners[known]?.paths ?? new Set(),
  };
  if (known >= 0) owners.splice(known, 1);
  owners.push(entry);
  return entry;
}

function withOwners(object: KubeObject, owners: readonly Owner[]): KubeObject {
  const managedFields = owners
    .filter(({ paths }) => paths.size > 0)
    .map(({ paths, ...rest }) => ({ ...rest, fieldsV1: treeOf([...paths]) }));
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

/** Whether two objects are the same but for who owns what. */
export function sameButOwners(a: KubeObject, b: KubeObject): boolean {
  const bare = ({ metadata, ...rest }: KubeObject): string =>
    canonicalJson({ ...rest, metadata: { ...metadata, managedFields: null } });
  return bare(a) === bare(b);
}

/** Whether the same managers own the same fields, whenever they wrote them; a status is nobody's. */
export function sameOwners(a: readonly ManagedFields[], b: readonly ManagedFields[]): boolean {
  const told = (entries: readonly ManagedFields[]): string =>
    entries
      .filter(({ subresource }) => subresource !== 'status')
      .map((entry) => canonicalJson({ ...entry, time: '' }))
      .sort()
      .join();
  return told(a) === told(b);
}

function nameOf({ manager, subresource, apiVersion }: Owner): string {
  const part = subresource === undefined ? '' : ` with subresource "${subresource}"`;
  return `"${manager}"${part} using ${apiVersion}`;
}

function conflictMessage(conflicts: readonly { readonly who: string; readonly path: string }[]) {
  const [first] = conflicts;
  if (conflicts.length === 1 && first !== undefined) {
    return `Apply failed with 1 conflict: conflict with ${first.who}: ${first.path}`;
  }
  const told = [...new Set(conflicts.map(({ who }) => who))].map((who) => {
    const paths = conflicts.filter((each) => each.who === who).map(({ path }) => `\n- ${path}`);
    return `conflicts with ${who}:${paths.join('')}`;
  });
  return `Apply failed with ${conflicts.length} conflicts: ${told.join('\n')}`;
}
