/** A log group of CloudWatch: what the region keeps of what was written. */
export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly retentionDays: number;
  /** As they are at the moment. */
  readonly streams: () => readonly LogStream[];
}

/** Nothing is stored: what a stream has of any stretch of time follows from who wrote it. */
export interface LogStream {
  readonly name: string;
  /** Entries of [from, until), both in ms; an entry may be of several events. */
  readonly count: (from: number, until: number) => number;
  /** Events of [from, until), oldest first. */
  readonly events: (from: number, until: number) => readonly LogEvent[];
}

export interface LogEvent {
  /** ms */
  readonly timestamp: number;
  readonly message: string;
}
