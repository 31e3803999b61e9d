/** Lines of a log, as they come, in one of the forms of the command line. */
import type { LogLine } from '../core/log-buffer.ts';
import { passesAlone, type LogTest } from '../core/log-filter.ts';
import { readLogRecord } from '../core/log-record.ts';
import { plain } from '../core/styled.ts';
import { pad, sanitize } from '../core/text.ts';
import type { LogSession } from '../session/index.ts';
import { foldLine, streamNames } from '../ui/logs/index.ts';
import type { LogsRequest } from './logs-request.ts';

/** What is printed, and how. */
export interface PrinterOptions extends Pick<LogsRequest, 'format'> {
  readonly tests: readonly LogTest[];
  readonly out: (text: string) => void;
}

/** Columns that the name of a stream may take. */
const ROOM = 32;

export class LogPrinter {
  readonly #session: LogSession;
  readonly #options: PrinterOptions;
  /** The line to go on with. */
  #next = 0;
  /** By stream, whether the line passed that its next ones may go on with: a trace stays whole. */
  readonly #passed = new Map<number, boolean>();
  #named = 0;
  #names: readonly string[] = [];

  constructor(session: LogSession, options: PrinterOptions) {
    this.#session = session;
    this.#options = options;
  }

  /** Prints what came since the last call. */
  print(): void {
    const { buffer } = this.#session;
    let text = '';
    for (let seq = Math.max(this.#next, buffer.first); seq < buffer.end; seq++) {
      const line = buffer.at(seq);
      if (line !== undefined && this.#passes(line)) text += `${this.#text(line)}\n`;
    }
    this.#next = buffer.end;
    if (text !== '') this.#options.out(text);
  }

  #passes(line: LogLine): boolean {
    const { tests } = this.#options;
    const goesOn = line.continues && this.#passed.get(line.source) === true;
    const passes = goesOn || passesAlone(line, tests);
    if (!line.continues) this.#passed.set(line.source, passes);
    return passes;
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
