/** Readings that are this near to each other (ms) say the same of a connection, however small they are. */
const NEAR_MS = 10;
/** And so do those of which one is no more than this part larger than the other. */
const PART = 0.3;

/**
 * A duration (ms) that is measured again and again, as it is shown: the one that was shown before,
 * while a new one says the same. What only trembles changes nothing on a screen.
 */
export function steady(shown: number | null, measured: number): number {
  if (shown === null) return measured;
  const apart = Math.abs(measured - shown);
  return apart <= Math.max(NEAR_MS, PART * shown) ? shown : measured;
}
