/** What was measured, run by run. */
export class Figures {
  readonly #values = new Map<string, number[]>();

  add(id: string, ...values: readonly number[]): void {
    this.#values.set(id, [...(this.#values.get(id) ?? []), ...values]);
  }

  /** The median of all values; null where it was never measured. */
  median(id: string): number | null {
    return percentile(this.#values.get(id) ?? [], 50);
  }

  all(id: string): readonly number[] {
    return this.#values.get(id) ?? [];
  }
}

/** The value that `p` percent of the values do not exceed; null of none. */
export function percentile(values: readonly number[], p: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? null;
}
