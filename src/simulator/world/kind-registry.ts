import { apiVersionOf, KINDS, OLDER_VERSIONS } from './kinds.ts';
import type { Kind, Resource } from './kinds.ts';

/** The kinds of one cluster: those that every cluster has, and those that it defines. */
export class KindRegistry {
  private readonly byResource = new Map<Resource, Kind>(KINDS.map((kind) => [kind.resource, kind]));
  private all: readonly Kind[] = [...KINDS, ...OLDER_VERSIONS];

  /** One of each kind: as it is stored. */
  get stored(): readonly Kind[] {
    return [...this.byResource.values()];
  }

  /** Each version of each kind, the preferred one first; another list once it has changed. */
  get served(): readonly Kind[] {
    return this.all;
  }

  has(resource: Resource): boolean {
    return this.byResource.has(resource);
  }

  /** @throws {Error} for a resource that the cluster does not have */
  of(resource: Resource): Kind {
    const found = this.byResource.get(resource);
    if (!found) throw new Error(`no such resource: ${resource}`);
    return found;
  }

  /** The kind that a URL names, or undefined. */
  find(group: string, version: string, plural: string): Kind | undefined {
    return this.all.find(
      (each) => each.plural === plural && each.group === group && each.version === version,
    );
  }

  /** The kind that an owner reference names, or undefined. */
  named(apiVersion: string, kind: string): Kind | undefined {
    return this.all.find((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
  }

  /** Takes the versions of a kind, in place of those that were there. */
  define(resource: Resource, versions: readonly Kind[]): void {
    this.undefine(resource);
    const [preferred] = versions;
    if (preferred) this.byResource.set(resource, preferred);
    this.all = [...this.all, ...versions];
  }

  undefine(resource: Resource): void {
    this.byResource.delete(resource);
    this.all = this.all.filter((each) => each.resource !== resource);
  }
}
