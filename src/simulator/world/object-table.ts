import type { KubeObject } from './objects.ts';
import type { Resource } from './kinds.ts';

/** One change, as a watch tells it. */
export interface Change<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  readonly resourceVersion: number;
  readonly object: T;
  /** What was there before; null for ADDED. */
  readonly previous: T | null;
}

/** The objects of one kind, and what has lately become of them. */
export class ObjectTable {
  readonly objects = new Map<string, KubeObject>();
  /** Keys by namespace: a controller that looks at one must not pay for all. */
  readonly byNamespace = new Map<string, Set<string>>();
  /** Objects, by their keys, by the uid of each owner: controllers ask for them all the time. */
  readonly byOwner = new Map<string, Map<string, KubeObject>>();
  /** Keys in etcd's order; null when it must be sorted anew. */
  order: string[] | null = [];
  /** The last changes, oldest first. */
  private readonly history: Change[] = [];
  /** Changes up to and including this version are no longer remembered. */
  compacted: number;

  constructor(version: number) {
    this.compacted = version;
  }

  /** @param limit how many changes a watch can go back */
  remember(change: Change, limit: number): void {
    this.history.push(change);
    if (this.history.length <= limit * 1.25) return;
    const forgotten = this.history.splice(0, this.history.length - limit);
    this.compacted = forgotten.at(-1)?.resourceVersion ?? this.compacted;
  }

  /** The changes after a version, oldest first; null when some of them are forgotten. */
  since(version: number): readonly Change[] | null {
    if (version < this.compacted) return null;
    let low = 0;
    let high = this.history.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.history[middle]?.resourceVersion ?? 0) > version) high = middle;
      else low = middle + 1;
    }
    return this.history.slice(low);
  }
}
