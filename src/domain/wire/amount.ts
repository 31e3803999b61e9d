import { parseQuantity } from '../../core/quantity.ts';

/** Quantities repeat: a handful of texts covers a cluster. */
const parsed = new Map<string, number>();

/** A quantity's number; 0 where there is none. */
export function amount(quantity: string | undefined): number {
  if (quantity === undefined || quantity === '') return 0;
  const known = parsed.get(quantity);
  if (known !== undefined) return known;
  if (parsed.size > 10_000) parsed.clear();
  const value = Math.max(0, parseQuantity(quantity) ?? 0);
  parsed.set(quantity, value);
  return value;
}
