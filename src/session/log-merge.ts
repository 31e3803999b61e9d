/** Lines of several streams, put in one order. */
import type { LogLine } from '../core/log-buffer.ts';
import { readLogText } from '../core/log-text.ts';
import { shiftTime, type StampedText } from '../core/log-time.ts';
import { TraceReader, type LineOfTrace } from '../core/log-trace.ts';

/** A line as it comes. */
export interface LogEntry extends StampedText {
  /** It is not of the container: it tells which of its runs wrote what follows. */
  readonly isMark?: true;
}

interface Pending {
  /** Where it belongs among the lines of other streams: a time, never before one of its own stream. */
  readonly place: string;
  readonly line: LogLine;
}

/** What is known of a stream. */
interface Stream {
  /** Of its last line; empty before the first. */
  place: string;
  /** When it brought lines first, and last (ms). */
  readonly first: number;
  last: number;
  /** Of the run of the container that writes to it now. */
  traces: TraceReader;
  /** What was written before it was opened has come. */
  isLive: boolean;
  /** How far its stamps are ahead of the clock that they are said to be of (ms). */
  drift: number;
  /** Since when (ms) its newest line has been so far (ms) ahead of now; null: it is about now. */
  lag: { readonly since: number; readonly lead: number } | null;
}

/** A stream that brought nothing for this long (ms) has caught up. */
const QUIET = 300;
/** Nobody waits longer than this (ms) for a stream that does not catch up. */
const PATIENCE = 3000;
/** Stamps that are no more than this (ms) from now may be of a clock that is right. */
const NEAR = 60_000;
/** Lines of long ago come as fast as the wire bears; those that keep as old (ms) for a while (ms) are new. */
const AS_OLD = 2000;
const WHILE = 10_000;

const MARK: LineOfTrace = { continues: false, level: '' };

const NEW: Omit<Stream, 'first' | 'traces'> = {
  place: '',
  last: 0,
  isLive: false,
  drift: 0,
  lag: null,
};

/**
 * Learns of a clock that is off: nothing is written later than now, and what is written now is not
 * stamped hours ago.
 * @param lead how far the newest line is ahead of now (ms)
 */
function learnDrift(stream: Stream, lead: number, now: number): void {
  const { drift, lag } = stream;
  if (Number.isNaN(lead)) return;
  if (Math.abs(lead - drift) <= NEAR) stream.lag = null;
  else if (lead > drift) Object.assign(stream, { drift: lead, lag: null });
  else if (lag === null || Math.abs(lead - lag.lead) > AS_OLD) stream.lag = { since: now, lead };
  else if (now - lag.since >= WHILE) Object.assign(stream, { drift: lead, lag: null });
}

/**
 * Merges streams by the instants of their lines, whatever the clocks say that stamped them. Each stream keeps its own order: a line without a
 * stamp, or with an older one than the line before it, stands behind that line. While what was
 * written before a stream was opened still comes, later lines of other streams wait for it.
 */
export class LogMerge {
  readonly #streams = new Map<number, Stream>();
  #pending: Pending[] = [];

  /**
   * Takes lines of a stream as they came; none while the stream goes on but no line is complete.
   * @param now ms: where what has no place at all is put
   * @param skew how far the clock of its stamps is ahead of ours (ms)
   */
  add(source: number, lines: readonly LogEntry[], now: () => number, skew = 0): void {
    let stream = this.#streams.get(source);
    if (stream === undefined) {
      stream = { ...NEW, first: now(), traces: new TraceReader() };
      this.#streams.set(source, stream);
    }
    const newest = lines.findLast(({ time }) => time !== '')?.time ?? '';
    if (newest !== '') learnDrift(stream, Date.parse(newest) - skew - now(), now());
    const shift = -skew - stream.drift;
    if (stream.place === '' && lines.length > 0) {
      const first = lines.find(({ time }) => time !== '');
      stream.place = first ? shiftTime(first.time, shift) : new Date(now()).toISOString();
    }
    let [stamp, at] = ['', 0];
    for (const { time, text: raw, isMark } of lines) {
      const place = time === '' ? '' : shiftTime(time, shift);
      if (place > stream.place) stream.place = place;
      if (stream.place !== stamp) at = Date.parse(stream.place);
      stamp = stream.place;
      const { text, styled } = readLogText(raw);
      if (isMark) stream.traces = new TraceReader();
      const of = isMark ? MARK : stream.traces.read(text);
      const line = { time, at, text, styled, source, ...of, ...(isMark && { isMark }) };
      this.#pending.push({ place: stream.place, line });
    }
    // Long lines take a while to read: that is no silence.
    stream.last = now();
  }

  /**
   * How far the stamps of a stream are ahead of the clock that they are said to be of (ms): 0 where
   * nothing shows that they are.
   */
  driftOf(source: number): number {
    return this.#streams.get(source)?.drift ?? 0;
  }

  /** Lines wait for earlier ones. */
  get holds(): boolean {
    return this.#pending.length > 0;
  }

  /** The lines that came since the last call, in order, but for those that wait. */
  take(now: number): readonly LogLine[] {
    const pending = this.#pending;
    // One stream is in order by itself.
    if (this.#streams.size <= 1) {
      this.#pending = [];
      return pending.map(({ line }) => line);
    }
    pending.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
    const reached = this.#reached(now);
    const end = reached === null ? -1 : pending.findIndex(({ place }) => place > reached);
    this.#pending = end < 0 ? [] : pending.slice(end);
    return (end < 0 ? pending : pending.slice(0, end)).map(({ line }) => line);
  }

  /** How far all streams have come that have not caught up; null where all have. */
  #reached(now: number): string | null {
    let reached: string | null = null;
    for (const stream of this.#streams.values()) {
      stream.isLive ||= now - stream.last >= QUIET || now - stream.first >= PATIENCE;
      if (stream.isLive) continue;
      if (reached === null || stream.place < reached) reached = stream.place;
    }
    return reached;
  }

  /** Forgets everything. */
  clear(): void {
    this.#pending = [];
    this.#streams.clear();
  }
}
