/** Lines of a log, as they come, in one of the forms of the command line. */
import type { Clock } from '../core/clock.ts';
import type { LogLine } from '../core/log-buffer.ts';
import type { LogTest } from '../core/log-verdict.ts';
import { readLogRecord } from '../core/log-record.ts';
import { plain } from '../core/styled.ts';
import { pad, sanitize } from '../core/text.ts';
import type { Stop } from '../ports/sink.ts';
import type { LogSession } from '../session/index.ts';
import { foldLine, streamNames } from '../ui/logs/index.ts';
import { LogHold } from './log-hold.ts';
import type { LogsRequest } from './logs-request.ts';

/** What is printed, and how. */
export interface PrinterOptions extends Pick<LogsRequest, 'format'> {
  readonly tests: readonly LogTest[];
  readonly out: (text: string) => void;
  readonly clock: Clock;
}

/** Columns that the name of a stream may take. */
const ROOM = 32;

export class LogPrinter {
  readonly #session: LogSession;
  readonly #options: PrinterOptions;
  /** The line to go on with. */
  #next = 0;
  readonly #hold: LogHold;
  #cancel: Stop | null = null;
  #named = 0;
  #names: readonly string[] = [];

  constructor(session: LogSession, options: PrinterOptions) {
    this.#session = session;
    this.#options = options;
    this.#hold = new LogHold(options.tests);
  }

  /** Prints what came since the last call, but for traces of which more may come. */
  print(): void {
    const now = this.#options.clock.now();
    this.#take(now);
    this.#release(now);
  }

  /** Prints all: nothing more comes. */
  end(): void {
    this.#take(this.#options.clock.now());
    this.#release(Infinity);
  }

  #take(now: number): void {
    const { buffer } = this.#session;
    for (let seq = Math.max(this.#next, buffer.first); seq < buffer.end; seq++) {
      const line = buffer.at(seq);
      if (line !== undefined) this.#hold.take(line, now);
    }
    this.#next = buffer.end;
  }

  #release(now: number): void {
    const { clock, out } = this.#options;
    this.#cancel?.();
    const text = this.#hold
      .release(now)
      .map((line) => `${this.#text(line)}\n`)
      .join('');
    const due = this.#hold.dueIn(now);
    this.#cancel = due === null ? null : clock.after(due, () => this.print());
    if (text !== '') out(text);
  }

  #text(line: LogLine): string {
    switch (this.#options.format) {
      case 'json':
        return this.#json(line);
      case 'raw':
        return this.#prefix(line) + line.text;
      case 'text': {
        const folded = foldLine(line, { zone: 'local', withTime: true, fields: [] });
        return this.#prefix(line) + (folded === null ? line.text : plain(folded));
      }
    }
  }

  #json({ time, level, text, source }: LogLine): string {
    const { namespace = '', pod = '', container = '' } = this.#session.sources[source] ?? {};
    const record = readLogRecord(text);
    const told = { time: time === '' ? null : time, namespace, pod, container };
    const apart = record && {
      message: record.message,
      fields: Object.fromEntries(record.fields),
    };
    return JSON.stringify({ ...told, level: level === '' ? null : level, text, ...apart });
  }

  /** What tells the stream from the others; nothing where there is one. */
  #prefix({ source }: LogLine): string {
    const { sources } = this.#session;
    if (this.#named !== sources.length) {
      this.#named = sources.length;
      const of = sources.map(({ pod, container }) => ({
        pod: sanitize(pod),
        container: sanitize(container),
      }));
      const { names } = streamNames(of, ROOM);
      const width = Math.max(0, ...names.map(({ length }) => length));
      this.#names = names.map((name) => (width === 0 ? '' : `${pad(name, width)} `));
    }
    return this.#names[source] ?? '';
  }
}
