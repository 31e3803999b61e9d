import { expect, it } from 'vitest';
import type { LogEvent } from '../../../src/ports/aws-shapes.ts';
import { readHistory, type ReadPage } from '../../../src/session/kept-history.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 24, 6);

/** A log group with an event at each of these moments, and what was asked of it. */
function group(times: readonly number[], perPage = 1000) {
  const asked: (readonly [from: number, to: number])[] = [];
  const read: ReadPage = ({ from, to }, token) => {
    if (token === '') asked.push([(NOW - from) / MINUTE, (NOW - to) / MINUTE]);
    const all = times.filter((at) => at >= from && at <= to);
    const start = Number(token || 0);
    const events = all.slice(start, start + perPage).map((timestamp): LogEvent => ({
      ...{ logStreamName: 's', message: 'm', eventId: String(timestamp) },
      timestamp,
    }));
    const next = start + perPage;
    return Promise.resolve({ events, nextToken: next < all.length ? String(next) : '' });
  };
  return { read, asked };
}

const range = (change: object = {}) => ({
  ...{ from: NOW - 600 * MINUTE, to: NOW, ahead: 0, enough: 100, step: MINUTE },
  ...change,
});
const every = (ms: number, count: number) =>
  Array.from({ length: count }, (_, i) => NOW - (count - 1 - i) * ms);

it('reads no further back than what is wanted reaches', async () => {
  const { read, asked } = group(every(1000, 10_000));
  const { events, from } = await readHistory(read, range());
  expect(events.length).toBeGreaterThanOrEqual(100);
  expect(events.length).toBeLessThan(200);
  expect(asked).toHaveLength(2);
  expect(events.at(-1)?.timestamp).toBe(NOW);
  expect(from).toBeGreaterThan((events[0]?.timestamp ?? 0) - 1000);
  expect(from).toBeLessThanOrEqual(events[0]?.timestamp ?? 0);
  const times = events.map(({ timestamp }) => timestamp ?? 0);
  expect(times.toSorted((a, b) => a - b)).toEqual(times);
});

it('goes back in longer and longer steps where there is little, and to the beginning', async () => {
  const { read, asked } = group([NOW - 500 * MINUTE]);
  const { events, from, gap } = await readHistory(read, range());
  expect(events).toHaveLength(1);
  expect([from, gap]).toEqual([NOW - 600 * MINUTE, null]);
  expect(asked.length).toBeLessThan(6);
});

it('looks into what is yet to be with its first step only', async () => {
  const { read, asked } = group([]);
  await readHistory(read, range({ to: NOW + 10 * MINUTE, ahead: 10 * MINUTE }));
  expect(asked[0]).toEqual([1, -10]);
  expect(asked[1]?.[0]).toBeCloseTo(7, 1);
});

it('leaves off where there is too much in one step, and says where', async () => {
  const { read } = group(every(1, 50_000), 100);
  const { events, gap } = await readHistory(read, range());
  expect(events).toHaveLength(6000);
  expect(gap).toEqual({ from: events.at(-1)?.timestamp, to: NOW });
});

it('fails as what it reads with', async () => {
  const read = () => Promise.reject(new Error('denied'));
  await expect(readHistory(read, range())).rejects.toThrow('denied');
});
