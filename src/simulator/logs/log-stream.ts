import type { LogEvent, LogStream } from '../log-group.ts';
import type { RunLog } from './run.ts';

/** What CloudWatch has of a run's log: each line as an event, in the words of who sent it there. */
export function streamOf(
  name: string,
  log: RunLog,
  message: (line: string, time: number) => string,
): LogStream {
  const range = (from: number, until: number) => {
    const count = log.countUntil(until - 1);
    return { count, start: log.indexAt(from, count) };
  };
  return {
    name,
    count: (from, until) => {
      const { count, start } = range(from, until);
      return Math.max(0, count - start);
    },
    events: (from, until) => {
      const { count, start } = range(from, until);
      const events: LogEvent[] = [];
      for (let index = start; index < count; index++) {
        const { time, lines } = log.entry(index, count);
        for (const line of lines) events.push({ timestamp: time, message: message(line, time) });
      }
      return events;
    },
  };
}
