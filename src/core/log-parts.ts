/** What log lines are taken apart into. */

/** What a structured line says. All of it is free of control characters. */
export interface LogRecord {
  /** As it was written: RFC 3339, a number since 1970, a time of day; empty where there is none. */
  readonly time: string;
  /** In capitals, as `ERROR`; empty where there is none. */
  readonly level: string;
  readonly message: string;
  /** What else it says, in its order. What is nested stays as it was written. */
  readonly fields: readonly LogField[];
}

export type LogField = readonly [name: string, value: string];
