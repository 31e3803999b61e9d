/** What log lines are taken apart into. */
import type { LogLevel } from './log-buffer.ts';

/** What a line says of its level. */
export interface SaidLevel {
  /** Empty where it does not say. */
  readonly level: LogLevel;
  /** As it was written; empty where something else tells, such as the status of an answer. */
  readonly word: string;
  /** The name of the member that says it; empty where none does. */
  readonly member: string;
}

/** Of a line that does not say. */
export const NOTHING_SAID: SaidLevel = { level: '', word: '', member: '' };

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

/** What the form of a line says; how severe it is is read in one place for all forms. */
export type LogParts = Omit<LogRecord, 'level'>;

export type LogField = readonly [name: string, value: string];

/** A field for a process or thread; none for the first one, as which a container runs its program. */
export const processOf = (name: string, id: string): readonly LogField[] =>
  id === '' || id === '1' ? [] : [[name, id]];
