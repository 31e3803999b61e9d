const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** A number of bytes for people: `12 B`, `1.5 MB` (of 1000 kB each, as disks have them). */
export function byteWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes;
  let unit = -1;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit] ?? ''}`;
}
