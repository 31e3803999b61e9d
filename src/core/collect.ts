/** What several rows have together. */

/** The sum, null where one of the values is not known. */
export function sum<Row>(rows: readonly Row[], of: (row: Row) => number | null): number | null {
  let total = 0;
  for (const row of rows) {
    const value = of(row);
    if (value === null) return null;
    total += value;
  }
  return total;
}

/** The texts that are there, each once, in order. */
export function distinct(texts: Iterable<string>): string[] {
  return [...new Set(texts)].filter((text) => text !== '').sort();
}

/** The one value that all have, else `otherwise`. */
export function common<T>(values: readonly T[], otherwise: T): T {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : otherwise;
}
