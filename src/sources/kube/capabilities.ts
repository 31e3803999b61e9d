import { kindUid } from '../../domain/kinds.ts';
import type { KindRef } from '../../domain/ref.ts';

/**
 * What a cluster's servers were found not to do; shared by all that follow one connection. Groups
 * may be served by programs of their own behind the API server, so that what one of them lacks
 * says nothing of the others.
 */
export class Capabilities {
  readonly #withoutStreaming = new Set<string>();
  readonly #plain = new Set<string>();

  /** Whether a watch may be asked to begin with the full list. */
  streamsList({ group }: KindRef): boolean {
    // What serves the core group serves most others too: what it lacks they lack.
    return !this.#withoutStreaming.has(group) && !this.#withoutStreaming.has('');
  }

  /** The server of a kind does not begin watches with the full list. */
  listsInPages({ group }: KindRef): void {
    this.#withoutStreaming.add(group);
  }

  /** Whether a kind is to be asked for in plain JSON, all else having been refused. */
  isPlain(kind: KindRef): boolean {
    return this.#plain.has(kindUid(kind));
  }

  /** A kind was refused in the form in which it was asked for. @returns false: there is no other */
  refuse(kind: KindRef): boolean {
    if (this.isPlain(kind)) return false;
    this.#plain.add(kindUid(kind));
    return true;
  }
}
