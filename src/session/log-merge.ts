/** Lines of several streams, put in one order. */
import type { LogLine } from '../core/log-buffer.ts';
import { logLevel } from '../core/log-level.ts';
import { readLogText } from '../core/log-text.ts';
import type { StampedText } from '../core/log-time.ts';

interface Pending {
  /** Where it belongs among the lines of other streams: a time, never before one of its own stream. */
  readonly place: string;
  readonly line: LogLine;
}

/**
 * Merges streams by the instants of their lines. Each stream keeps its own order: a line without a
 * stamp, or with an older one than the line before it, stands behind that line.
 */
export class LogMerge {
  readonly #places = new Map<number, string>();
  #pending: Pending[] = [];

  /** Takes lines of a stream as they came. @param now ms: where what has no place at all is put */
  add(source: number, lines: readonly StampedText[], now: number): void {
    let place =
      this.#places.get(source) ??
      lines.find(({ time }) => time !== '')?.time ??
      new Date(now).toISOString();
    for (const { time, text: raw } of lines) {
      if (time > place) place = time;
      const { text, styled } = readLogText(raw);
      const line = { time, text, styled, source, level: logLevel(text) };
      this.#pending.push({ place, line });
    }
    this.#places.set(source, place);
  }

  /** The lines that came since the last call, in order. */
  take(): readonly LogLine[] {
    const pending = this.#pending;
    this.#pending = [];
    // One stream is in order by itself.
    if (this.#places.size > 1) {
      pending.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
    }
    return pending.map(({ line }) => line);
  }

  /** Forgets everything. */
  clear(): void {
    this.#pending = [];
    this.#places.clear();
  }
}
