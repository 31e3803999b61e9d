/** Calls of CloudWatch Logs. */
export interface LogsCalls {
  /**
   * One page of events, oldest first over all streams: at most 10,000 or 1 MB. A page may be empty
   * although there are more: those behind it are told by `nextToken`, empty on the last.
   */
  'logs:FilterLogEvents': {
    input: {
      readonly logGroupName: string;
      readonly logStreamNamePrefix?: string;
      readonly filterPattern?: string;
      /** ms; both count. */
      readonly startTime: number;
      readonly endTime: number;
      readonly nextToken?: string;
    };
    output: { readonly events: readonly LogEvent[]; readonly nextToken: string };
  };
  /**
   * What is written from now on, for three hours at most: costs by the minute, until nobody goes through
   * it any more or the signal says so.
   */
  'logs:StartLiveTail': {
    input: {
      /** ARNs, without `:*` at the end; at most ten. */
      readonly logGroupIdentifiers: readonly string[];
      readonly logStreamNamePrefixes?: readonly string[];
      readonly logEventFilterPattern?: string;
    };
    /** Ends by an `AwsFault`, of which the code is `SessionTimeoutException` where its time is over. */
    output: { readonly updates: AsyncIterable<LiveUpdate> };
  };
}

/** An event as it is written: it has no id yet. */
export type LiveEvent = Omit<LogEvent, 'eventId'>;

/** What was written in the last second. */
export interface LiveUpdate {
  readonly events: readonly LiveEvent[];
  /** More was written than it sends (500 in a second): these are some of them. */
  readonly isSampled: boolean;
}

/** What was written, as CloudWatch keeps it. */
export interface LogEvent {
  readonly logStreamName: string;
  readonly timestamp: number | null;
  /** Words of others: control characters and all. */
  readonly message: string;
  /** Tells it from all others of its log group. */
  readonly eventId: string;
}
