import { expect, it } from 'vitest';
import { timeMarks } from '../../../src/core/time-marks.ts';

const at = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 9, day, hour, minute);
const texts = (...args: Parameters<typeof timeMarks>): readonly string[] =>
  timeMarks(...args).map(({ text }) => text);

it('are round times, as many as fit', () => {
  expect(texts(at(14, 11, 3), at(14, 12, 3), 5, 'utc')).toEqual([
    ...['11:15', '11:30', '11:45', '12:00'],
  ]);
  expect(texts(at(14, 11, 3), at(14, 12, 3), 2, 'utc')).toEqual(['11:30', '12:00']);
});

it('name the day at midnight', () => {
  expect(texts(at(13, 23), at(14, 2), 3, 'utc')).toEqual(['23:00', '14 Oct', '01:00', '02:00']);
  expect(texts(at(7, 12), at(14, 12), 4, 'utc')).toEqual(['8 Oct', '10 Oct', '12 Oct', '14 Oct']);
});

it('are those of the place that is asked for', () => {
  const offset = new Date(at(14, 12)).getTimezoneOffset();
  const [first] = timeMarks(at(14, 0), at(16, 0), 2, 'local');
  const date = new Date(first?.at ?? 0);
  expect([date.getHours(), date.getMinutes()]).toEqual([0, 0]);
  expect(offset).toBe(date.getTimezoneOffset());
});
