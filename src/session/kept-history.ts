/** What CloudWatch keeps, read from its end backwards: the newest lines are what is looked for. */
import type { LogEvent } from '../ports/aws-shapes.ts';

/** One page of events of [from, to], and whether there are more behind it. */
export type ReadPage = (
  span: { readonly from: number; readonly to: number },
  token: string,
) => Promise<{ readonly events: readonly LogEvent[]; readonly nextToken: string }>;

/** How far back is read. */
export interface HistoryRange {
  /** ms; both count. */
  readonly from: number;
  readonly to: number;
  /** What lies this far (ms) before the end is yet to be, if clocks are right. */
  readonly ahead: number;
  /** So many events are enough. */
  readonly enough: number;
  /** The first step back (ms). */
  readonly step: number;
}

/** What was read. */
export interface History {
  /** Oldest first. */
  readonly events: readonly LogEvent[];
  /** From where on all of it was read (ms); older events are left out where this is not the range's. */
  readonly from: number;
  /** Where events are missing between others (ms), because there are too many at once; null: nowhere. */
  readonly gap: { readonly from: number; readonly to: number } | null;
}

/** Pages that are read at most: each is a call, of which AWS allows some in a second. */
const MOST_PAGES = 60;
/** Each step back is longer than the one before, by this at most. */
const GROWTH = 6;

/** @throws whatever `read` does */
export async function readHistory(read: ReadPage, range: HistoryRange): Promise<History> {
  const chunks: (readonly LogEvent[])[] = [];
  let { to, step, ahead } = range;
  let [count, pages] = [0, 0];
  let gap: History['gap'] = null;
  while (to > range.from && count < range.enough && pages < MOST_PAGES && gap === null) {
    const from = Math.max(range.from, to - ahead - step);
    const events: LogEvent[] = [];
    let token = '';
    do {
      const page = await read({ from, to }, token);
      events.push(...page.events);
      token = page.nextToken;
      pages++;
    } while (token !== '' && pages < MOST_PAGES);
    if (token !== '') gap = { from: events.at(-1)?.timestamp ?? from, to };
    chunks.unshift(events);
    count += events.length;
    // As far as what is wanted yet may reach, by how dense the last step was.
    const needed = (step * (range.enough - count) * 1.2) / Math.max(1, events.length);
    step = Math.min(step * GROWTH, Math.max(step, needed));
    to = from - 1;
    ahead = 0;
  }
  return { events: chunks.flat(), from: to + 1, gap };
}
