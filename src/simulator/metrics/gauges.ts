/** What was counted in a world since it began to live: steps over time, kept where they change. */
export class Gauges {
  readonly #steps = new Map<string, { readonly at: number; readonly value: number }[]>();

  /** Takes a count. @param at ms */
  record(name: string, at: number, value: number): void {
    const steps = this.#steps.get(name) ?? [];
    this.#steps.set(name, steps);
    if (steps.at(-1)?.value === value) return;
    steps.push({ at, value });
    if (steps.length > MOST) steps.shift();
  }

  /** What it was at a moment; before it was first counted, what it was then; null: it never was. */
  at(name: string, at: number): number | null {
    const steps = this.#steps.get(name);
    return (steps?.findLast((step) => step.at <= at) ?? steps?.[0])?.value ?? null;
  }
}

/** Steps of one count that are kept. */
const MOST = 2000;
