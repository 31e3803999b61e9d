import { Cron } from 'croner';

/** Where schedules are reckoned in that name no time zone: where controllers run, on EKS too. */
const ZONE = 'UTC';

/** A time zone before the fields, as older cron jobs have it: `CRON_TZ=Europe/Berlin 0 3 * * *`. */
const ZONED = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/;

/** No moment is later (ms). */
const LATEST = 8.64e15;

/** Schedules are reckoned up to this length (characters): one with every minute named has 170. */
const LONGEST = 1000;

/** `@every 1h30m`, as Go writes durations, down to the second: a shorter one is none. */
const EVERY = /^@every\s+(?=\S)(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/;

/** The least and the greatest value of each field. */
const BOUNDS: readonly (readonly [number, number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/** Moments that no clock shows come one after the other for an hour at most, once or twice a year. */
const SKIPS = 61;

/**
 * The next moment (ms) after `after` that a schedule of a Kubernetes cron job names: five fields or
 * a word (`@daily`, `@every 90m`, which counts from `after`). 0 where it names none (31 February); null
 * where that cannot be told (an unknown time zone). Rules: robfig/cron, by which Kubernetes reckons.
 * @param timeZone e.g. `Europe/Berlin`; empty: UTC
 */
export function nextRun(schedule: string, timeZone: string, after: number): number | null {
  if (schedule.length > LONGEST || !(Math.abs(after) <= LATEST)) return null;
  const [, zone = timeZone, fields = schedule] = ZONED.exec(schedule.trim()) ?? [];
  const every = EVERY.exec(fields.trim());
  if (every !== null) return afterEvery(every, after);
  try {
    const cron = new Cron(plain(fields), {
      timezone: zone || ZONE,
      paused: true,
      // The library knows seconds and years as well: such schedules are none of Kubernetes.
      mode: '5-part',
    });
    let next = cron.nextRun(new Date(after));
    // In the hour that summer time skips Kubernetes starts nothing; the library starts it later.
    for (let i = 0; next !== null && !cron.match(next) && i < SKIPS; i++) next = cron.nextRun(next);
    return next?.getTime() ?? 0;
  } catch {
    return null;
  }
}

function afterEvery([, hours = '0', minutes = '0', seconds = '0']: RegExpExecArray, after: number) {
  const span = Math.trunc(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  return span < 1 ? null : (Math.floor(after / 1000) + span) * 1000;
}

/**
 * The same schedule in words of the library: a question mark is any value to Kubernetes, and the present
 * one to the library; a step behind a single value goes on to the greatest one, and one beyond all values
 * leaves the first.
 */
function plain(fields: string): string {
  return fields
    .replaceAll('?', '*')
    .trim()
    .split(/\s+/)
    .map((field, i) =>
      field
        .split(',')
        .map((item) => plainItem(item, BOUNDS[i] ?? [0, 0]))
        .join(','),
    )
    .join(' ');
}

function plainItem(item: string, [least, most]: readonly [number, number]): string {
  const [, from = '', to = String(most), step = '0'] =
    /^([^-/]+)(?:-([^/]+))?\/(\d+)$/.exec(item) ?? [];
  if (Number(step) === 0) return item;
  const first = from === '*' ? String(least) : from;
  return Number(step) > most - least ? first : `${first}-${to}/${step}`;
}
