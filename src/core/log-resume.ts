import type { StampedText } from './log-time.ts';

/** How far before the last line a stream is asked for again (ms): lines are stamped a little out of order. */
const MARGIN = 1000;
/** Most text that is remembered (UTF-16 units): what comes twice of more than that is shown twice. */
const MOST_TEXT = 16 * 1024 * 1024;
/** Forgetting looks at all that is remembered: it is done when as much has come. */
const BATCH_LINES = 8192;
const BATCH_TEXT = 4 * 1024 * 1024;

/**
 * What was delivered of a container's log, so that a stream that is opened again, however often,
 * goes on where it was: the kubelet drops the fraction of `sinceTime`, so lines come twice. They are
 * told by time and text, as often as they came; lines without a stamp by that of the line before.
 */
export class LogResume {
  #recent: StampedText[] = [];
  #newLines = 0;
  #newText = 0;
  /**
   * The newest time of a line, from which the next stream is asked for: a line that is stamped a
   * little before it must not take that back to what is forgotten. A clock that was set back does.
   */
  #newest = '';
  /** The same, of the stream that is open. */
  #current = '';
  /** What that stream has yet to repeat: how often each text, by time. */
  #repeated: Map<string, Map<string, number>> | null = null;
  /** Nothing is repeated behind this second. */
  #until = '';

  /** From when on the server has to be asked (RFC 3339, whole seconds); empty: nothing is known. */
  get since(): string {
    return this.#newest === '' ? '' : `${second(this.#newest, -MARGIN)}Z`;
  }

  /** The stream is about to be opened again. */
  begin(): void {
    this.#current = '';
    this.#repeated = null;
    if (this.#recent.length === 0) return;
    this.#forget();
    this.#repeated = new Map();
    let newest = '';
    for (const { time, text } of this.#recent) {
      if (time > newest) newest = time;
      const texts = this.#repeated.get(time) ?? new Map<string, number>();
      this.#repeated.set(time, texts.set(text, (texts.get(text) ?? 0) + 1));
    }
    this.#until = second(newest, MARGIN);
  }

  /** The lines that were not delivered yet; they count as delivered. */
  fresh<Line extends StampedText>(lines: readonly Line[]): readonly Line[] {
    return lines.filter((line) => {
      if (line.time !== '') this.#current = line.time;
      if (this.#isRepeated(line.text)) return false;
      this.#remember(line.text);
      return true;
    });
  }

  #isRepeated(text: string): boolean {
    if (this.#repeated === null) return false;
    if (this.#current.slice(0, SECONDS) > this.#until) this.#repeated = null;
    const texts = this.#repeated?.get(this.#current);
    const count = texts?.get(text) ?? 0;
    if (count > 0) texts?.set(text, count - 1);
    return count > 0;
  }

  #remember(text: string): void {
    const isSetBack =
      this.#current < this.#newest &&
      this.#current.slice(0, SECONDS) < second(this.#newest, -MARGIN);
    if (this.#current > this.#newest || isSetBack) this.#newest = this.#current;
    this.#recent.push({ time: this.#current, text });
    this.#newLines++;
    this.#newText += text.length;
    if (this.#newLines >= BATCH_LINES || this.#newText >= BATCH_TEXT) this.#forget();
  }

  /** Forgets what no stream repeats, and the oldest of what is too much. */
  #forget(): void {
    const from = second(this.#newest, -MARGIN);
    let left = MOST_TEXT;
    let at = this.#recent.length;
    while (at > 0 && left > 0) left -= this.#recent[--at]?.text.length ?? 0;
    this.#recent = this.#recent.slice(at).filter(({ time }) => time >= from);
    this.#newLines = 0;
    this.#newText = 0;
  }
}

/** Length of a time down to its seconds. */
const SECONDS = 19;

/** The second of a time, shifted: `2026-01-01T00:00:09`; a time within it sorts behind it. */
function second(time: string, shift: number): string {
  const at = Date.parse(`${time.slice(0, SECONDS)}Z`) + shift;
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, SECONDS);
}
