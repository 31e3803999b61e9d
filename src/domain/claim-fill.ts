/** How full the volumes of claims are, and from when on that needs a look. */
import { formatMemory } from '../core/quantity.ts';
import type { Health } from './health.ts';
import type { ClaimUsageRow } from './tables/claimusage.ts';

/** How full a volume is. */
export type Fill = Pick<ClaimUsageRow, 'used' | 'capacity' | 'inodesUsed' | 'inodes' | 'at'>;

/** From here on it needs a look, and from there on writing to it is about to fail (%). */
const NEARLY_FULL = 90;
const FULL = 98;

const share = (used: number | null, all: number | null): number | null =>
  used === null || all === null || all <= 0 ? null : Math.floor((used / all) * 100);

/** How full it is in percent of its bytes; null where that is not known. */
export const percentFull = (fill: Fill | null): number | null =>
  fill === null ? null : share(fill.used, fill.capacity);

/** What of a volume runs out: `nearly full: 93%, 18.6Gi of 20Gi`; empty where nothing does. */
export function fullness(fill: Fill | null): { readonly percent: number; readonly text: string } {
  if (fill === null) return { percent: 0, text: '' };
  const bytes = percentFull(fill) ?? 0;
  const files = share(fill.inodesUsed, fill.inodes) ?? 0;
  if (files >= NEARLY_FULL && files > bytes) {
    const counts = `${fill.inodesUsed ?? 0} of ${fill.inodes ?? 0}`;
    return { percent: files, text: `nearly out of inodes: ${files}%, ${counts}` };
  }
  if (bytes < NEARLY_FULL) return { percent: bytes, text: '' };
  const sizes = `${formatMemory(fill.used)} of ${formatMemory(fill.capacity)}`;
  return { percent: bytes, text: `nearly full: ${bytes}%, ${sizes}` };
}

/** That a volume runs full; null where it does not, or that is not known. */
export function fillHealth(fill: Fill | null): Health | null {
  const { percent, text } = fullness(fill);
  if (text === '') return null;
  return { level: percent >= FULL ? 'bad' : 'warn', cause: text };
}
