/** Lines of several streams, put in one order. */
import type { LogLine } from '../core/log-buffer.ts';
import { logLevel } from '../core/log-level.ts';
import { readLogText } from '../core/log-text.ts';
import { shiftTime, type StampedText } from '../core/log-time.ts';

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
  /** What was written before it was opened has come. */
  isLive: boolean;
}

/** A stream that brought nothing for this long (ms) has caught up. */
const QUIET = 300;
/** Nobody waits longer than this (ms) for a stream that does not catch up. */
const PATIENCE = 3000;

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
  add(source: number, lines: readonly StampedText[], now: () => number, skew = 0): void {
    let stream = this.#streams.get(source);
    if (stream === undefined) {
      stream = { place: '', first: now(), last: 0, isLive: false };
      this.#streams.set(source, stream);
    }
    if (stream.place === '' && lines.length > 0) {
      const first = lines.find(({ time }) => time !== '');
      stream.place = first ? shiftTime(first.time, -skew) : new Date(now()).toISOString();
    }
    for (const { time, text: raw } of lines) {
      const place = time === '' ? '' : shiftTime(time, -skew);
      if (place > stream.place) stream.place = place;
      const { text, styled } = readLogText(raw);
      const line = { time, text, styled, source, level: logLevel(text) };
      this.#pending.push({ place: stream.place, line });
    }
    // Long lines take a while to read: that is no silence.
    stream.last = now();
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
