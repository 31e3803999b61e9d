/** How urgent an event of the program's own log is, the most urgent first. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/**
 * Writes an event of the program into its own log, the one that goes with a bug report. Whoever is
 * given none has nothing to do. Fields carry facts, never credentials, headers or bodies.
 *
 * @param event what happened, in a word or two, the same for every event of its kind
 */
export type Log = (
  level: LogLevel,
  event: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;
