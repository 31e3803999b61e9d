/**
 * What a table holds under a word of others. Every object also answers to `constructor`, `valueOf`
 * and such, which no table means.
 */
export function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
