import { Cron } from 'croner';

/** Where schedules are reckoned in that name no time zone: where controllers run, on EKS too. */
const ZONE = 'UTC';

/** A time zone before the fields, as older cron jobs have it: `CRON_TZ=Europe/Berlin 0 3 * * *`. */
const ZONED = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/;

/** No moment is later (ms). */
const LATEST = 8.64e15;

/** Schedules are reckoned up to this length (characters): one with every minute named has 170. */
const LONGEST = 1000;

/**
 * The next moment (ms) after `after` that a schedule of a Kubernetes cron job names: five fields or
 * a word (`@daily`). 0 where it names none (31 February); null where that cannot be told (`@every
 * 90m`, an unknown time zone).
 * @param timeZone e.g. `Europe/Berlin`; empty: UTC
 */
export function nextRun(schedule: string, timeZone: string, after: number): number | null {
  if (schedule.length > LONGEST || !(Math.abs(after) <= LATEST)) return null;
  const [, zone = timeZone, fields = schedule] = ZONED.exec(schedule.trim()) ?? [];
  try {
    // A question mark is any value to Kubernetes, and the present one to the library.
    const cron = new Cron(fields.replaceAll('?', '*'), {
      timezone: zone || ZONE,
      paused: true,
      // The library knows seconds and years as well: such schedules are none of Kubernetes.
      mode: '5-part',
    });
    return cron.nextRun(new Date(after))?.getTime() ?? 0;
  } catch {
    return null;
  }
}
