import { firstWhere } from '../core/first-where.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { SourceStatus } from '../domain/status.ts';
import { compareGone, compareName } from './identity-order.ts';
import type { ViewShape, SortedPart } from './view-types.ts';

/** The rows of one cluster, in the order that is common to all parts. */
export interface ClusterPart<Row> {
  readonly cluster: ClusterKey;
  readonly view: SortedPart<Row>;
}

/** Where a merged list is cut in two: how many rows of each part stand before the cut. */
interface Cut {
  readonly index: number;
  readonly taken: readonly number[];
}

/** Up to this many rows further it is cheaper to walk from the last cut than to look for another. */
const WALK = 64;

/** Stands between cluster and uid: neither of them holds it. */
const SEPARATOR = '\n';

/**
 * The rows of several stores as one list. Nothing is kept of it but where it was cut last: a change
 * costs what it costs in its own part, and a place is found among the ordered parts when it is asked
 * for, in O(log² n) for each part; the rows behind it come one by one. Rows of one namespace and name
 * stand in the order of the parts.
 */
export class MergedView<Row extends BaseRow> {
  readonly #parts: readonly ClusterPart<Row>[];
  readonly #status: () => SourceStatus;
  #compare: ViewShape<Row>['compare'];
  #cut: Cut | null = null;
  /** Of the parts, when the last cut was made. */
  #versions: readonly number[] = [];

  /**
   * @param compare the order that the views of all parts have
   * @param status how all parts stand as one
   */
  constructor(
    parts: readonly ClusterPart<Row>[],
    compare: ViewShape<Row>['compare'],
    status: () => SourceStatus,
  ) {
    this.#parts = parts;
    this.#compare = compare;
    this.#status = status;
  }

  get matched(): number {
    return this.#parts.reduce((sum, { view }) => sum + view.matched, 0);
  }

  get total(): number {
    return this.#parts.reduce((sum, { view }) => sum + view.total, 0);
  }

  get length(): number {
    return this.#parts.reduce((sum, { view }) => sum + view.length, 0);
  }

  get status(): SourceStatus {
    return this.#status();
  }

  /** Objects of two clusters may have the same uid: two contexts may lead to one cluster. */
  keyOf({ cluster, uid }: Row): string {
    return cluster + SEPARATOR + uid;
  }

  window(from: number, to: number): readonly Row[] {
    const start = Math.max(0, from);
    const end = Math.min(to, this.length);
    if (start >= end) return [];
    const taken = [...this.#cutAt(start).taken];
    const rows: Row[] = [];
    for (let i = start; i < end; i++) {
      const next = this.#nextOf(taken);
      const row = this.#parts[next]?.view.at(taken[next] ?? 0);
      if (row === undefined) break;
      rows.push(row);
      taken[next] = (taken[next] ?? 0) + 1;
    }
    return rows;
  }

  at(index: number): Row | undefined {
    return index < 0 ? undefined : this.window(index, index + 1)[0];
  }

  /** Where the row of a {@link keyOf} stands now, -1 where it is not listed. */
  indexOf(key: string): number {
    const { part, uid } = this.#split(key);
    const own = this.#parts[part]?.view.indexOf(uid) ?? -1;
    return own < 0 ? -1 : this.#placeOf(part, own);
  }

  isThere(key: string): boolean {
    const { part, uid } = this.#split(key);
    return this.#parts[part]?.view.isThere(uid) ?? false;
  }

  update(shape: Partial<ViewShape<Row>>): void {
    if (shape.compare !== undefined) this.#compare = shape.compare;
    for (const { view } of this.#parts) view.update(shape);
    this.#cut = null;
  }

  finish(): void {
    for (const { view } of this.#parts) view.finish();
  }

  subscribe(listener: () => void): () => void {
    const stops = this.#parts.map(({ view }) => view.subscribe(listener));
    return () => {
      for (const stop of stops) stop();
    };
  }

  close(): void {
    for (const { view } of this.#parts) view.close();
  }

  #cutAt(index: number): Cut {
    const versions = this.#parts.map(({ view }) => view.version);
    if (versions.some((version, i) => version !== this.#versions[i])) this.#cut = null;
    this.#versions = versions;
    const last = this.#cut;
    const isNear = last !== null && index >= last.index && index - last.index <= WALK;
    this.#cut = {
      index,
      taken: isNear ? this.#walk(last, index) : this.#parts.map((_, i) => this.#before(i, index)),
    };
    return this.#cut;
  }

  #walk({ index, taken }: Cut, to: number): readonly number[] {
    const moved = [...taken];
    for (let i = index; i < to; i++) {
      const next = this.#nextOf(moved);
      moved[next] = (moved[next] ?? 0) + 1;
    }
    return moved;
  }

  /** The part that the next row is of. */
  #nextOf(taken: readonly number[]): number {
    let best = -1;
    let least: Row | undefined;
    for (const [part, { view }] of this.#parts.entries()) {
      const row = view.placedAt(taken[part] ?? 0);
      if (row === undefined) continue;
      if (least === undefined || this.#order(row, part, least, best) < 0) {
        least = row;
        best = part;
      }
    }
    return best;
  }

  /** How many rows of a part stand among the first `index` of all. */
  #before(part: number, index: number): number {
    const { length } = this.#parts[part]?.view ?? { length: 0 };
    return firstWhere(length, (own) => this.#placeOf(part, own) >= index);
  }

  /** Which of the parts the row of a key is of, and its uid there. */
  #split(key: string): { readonly part: number; readonly uid: string } {
    const end = key.indexOf(SEPARATOR);
    const cluster = key.slice(0, end);
    const part = this.#parts.findIndex((each) => each.cluster === cluster);
    return { part, uid: key.slice(end + SEPARATOR.length) };
  }

  /** Where a row of a part stands among those of all. */
  #placeOf(part: number, own: number): number {
    const row = this.#parts[part]?.view.placedAt(own);
    if (row === undefined) return this.length;
    let place = own;
    for (const [other, { view }] of this.#parts.entries()) {
      if (other === part) continue;
      place += firstWhere(view.length, (i) => {
        const each = view.placedAt(i);
        return each === undefined || this.#order(each, other, row, part) > 0;
      });
    }
    return place;
  }

  /** The order of the parts themselves, and then theirs: 0 for no two rows of different parts. */
  #order(a: Row, partOfA: number, b: Row, partOfB: number): number {
    return compareGone(a, b) || this.#compare(a, b) || compareName(a, b) || partOfA - partOfB;
  }
}
