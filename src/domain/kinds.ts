/** What an API server offers besides the kinds that the program knows by name. */
import type { KindRef } from './kind-ref.ts';
import type { BaseRow, ObjectRow } from './row.ts';

/**
 * A kind that a cluster's API server offers, and lists; a row of the table `kinds`. Its uid is
 * {@link kindUid}, its name the plural; it has no namespace and no time of creation.
 */
export interface KindRow extends BaseRow {
  /** API group, empty for the core group. */
  readonly group: string;
  /** The version that the server prefers. */
  readonly version: string;
  /** Every version in which the server has it, the preferred one first. */
  readonly versions: readonly string[];
  /** As objects name it, e.g. `NodePool`. */
  readonly kind: string;
  /** In small letters; servers may leave it empty. */
  readonly singular: string;
  readonly shortNames: readonly string[];
  /** Groups of kinds that it is listed with, e.g. `all`. */
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** What may be done with it, e.g. `list`, `watch`, `delete`. */
  readonly verbs: readonly string[];
}

/** A column of a kind, as the server prints it. */
export interface FoundColumn {
  readonly name: string;
  /** As OpenAPI has it: `string`, `integer`, `number`, `boolean` or `date`. */
  readonly type: string;
  /** What the text is, e.g. `name` for the column that tells rows apart; mostly empty. */
  readonly format: string;
  readonly description: string;
  /** 0: always shown; more: only where there is room (`-o wide`). */
  readonly priority: number;
}

/** What a server prints in one column of a row. */
export type FoundCell = string | number | boolean | null;

/** A row of a kind that has no table of its own: as the server prints it. */
export interface FoundRow extends ObjectRow {
  readonly kind: KindRef;
  /** One for each {@link FoundColumn}, in their order; ages are text of the time they were printed. */
  readonly cells: readonly FoundCell[];
}

/** What tells kinds of one server apart: `nodepools.karpenter.sh`, for the core group `pods.`. */
export function kindUid({ resource, group }: Pick<KindRef, 'resource' | 'group'>): string {
  return `${resource}.${group}`;
}

/** Where the server has the objects of a kind. */
export function kindRefOf({ group, version, name, kind, namespaced }: KindRow): KindRef {
  return { group, version, resource: name, kind, namespaced };
}
