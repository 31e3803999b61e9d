/** What CloudTrail can be asked, and its answers, as `../aws-calls.ts` says. */

/** A call of AWS's API, as CloudTrail remembers it. */
export interface TrailEvent {
  readonly EventId: string;
  /** The operation: `UpdateNodegroupVersion`. */
  readonly EventName: string;
  /** The service: `eks.amazonaws.com`. */
  readonly EventSource: string;
  readonly EventTime: number | null;
  readonly Username: string;
  /** The whole event as JSON: who, from where, with what, and how it ended. */
  readonly CloudTrailEvent: string;
}

export interface CloudTrailCalls {
  /** The newest fifty of the calls that changed something, between two moments (ms), newest first. */
  'cloudtrail:LookupEvents': {
    input: { readonly StartTime: number; readonly EndTime: number };
    output: { readonly Events: readonly TrailEvent[] };
  };
}
