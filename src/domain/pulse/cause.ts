/** Warnings put together by what they say, whatever object each is about. */
import type { EventRow } from '../rows.ts';

/** As much of a message as tells its cause (UTF-16 units): what a server sends may be long. */
const TELLING = 300;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Hashes of revisions, images and containers: letters and digits of one word, mixed. */
const HASH = /\b(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{5,}\b/g;
const NUMBER = /\d+/g;

/**
 * What the cause of an event goes by: its reason, the kind of its object, and its message without
 * what differs from one object and one time to the next (names, addresses, numbers, hashes).
 */
export function causeOf({ reason, objectKind, objectName, message }: EventRow): string {
  const said = message.slice(0, TELLING);
  // A name of a few letters may be a part of any word.
  const unnamed = objectName.length > 3 ? said.replaceAll(objectName, '*') : said;
  const shape = unnamed.replace(UUID, '*').replace(HASH, '*').replace(NUMBER, '#');
  return `${reason}\0${objectKind}\0${shape}`;
}

/** All warnings of one cause. */
export interface Cause {
  /** How often it was seen, and on how many objects. */
  readonly times: number;
  readonly objects: number;
  /** The one that was seen last (ms), by which the cause is told. */
  readonly newest: EventRow;
}

/** Null where there is none. */
export function summarize(events: Iterable<EventRow>): Cause | null {
  const objects = new Set<string>();
  let newest: EventRow | null = null;
  let times = 0;
  for (const event of events) {
    times += event.count;
    objects.add(event.objectUid || `${event.namespace}/${event.objectName}`);
    if (newest === null || isNewer(event, newest)) newest = event;
  }
  return newest && { times, objects: objects.size, newest };
}

/** Of two of one moment the same one is always taken: what is shown does not change by itself. */
function isNewer(a: EventRow, b: EventRow): boolean {
  return a.last === b.last ? a.uid < b.uid : a.last > b.last;
}

/** What was seen within this time (ms) goes on. */
const GOES_ON = 5 * 60_000;
/** Past this (ms) it may be over. */
const LATELY = 15 * 60_000;

/** Whether a cause goes on, was there lately, or is of the past. */
export function recency({ newest }: Cause, now: number): 'now' | 'lately' | 'past' {
  const age = now - newest.last;
  if (age <= GOES_ON) return 'now';
  return age <= LATELY ? 'lately' : 'past';
}

const RANK = { now: 0, lately: 1, past: 2 } as const;

/**
 * What goes on comes first, there what most objects have: causes that repeat do not change places
 * each time they are seen.
 */
export function byWeight(now: number): (a: Cause, b: Cause) => number {
  return (a, b) =>
    RANK[recency(a, now)] - RANK[recency(b, now)] ||
    b.objects - a.objects ||
    a.newest.first - b.newest.first ||
    (a.newest.uid < b.newest.uid ? -1 : 1);
}
