/**
 * Kubernetes quantities (`100m`, `1.5`, `64Mi`, `1e3`): the text that the API serves, as numbers,
 * and numbers as short text. The grammar is that of apimachinery's `resource.Quantity`.
 */

// Each digit can be taken in one way only: a text of many digits is read once.
const GRAMMAR = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/;

/** Powers of ten of the decimal suffixes. */
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** Powers of two of the binary suffixes. */
const BINARY: Readonly<Record<string, number>> = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};

/**
 * The number that a quantity stands for: cores of CPU, bytes of memory, or a plain count. It is
 * the double nearest to the exact value. `null` where the text is no quantity.
 */
export function parseQuantity(text: string): number | null {
  const [, digits, exponent, suffix = ''] = GRAMMAR.exec(text) ?? [];
  if (digits === undefined) return null;
  const binary = BINARY[suffix];
  // Decimal ones through their text, not by multiplication: that gives the nearest double.
  const value =
    binary === undefined
      ? Number(digits + (exponent ?? `e${DECIMAL[suffix] ?? 0}`))
      : Number(digits) * 2 ** binary;
  return Number.isFinite(value) ? value : null;
}

/** Drops what a fixed number of decimals says too much: `1.50` → `1.5`, `2.00` → `2`. */
function trimmed(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

/** From this on what a number of the largest unit is does not matter any more. */
const MOST = 10_000;

/** What is no number, said in every unit alike. */
const UNKNOWN = '?';

/**
 * Cores as text: thousandths below one core (`12m`, rounded up as `kubectl top` does, so that
 * only what uses nothing shows `0m`), then cores in about three digits (`1.5`, `12.3`, `128`, `250k`).
 */
export function formatCpu(cores: number): string {
  if (!Number.isFinite(cores)) return UNKNOWN;
  // The tiny subtraction keeps 0.012 × 1000 = 12.000000000000002 from becoming 13.
  const millis = Math.ceil(cores * 1000 - 1e-6);
  if (millis < 1000) return `${Math.max(0, millis)}m`;
  if (cores >= 100_000) return scaled(cores / 1000, ['k', 'M', 'G', 'T', 'P', 'E'], 1000);
  return trimmed(cores, cores < 10 ? 2 : cores < 100 ? 1 : 0);
}

/**
 * Bytes as text in binary units: whole up to mebibytes (`512`, `40Ki`, `88Mi`), one decimal from
 * gibibytes while it tells something (`1.2Gi`, `120Gi`).
 */
export function formatMemory(bytes: number): string {
  if (!Number.isFinite(bytes)) return UNKNOWN;
  return scaled(Math.max(0, bytes), ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'], 1024);
}

/** In the first unit in which it has few digits; what is beyond the last one is cut. */
function scaled(value: number, units: readonly string[], base: number): string {
  let left = value;
  for (const unit of units) {
    const isWhole = unit === '' || unit === 'Ki' || unit === 'Mi' || left >= 99.95;
    const text = trimmed(left, isWhole ? 0 : 1);
    const most = unit === units.at(-1) ? MOST : base;
    if (Number(text) < most) return text + unit;
    left /= base;
  }
  return `>${MOST - 1}${units.at(-1) ?? ''}`;
}
