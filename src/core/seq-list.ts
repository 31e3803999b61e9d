/** Ascending sequence numbers of lines: they come at the end, and fall away in front. */
import { firstWhere } from './first-where.ts';

export class SeqList {
  /** Those before #head are gone. */
  #seqs: number[] = [];
  #head = 0;

  get length(): number {
    return this.#seqs.length - this.#head;
  }

  /** The number at `index`, -1 where there is none. */
  at(index: number): number {
    return index < 0 ? -1 : (this.#seqs[this.#head + index] ?? -1);
  }

  /** Index of the first number that is at least `seq`; `length` where there is none. */
  indexFrom(seq: number): number {
    return firstWhere(this.length, (index) => this.at(index) >= seq);
  }

  has(seq: number): boolean {
    return seq >= 0 && this.at(this.indexFrom(seq)) === seq;
  }

  /** @param seq larger than all that are there */
  push(seq: number): void {
    this.#seqs.push(seq);
  }

  /** Takes in numbers, ascending, none of which is there; costs what stands behind the first of them. */
  insert(seqs: readonly number[]): void {
    const [first] = seqs;
    if (first === undefined) return;
    if (first > this.at(this.length - 1)) {
      this.#seqs.push(...seqs);
      return;
    }
    const behind = this.cut(first);
    let next = 0;
    for (const seq of seqs) {
      for (; (behind[next] ?? Infinity) < seq; next++) this.#seqs.push(behind[next] ?? seq);
      this.#seqs.push(seq);
    }
    for (; next < behind.length; next++) this.#seqs.push(behind[next] ?? 0);
  }

  /** Takes numbers out; costs what stands behind the smallest of them. */
  remove(seqs: ReadonlySet<number>): void {
    const behind = this.cut(Math.min(...seqs));
    for (const seq of behind) if (!seqs.has(seq)) this.#seqs.push(seq);
  }

  /** Takes out, and returns, all that are at least `seq`. */
  cut(seq: number): readonly number[] {
    return this.#seqs.splice(this.#head + this.indexFrom(seq));
  }

  /** Forgets all below `first`; O(1) for each over time. */
  trim(first: number): void {
    while (this.length > 0 && this.at(0) < first) this.#head++;
    // Copied only when half is waste.
    if (this.#head > 1024 && this.#head * 2 > this.#seqs.length) this.keep(() => true);
  }

  /** Forgets all that are not to be kept. */
  keep(isKept: (seq: number) => boolean): void {
    this.#seqs = this.#seqs.slice(this.#head).filter(isKept);
    this.#head = 0;
  }
}
