/**
 * The resources there are, by the names that people type. Made once where the program is composed
 * and handed to whoever needs names.
 */
import { nearest } from '../core/nearest.ts';
import { kindUid } from '../domain/kinds.ts';
import { kindOf, type KindRef } from '../domain/ref.ts';
import { isKubeTable, type TableId } from '../domain/tables/index.ts';
import type { Query } from '../ports/query.ts';
import type { AnyResource, ResourceDef, Roles } from './define.ts';

/** What a name stands for. */
export type Resolution =
  | { readonly found: 'one'; readonly resource: AnyResource }
  /** Which is meant cannot be known: each of these names, `plural.group`, means one. */
  | { readonly found: 'several'; readonly names: readonly string[] }
  /** Nothing: {@link ResourceRegistry.nearest} may know what was meant. */
  | { readonly found: 'none' };

/** What help says of a pane. */
export interface Described {
  readonly title: string;
  readonly description: string;
  readonly columns: readonly { readonly title: string; readonly description: string }[];
}

/** Finds the resources of the kinds that only some clusters have, by what the store of one holds. */
export type FindKinds = (query: Query) => readonly AnyResource[];

/** The resources that names are looked up in. */
export class ResourceRegistry {
  /** Those that are known from the start, in the order in which help and completion list them. */
  readonly all: readonly AnyResource[];
  readonly #find: FindKinds;
  readonly #byId: ReadonlyMap<string, AnyResource>;
  /** The kinds that have a resource, by {@link kindUid}. */
  readonly #declared: ReadonlyMap<string, AnyResource>;

  constructor(resources: readonly AnyResource[], find: FindKinds = () => []) {
    this.all = resources;
    this.#find = find;
    this.#byId = new Map(resources.map((resource) => [resource.id, resource]));
    this.#declared = new Map(
      resources.flatMap((resource) => {
        const at = placeOf(resource);
        return at === null ? [] : [[kindUid(at), resource] as const];
      }),
    );
  }

  /** The pane to begin with on a cluster, and to go to in a namespace. */
  get home(): AnyResource {
    return this.#inRole('home');
  }

  /** The clusters that can be connected to. */
  get fleet(): ResourceDef<Roles['fleet']> {
    return this.#inRole('fleet') as ResourceDef<Roles['fleet']>;
  }

  /** What other resources are in. */
  get namespaces(): ResourceDef<Roles['namespace']> {
    return this.#inRole('namespace') as ResourceDef<Roles['namespace']>;
  }

  /** What changed lately. */
  get timeline(): AnyResource {
    return this.#inRole('timeline');
  }

  /** The tables that are read for as long as a cluster is connected to. */
  get alwaysRead(): readonly TableId[] {
    const counted = this.all.filter(({ inHeader }) => inHeader?.read === true);
    return [...counted.map(({ table }) => table), this.namespaces.table];
  }

  /** The resource of an id, as declarations and what is remembered name it. */
  byId(id: string, query: Query | null = null): AnyResource | undefined {
    return this.#byId.get(id) ?? this.found(query).find((each) => each.id === id);
  }

  /** What is said of the pane of a resource, or of the parts of one, by its id. */
  described(id: string, query: Query | null = null): Described | undefined {
    const own = this.byId(id, query);
    if (own) return own;
    const parts = this.all.flatMap(({ enter }) => (enter?.is === 'parts' ? enter.parts : []));
    return parts.find((each) => each.id === id);
  }

  /** Every name that a resource goes by: id, singular, aliases. */
  namesOf({ id, singular, aliases }: AnyResource): readonly string[] {
    return [...new Set([id, singular, ...aliases])];
  }

  /**
   * What is meant by a name as people type it, whatever its case: one of a resource's names, alone or
   * as kubectl takes it with its group (`deploy.apps`) or version and group (`deploy.v1.apps`).
   * @param query the cluster that it is asked on; null for none
   */
  resolve(name: string, query: Query | null): Resolution {
    const typed = name.toLowerCase();
    const [, word = '', place] = /^([^.]*)(?:\.(.*))?$/s.exec(typed) ?? [];
    const named = (resource: AnyResource): boolean =>
      this.namesOf(resource).includes(word) && (place === undefined || isIn(place, resource));
    // What the program knows better than the cluster tells it comes first.
    const candidates =
      [
        this.all.filter(named),
        this.found(query).filter(named),
        this.#inCategory(typed, query),
      ].find((each) => each.length > 0) ?? [];
    const [resource, another] = candidates;
    if (resource && !another) return { found: 'one', resource };
    if (resource) return { found: 'several', names: candidates.map(fullName) };
    return { found: 'none' };
  }

  /**
   * The name most like one that is none, whatever its group, for "did you mean"; null where none is near.
   * @param more other words that may be meant
   */
  nearest(name: string, query: Query | null, more: readonly string[] = []): string | null {
    const names = [...this.all, ...this.found(query)].flatMap((each) => this.namesOf(each));
    return nearest(name.replace(/\..*$/s, ''), [...names, ...more]);
  }

  /** The kinds of that cluster that no file declares, by what is known of them by now. */
  found(query: Query | null): readonly AnyResource[] {
    if (query === null) return [];
    return this.#find(query).filter((each) => {
      const at = placeOf(each);
      return at === null || !this.#declared.has(kindUid(at));
    });
  }

  /** The kinds that the cluster lists together under a word, by their resource here. */
  #inCategory(word: string, query: Query | null): readonly AnyResource[] {
    const offered = query === null ? [] : this.#find(query);
    return offered
      .filter(({ categories = [] }) => categories.includes(word))
      .map((each) => {
        const at = placeOf(each);
        return (at && this.#declared.get(kindUid(at))) ?? each;
      });
  }

  #inRole(role: keyof Roles): AnyResource {
    const found = this.all.find((resource) => resource.role === role);
    if (!found) throw new Error(`no resource is declared as ${role}`);
    return found;
  }
}

/** Where the API has what a resource shows; null for what is no API server's. */
export function placeOf({ table, kind }: AnyResource): KindRef | null {
  return isKubeTable(table) ? kindOf(table) : (kind ?? null);
}

/** Is a resource of that group, or version and group. */
function isIn(place: string, resource: AnyResource): boolean {
  const at = placeOf(resource);
  if (at === null) return false;
  // The core group has no name: `pods.v1.`, or as people shorten it `pods.v1`.
  return place === at.group || place.replace(/\.$/, '') === qualified(at.version, at.group);
}

function fullName(resource: AnyResource): string {
  const at = placeOf(resource);
  return at === null ? resource.id : qualified(at.resource, at.group);
}

const qualified = (name: string, group: string): string =>
  group === '' ? name : `${name}.${group}`;
