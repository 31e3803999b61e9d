import { expect, it } from 'vitest';
import { logLevel } from '../../../src/core/log-level.ts';

it.each([
  ['{"ts":1,"level":"error","msg":"x"}', 'error'],
  ['{"level":50,"msg":"pino"}', 'error'],
  ['{"severity":"WARNING"}', 'warn'],
  ['time=2026 level=info msg="ready"', 'info'],
  ['E0102 03:04:05.678 1 reflector.go:1] failed', 'error'],
  ['W1231 23:59:59.000 1 x.go:2] slow', 'warn'],
  ['2026-01-01 12:00:00 [ERROR] boom', 'error'],
  ['2026-01-01 12:00:00.123 UTC [42] LOG:  checkpoint starting', 'info'],
  ['2026-01-01 FATAL: password authentication failed', 'error'],
  ['panic: runtime error: index out of range', 'error'],
  ['\tat com.shop.Cart.add(Cart.java:42)', 'error'],
  ['10.0.0.1 - - [x] "GET / HTTP/1.1" 503 12 "-"', 'error'],
  ['10.0.0.1 - - [x] "GET /a HTTP/1.1" 404 0', 'warn'],
  ['10.0.0.1 - - [x] "GET / HTTP/1.1" 200 612', ''],
  ['no errors here, terror is not an error', ''],
  ['', ''],
])('%s → %s', (text, level) => {
  expect(logLevel(text)).toBe(level);
});
