/** A copy without some of its keys. */
export function omit<T extends object, K extends PropertyKey>(
  object: T,
  ...keys: readonly K[]
): Omit<T, K> {
  const left = Object.entries(object).filter(([key]) => !keys.includes(key as K));
  return Object.fromEntries(left) as Omit<T, K>;
}
