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
