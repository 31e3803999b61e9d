/**
 * A text that is read from left to right by several rules. What is looked for ahead is remembered, so
 * that a rule that asks again and again from further on reads the text once: the work stays
 * proportional to its length, whatever is in it. `steps` counts that work, in characters.
 */
export class Scan {
  readonly text: string;
  steps = 0;
  readonly #found = new Map<string, { readonly from: number; readonly at: number }>();

  constructor(text: string) {
    this.text = text;
  }

  /** Where `part` stands next, at `from` or later; the text's end where it does not. */
  next(part: string, from: number): number {
    const known = this.#found.get(part);
    if (known !== undefined && known.from <= from && from <= known.at) return known.at;
    const index = this.text.indexOf(part, from);
    const at = index < 0 ? this.text.length : index;
    this.steps += at - from + 1;
    this.#found.set(part, { from, at });
    return at;
  }

  /** The nearest of several, as {@link next}. */
  nextOf(parts: readonly string[], from: number): number {
    return Math.min(...parts.map((part) => this.next(part, from)));
  }

  /** The first position from `from` on, before `end`, where a character is not among `chars`. */
  run(chars: ReadonlySet<string>, from: number, end = this.text.length): number {
    let at = from;
    while (at < end && chars.has(this.text.charAt(at))) at++;
    this.steps += at - from + 1;
    return at;
  }

  /** Where a run of `chars` that ends before `end` begins, `floor` at the earliest. */
  runBack(chars: ReadonlySet<string>, end: number, floor: number): number {
    let at = end;
    while (at > floor && chars.has(this.text.charAt(at - 1))) at--;
    this.steps += end - at + 1;
    return at;
  }
}
