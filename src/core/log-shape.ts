/** What a log line says without what is different each time: times, numbers, ids. */
import type { LogLine } from './log-buffer.ts';
import { readLogRecord } from './log-record.ts';

/** Of a longer line its beginning tells what it is (UTF-16 units). */
const LONGEST = 400;

/** Stands for whatever was there. */
const ANY = '‹›';

const TIME = String.raw`\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?`;
const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** Digests, trace ids, addresses in memory: at least one digit, or words such as `decade` were masked. */
const HEX = String.raw`(?:0x[0-9a-fA-F]+|(?=[a-f]{0,40}\d)[0-9a-f]{7,})`;
const NUMBER = String.raw`[-+]?\d[\d.,:_T/+Z-]*(?<![.,:/-])(?:ns|us|µs|ms|s|m|h|%|[KMGT]i?B?|B)?`;
/** Random ends of the names of pods, and what else mixes letters and digits. */
const MIXED = String.raw`(?=[a-z]*\d)[a-z\d]{5,}`;
const VARIES = new RegExp(
  String.raw`(?<![A-Za-z\d])(?:${TIME}|${UUID}|${HEX}|${NUMBER}|${MIXED})(?![A-Za-z\d])`,
  'g',
);

/**
 * The same for lines that say the same of other things: the message of a structured line, with
 * `‹›` for what varies. Linear in the length of the line.
 */
export function logShape(line: LogLine): string {
  const record = line.styled === null ? readLogRecord(line.text) : null;
  const said = record === null || record.message === '' ? line.text : record.message;
  return said.slice(0, LONGEST).trim().replaceAll(VARIES, ANY);
}
