/** Round times for the marks under a chart. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far marks may be apart. */
const STEPS = [
  ...[MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 2 * DAY, 7 * DAY],
] as const;

/** Where times are told. */
export type MarkZone = 'utc' | 'local';

/** A mark: a moment (ms) and what stands there. */
export interface TimeMark {
  readonly at: number;
  readonly text: string;
}

/**
 * Round times of [from, to], at most so many: `11:15`, at midnight the day, `14 Oct`.
 *
 * @param zone the day and the hour of which place
 */
export function timeMarks(
  from: number,
  to: number,
  most: number,
  zone: MarkZone,
): readonly TimeMark[] {
  const step = STEPS.find((each) => (to - from) / each <= most) ?? 7 * DAY;
  // Days begin at midnight of the place; that its clock is changed meanwhile moves marks by an hour.
  const offset = zone === 'utc' ? 0 : new Date(to).getTimezoneOffset() * MINUTE;
  const marks: TimeMark[] = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) {
    marks.push({ at, text: textOf(at, zone) });
  }
  return marks;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function textOf(at: number, zone: MarkZone): string {
  const date = new Date(at);
  const [hours, minutes, day, month] =
    zone === 'utc'
      ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCDate(), date.getUTCMonth()]
      : [date.getHours(), date.getMinutes(), date.getDate(), date.getMonth()];
  if (hours === 0 && minutes === 0) return `${day} ${MONTHS[month] ?? ''}`;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
