/** Figures of charts as text, and scales that end in round numbers. */
import type { ChartUnit } from './chart.ts';

/** A value with its unit, in about three digits: `12.3%`, `1.2Gi`, `22ms`, `4.5k`. */
export function unitText(value: number, unit: ChartUnit): string {
  if (!Number.isFinite(value)) return '?';
  if (value < 0) return `-${unitText(-value, unit)}`;
  switch (unit) {
    case 'bytes':
      return scaledText(value, BINARY, 1024);
    case 'percent':
      return `${scaledText(value, THOUSANDS, 1000)}%`;
    case 'seconds':
      return secondsText(value);
    case 'count':
      return scaledText(value, THOUSANDS, 1000);
  }
}

function secondsText(value: number): string {
  if (value === 0) return '0s';
  if (value < 0.000_999_5) return `${digits(value * 1e6)}µs`;
  if (value < 0.999_5) return `${digits(value * 1000)}ms`;
  if (value < 600) return `${digits(value)}s`;
  if (value < 36_000) return `${digits(value / 60)}m`;
  return `${scaledText(value / 3600, THOUSANDS, 1000)}h`;
}

const THOUSANDS = ['', 'k', 'M', 'G', 'T', 'P'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

function scaledText(value: number, units: readonly string[], base: number): string {
  let [left, unit] = [value, 0];
  while (left >= base - 0.5 && unit < units.length - 1) {
    left /= base;
    unit++;
  }
  return `${digits(left)}${units[unit] ?? ''}`;
}

/** Three digits, no more than tell something; what is less than a hundredth keeps one of its own. */
function digits(value: number): string {
  if (value >= 99.95) return String(Math.round(value));
  if (value >= 9.995) return String(Number(value.toFixed(1)));
  if (value >= 0.01 || value === 0) return String(Number(value.toFixed(2)));
  return value < 1e-4 ? '~0' : String(Number(value.toPrecision(1)));
}

/** How long periods are in words: `1m`, `5m`, `1h`. @param seconds whole minutes */
export const periodText = (seconds: number): string =>
  seconds % 3600 === 0 ? `${seconds / 3600}h` : `${Math.round(seconds / 60)}m`;

/** A scale from its lowest to its highest mark, in equal steps. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/**
 * A scale that begins at zero, or below where values are, and ends in a round number of its unit.
 *
 * @param most steps there may be, at least one
 */
export function scaleOf(low: number, high: number, unit: ChartUnit, most: number): Scale {
  const bottom = Math.min(0, low);
  const range = Math.max(high, 0) - bottom;
  if (!(range > 0) || !Number.isFinite(range)) return { low: bottom, high: bottom + 1, step: 1 };
  for (let rough = range / most; ; rough *= 1.2) {
    const step = roundStep(rough, unit);
    const from = Math.floor(bottom / step) * step;
    const to = Math.ceil(Math.max(high, 0) / step - 1e-9) * step;
    if ((to - from) / step <= most + 1e-9) return { low: from, high: to, step };
  }
}

/** What steps may be of a power of their base, so that a scale ends not far above its values. */
const TENTHS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const HALVES = [1, 1.25, 1.5, 1.75, 2];

/** The next round step that is no smaller: half of a thing is no step where things are counted. */
function roundStep(rough: number, unit: ChartUnit): number {
  const [base, rounds] = unit === 'bytes' ? [2, HALVES] : [10, TENTHS];
  const power = base ** Math.floor(Math.log(rough) / Math.log(base) + 1e-9);
  const steps = rounds.map((each) => each * power);
  const isWhole = unit === 'count' && rough >= 1 - 1e-9;
  const fits = (step: number): boolean =>
    step >= rough * (1 - 1e-9) && (!isWhole || Math.abs(step - Math.round(step)) < 1e-9);
  return steps.find(fits) ?? base * power;
}
