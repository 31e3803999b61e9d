import { expect, it } from 'vitest';
import { LogBuffer, type LogLevel } from '../../../src/core/log-buffer.ts';
import { LogCompare } from '../../../src/core/log-compare.ts';
import { logShape } from '../../../src/core/log-shape.ts';

const line = (text: string, source = 0, level: LogLevel = '', continues = false) => ({
  ...{ time: '', at: 0, source, text, styled: null, level, continues },
});

it.each([
  ['GET /orders/4711 200 12ms', 'GET /orders/99 404 3.5ms'],
  ['trace 6f1c9a2b3d4e5f60 done', 'trace 0a1b2c3d4e5f6071 done'],
  ['job 3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'job 1b4e28ba-2fa1-11d2-883f-b9a761bde3fb'],
  ['{"level":"info","msg":"paid 3","user":"ann"}', '{"msg":"paid 17","user":"bob","level":"info"}'],
  ['2026-10-14T12:00:00.123Z ready', '2026-10-15 09:11:12,5 ready'],
  ['peer 10.0.0.1:5432 gone', 'peer 10.0.12.7:80 gone'],
  ['pod api-7d9f8b6c4f-x2x9k ready', 'pod api-5b4c7d8e9f-b7c4d ready'],
])('%s and the like are one shape', (one, other) => {
  expect(logShape(line(one))).toBe(logShape(line(other)));
});

it.each([
  ['cannot connect', 'cannot read'],
  ['a decade of facade', 'a decade of arcade'],
  ['{"msg":"paid"}', '{"msg":"refused"}'],
])('%s and %s are two', (one, other) => {
  expect(logShape(line(one))).not.toBe(logShape(line(other)));
});

function compare(lines: readonly ReturnType<typeof line>[]) {
  const buffer = new LogBuffer(1000);
  const found = new LogCompare(buffer, (source) => ['a', 'b', null][source] ?? null);
  for (const each of lines) buffer.push(each);
  return { buffer, found };
}

it('tells what only some write, errors first, as lines come', () => {
  const { buffer, found } = compare([
    line('request 1 done', 0),
    line('request 2 done', 1),
    line('cache filled', 0),
    line('cache filled', 0),
    line('connect refused', 1, 'error'),
    line('    at f (x.js:1:2)', 1, 'error', true),
    line('\t... 12 common frames omitted', 1),
    line('not of those that are compared', 2, 'error'),
  ]);
  expect(found.advance(1000)).toBe(true);
  expect(found.differences(2)).toEqual([
    { shape: 'connect refused', level: 'error', count: 1, owners: ['b'] },
    { shape: 'cache filled', level: '', count: 2, owners: ['a'] },
  ]);
  buffer.push(line('cache filled', 1));
  found.advance(1000);
  expect(found.differences(2).map(({ shape }) => shape)).toEqual(['connect refused']);
  found.reset();
  expect(found.differences(2)).toEqual([]);
});

it('counts no more lines in one go than it may', () => {
  const { found } = compare(Array.from({ length: 30 }, () => line('x')));
  expect([found.advance(20), found.advance(20)]).toEqual([false, true]);
  expect(found.differences(2)[0]?.count).toBe(30);
});

it('is bounded, whatever a program writes', () => {
  const words = (i: number): string =>
    String(i).replaceAll(/\d/g, (digit) => 'klmnopqrst'.charAt(Number(digit)));
  const buffer = new LogBuffer(10_000);
  const found = new LogCompare(buffer, () => 'a');
  for (let i = 0; i < 7000; i++) buffer.push(line(`kind ${words(i)}`));
  found.advance(10_000);
  expect(found.differences(2)).toHaveLength(5000);
  expect(found.untold).toBe(2000);
  buffer.push(line('0a'.repeat(500_000)));
  expect(found.advance(1)).toBe(true);
});
