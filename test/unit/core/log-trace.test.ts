import { expect, it } from 'vitest';
import { goesOn } from '../../../src/core/log-trace.ts';

it.each([
  '',
  '\tat com.shop.Cart.add(Cart.java:42)',
  '    at async CartController.show (/app/cart.js:48:22)',
  'at Shop.Cart.Add()',
  'Caused by: java.net.ConnectException: refused',
  '... 12 more',
  'java.lang.IllegalStateException: closed',
  "TypeError: Cannot read properties of undefined (reading 'amount')",
  'Traceback (most recent call last):',
  '  File "/app/main.py", line 41, in run',
  'During handling of the above exception, another exception occurred:',
  'goroutine 214 [running]:',
  'shop/internal/webhook.(*Handler).Decode(0xc0003a8000, {0xc000512000, 0x1f4})',
  'main.main()',
  'created by net/http.(*Server).Serve in goroutine 1',
  ' '.repeat(1_000_000),
])('goes on with the line before it: %.60s', (text) => {
  expect(goesOn(text)).toBe(true);
});

it.each([
  'ERROR boom',
  'attached to node',
  '{"level":"error","msg":"x"}',
  'level=info msg=x',
  'panic: runtime error',
  'Errors: 3',
  '10.0.0.1 - - [x] "GET / HTTP/1.1" 200 612',
  'x'.repeat(1_000_000),
])('begins anew: %.60s', (text) => {
  expect(goesOn(text)).toBe(false);
});
