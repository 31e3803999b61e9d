import { StringDecoder } from 'node:string_decoder';

/** A log line apart from the timestamp that the kubelet put before it. */
export interface LogLine {
  /** RFC 3339 with nanoseconds; empty where the line has none (the kubelet's own remarks). */
  readonly time: string;
  readonly text: string;
}

/** A line that is longer than this (characters) is cut, so that no container can fill the memory. */
const MAX_LINE = 262_144;

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) ?/;

/** Cuts a container's log into lines, across chunks and UTF-8 sequences that were split. */
export class LogLines {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** The lines that this chunk completes. */
  push(chunk: Buffer): LogLine[] {
    const text = this.#rest + this.#decoder.write(chunk);
    const pieces = text.split('\n');
    this.#rest = pieces.pop() ?? '';
    if (this.#rest.length > MAX_LINE) {
      pieces.push(this.#rest);
      this.#rest = '';
    }
    return pieces.map(parseLine);
  }

  /** What is left when the stream has ended. */
  end(): LogLine[] {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    return rest === '' ? [] : [parseLine(rest)];
  }
}

function parseLine(line: string): LogLine {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  // Most lines come from a kubelet that writes 30 characters: the regular expression is the exception.
  if (text[29] === 'Z' && text[30] === ' ' && text[10] === 'T') {
    return { time: text.slice(0, 30), text: text.slice(31) };
  }
  const stamp = TIMESTAMP.exec(text)?.[0] ?? '';
  return { time: stamp.trimEnd(), text: text.slice(stamp.length) };
}

/**
 * Passes over what was delivered before a stream was cut: a resumed stream begins at the second
 * of the last line (the kubelet drops fractions of sinceTime), so lines come twice.
 */
export class Resume {
  /** Sortable form of the last delivered time. */
  #last = '';
  /** How many lines of that very time were delivered. */
  #count = 0;
  /** Of those, how many the resumed stream has yet to repeat; null while not catching up. */
  #toSkip: number | null = null;
  /** What {@link #last} was when the stream was opened again. */
  #from = '';
  /** The last delivered time as it was written. */
  time = '';

  /** The stream is about to be opened again. */
  begin(): void {
    this.#from = this.#last;
    this.#toSkip = this.#last === '' ? null : this.#count;
  }

  /** The lines that were not delivered yet; they count as delivered. */
  fresh(lines: readonly LogLine[]): readonly LogLine[] {
    const fresh = this.#toSkip === null ? lines : lines.filter((line) => this.#isNew(line));
    this.#remember(fresh);
    return fresh;
  }

  #isNew({ time }: LogLine): boolean {
    if (this.#toSkip === null || time === '') return true;
    const key = sortable(time);
    if (key < this.#from) return false;
    if (key === this.#from && this.#toSkip > 0) {
      this.#toSkip--;
      return false;
    }
    if (key > this.#from) this.#toSkip = null;
    return true;
  }

  #remember(lines: readonly LogLine[]): void {
    let at = lines.length - 1;
    while (at >= 0 && lines[at]?.time === '') at--;
    const time = lines[at]?.time ?? '';
    if (time === '') return;
    let same = 0;
    for (; at >= 0 && lines[at]?.time === time; at--) same++;
    this.#count = time === this.time ? this.#count + same : same;
    this.time = time;
    this.#last = sortable(time);
  }
}

/** A time whose text order is the order of time: UTC, nine fractional digits. */
function sortable(time: string): string {
  const [, seconds = '', fraction = '', zone = 'Z'] =
    /^(.{19})(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  const at = new Date(`${seconds}${zone}`);
  if (Number.isNaN(at.getTime())) return time;
  return `${at.toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}`;
}
