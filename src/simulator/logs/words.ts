import type { Moment } from './style.ts';

/** One of several, by the chance of this entry. */
export function choose<T>({ chance }: Pick<Moment, 'chance'>, n: number, items: readonly T[]): T {
  const item = items[Math.floor(chance(n) * items.length)];
  if (item === undefined) throw new Error('choose from nothing');
  return item;
}

/** A whole number in [min, max]. */
export function number(
  { chance }: Pick<Moment, 'chance'>,
  n: number,
  min: number,
  max: number,
): number {
  return min + Math.floor(chance(n) * (max - min + 1));
}

/** Hexadecimal digits, as ids have them. */
export function hex({ chance }: Pick<Moment, 'chance'>, n: number, length: number): string {
  let digits = '';
  for (let i = 0; digits.length < length; i++) {
    digits += Math.floor(chance(n * 31 + i) * 0x10000)
      .toString(16)
      .padStart(4, '0');
  }
  return digits.slice(0, length);
}

/** Milliseconds a request took: most are quick, a few are not. */
export function latency(moment: Pick<Moment, 'chance'>, n: number): number {
  const u = moment.chance(n);
  return Math.round(4 + 40 * u + 900 * u ** 14);
}

/** A level that fits a healthy service. */
export function level(
  moment: Pick<Moment, 'chance'>,
  n: number,
): 'debug' | 'info' | 'warn' | 'error' {
  const u = moment.chance(n);
  return u < 0.012 ? 'error' : u < 0.05 ? 'warn' : u < 0.1 ? 'debug' : 'info';
}

export const PATHS = [
  '/',
  '/api/v2/products?limit=24',
  '/api/v2/products/48213',
  '/api/v2/cart',
  '/api/v2/cart/items',
  '/api/v2/checkout/quote',
  '/api/v2/search?q=rain+jacket',
  '/api/v2/search?q=sneakers&size=42',
  '/api/v2/orders/9f2c71',
  '/assets/app.3f9a1c.js',
  '/assets/app.3f9a1c.css',
  '/category/outdoor',
  '/product/trail-runner-2',
  '/healthz',
] as const;

/** ISO time in ms. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}
