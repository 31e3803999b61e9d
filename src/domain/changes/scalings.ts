/**
 * Scalings of deployments of the time before they were watched. Who scaled stands in the object,
 * without a time: when, and from how many replicas, only events of its replica sets tell.
 */
import type { EventRow } from '../rows.ts';
import { isSameSize, type ChangeQuery, type Size } from './change.ts';

/** The event about a scaling and what asked for it are at most so far apart (ms). */
const TOGETHER = 15_000;
/** While a rollout goes on replica sets are scaled against each other (ms). */
const ROLLOUT = 5 * 60_000;

/** As it is told since 1.31, and before. */
const SCALED = /^Scaled (?:up|down) replica set (\S+) (?:from (\d+) to (\d+)|to (\d+) from (\d+))/;

/** A replica set was given another size. */
export interface Scaling {
  readonly at: number;
  /** How often, of which that was the last time. */
  readonly count: number;
  readonly set: string;
  readonly from: number;
  readonly to: number;
}

/** What the events of deployments tell, by namespace and name. */
export class Scalings {
  readonly #since: number;
  readonly #all = new Map<string, Scaling[]>();

  private constructor(since: number) {
    this.#since = since;
  }

  /**
   * Gathers them: null after each event, so that many can be gone through in pieces.
   * @param since (ms): what was before is no news, but tells what was a rollout
   */
  static *of(query: ChangeQuery, since: number): Generator<null, Scalings> {
    const scalings = new Scalings(since);
    for (const event of query.rows('events')) {
      scalings.#add(event);
      yield null;
    }
    return scalings;
  }

  /** All of the replica sets of a deployment. */
  all(namespace: string, name: string): readonly Scaling[] {
    return this.#all.get(`${namespace}/${name}`) ?? [];
  }

  #add({ reason, objectKind, last, count, namespace, objectName, message }: EventRow): void {
    if (reason !== 'ScalingReplicaSet' || objectKind !== 'Deployment') return;
    const found = last < this.#since - ROLLOUT ? null : SCALED.exec(message);
    if (found === null) return;
    const [, set = '', from = found[5], to = found[4]] = found;
    const key = `${namespace}/${objectName}`;
    const scaling = { at: last, count, set, from: Number(from), to: Number(to) };
    const known = this.#all.get(key);
    if (known === undefined) this.#all.set(key, [scaling]);
    else known.push(scaling);
  }

  /** Those of a deployment that are no part of a rollout. */
  alone(namespace: string, name: string, desired: number): readonly Scaling[] {
    const all = this.all(namespace, name);
    return all.filter(
      ({ set, at, from, to }) =>
        at >= this.#since &&
        from > 0 &&
        // The last of an old template go so.
        (to > 0 || desired === 0) &&
        !all.some((other) => other.set !== set && Math.abs(other.at - at) < ROLLOUT),
    );
  }

  /** Those of a deployment to that size while somebody told of some. */
  between(
    namespace: string,
    name: string,
    size: Size,
    { first, last }: { readonly first: number; readonly last: number },
  ): readonly Scaling[] {
    return this.all(namespace, name).filter(
      (each) => isSameSize(each, size) && each.at >= first - TOGETHER && each.at <= last + TOGETHER,
    );
  }

  /** A scaling of a deployment then with how many replicas there were before, where that is told. */
  sizeOf(namespace: string, name: string, size: Size, at: number): Size {
    const found = this.all(namespace, name).find(
      (each) => isSameSize(each, size) && Math.abs(each.at - at) <= TOGETHER,
    );
    return found === undefined ? size : { from: found.from, to: found.to };
  }
}
