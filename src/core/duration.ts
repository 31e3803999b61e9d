const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Go's longest duration (ms): kubectl tells no longer one. */
const LONGEST = (2 ** 63 - 1) / 1e6;

/**
 * A span of time (ms) as kubectl prints ages: two units where the second one still tells
 * something (`78s`, `4m36s`, `3h12m`, `5d4h`, `45d`, `2y3d`). The thresholds are those of
 * apimachinery's `duration.HumanDuration`. A clock that runs up to two seconds behind the
 * server's reads as `0s`, one that runs further behind as `<invalid>`; what is no number as `?`.
 */
export function humanDuration(span: number): string {
  if (Number.isNaN(span)) return '?';
  const ms = Math.min(span, LONGEST);
  const seconds = Math.trunc(ms / SECOND);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(ms / MINUTE);
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(ms / HOUR);
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (days < 8) return two(days, 'd', hours % 24, 'h');
  const years = Math.trunc(days / 365);
  if (years < 2) return `${days}d`;
  if (years < 8) return two(years, 'y', days % 365, 'd');
  return `${years}y`;
}

/** Seconds of a span as people write it: `90s`, `5m`, `1h30m`, `2d`; null for anything else. */
export function spanSeconds(text: string): number | null {
  const [all = '', days, hours, minutes, seconds] =
    /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/.exec(text) ?? [];
  if (all === '') return null;
  const [d, h, m, s] = [days, hours, minutes, seconds].map((part) => Number(part ?? 0));
  return (((d ?? 0) * 24 + (h ?? 0)) * 60 + (m ?? 0)) * 60 + (s ?? 0);
}

/** A value of a larger and of a smaller unit, without the smaller where it is zero. */
function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}
