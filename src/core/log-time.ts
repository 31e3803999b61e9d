/** The time stamp in front of a log line, and the line behind it. */
export interface StampedText {
  /** RFC 3339 in UTC with nine fractional digits, so that it sorts as text; empty where there is none. */
  readonly time: string;
  readonly text: string;
}

const DATE = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`;
/** As nearly all kubelets write it: a node in UTC. */
const USUAL = new RegExp(String.raw`^${DATE}T${CLOCK}\.\d{9}Z `);
const ANY = new RegExp(
  String.raw`^(${DATE}T${CLOCK})(?:\.(\d{1,9}))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)(?: |$)`,
);

/** Parts a line from the stamp that the kubelet put before it, whatever its zone and precision. */
export function splitStamp(line: string): StampedText {
  // The head is enough, and a line that is a piece of a megabyte of text is not copied for it.
  if (USUAL.test(line)) return { time: line.slice(0, 30), text: line.slice(31) };
  const [stamp, seconds = '', fraction = '', zone = ''] = ANY.exec(line) ?? [];
  if (stamp === undefined) return { time: '', text: line };
  const at = new Date(`${seconds}${zone}`);
  // Years 0 and 9999 may leave what four digits can say by their offset.
  const year = at.getUTCFullYear();
  if (Number.isNaN(year) || year < 0 || year > 9999) return { time: '', text: line };
  const time = `${at.toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}Z`;
  return { time, text: line.slice(stamp.length) };
}

/**
 * A time as another clock would have stamped it.
 * @param time as {@link splitStamp} gives it, not empty
 * @param ms how far that clock is ahead
 */
export function shiftTime(time: string, ms: number): string {
  if (ms === 0) return time;
  const at = Date.parse(`${time.slice(0, MILLISECONDS)}Z`) + ms;
  const date = new Date(at);
  return Number.isNaN(date.getTime())
    ? time
    : date.toISOString().slice(0, MILLISECONDS) + time.slice(MILLISECONDS);
}

/** Length of a time down to its milliseconds. */
const MILLISECONDS = 23;
