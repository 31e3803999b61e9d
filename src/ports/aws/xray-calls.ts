/** What X-Ray can be asked, and its answers, as `../aws-calls.ts` says. */

/** Something that was thrown, or said, at the root of a failure. */
export interface TraceException {
  readonly Name: string;
  readonly Message: string;
}

/** Services on the way to a failure, the last one nearest to its root. */
export interface TraceRootCause {
  readonly Services: readonly {
    readonly Name: string;
    readonly EntityPath: readonly {
      readonly Name: string;
      readonly Exceptions: readonly TraceException[];
    }[];
  }[];
}

/** A request on its way through services, in short. */
export interface TraceSummary {
  readonly Id: string;
  readonly StartTime: number | null;
  /** From the first moment to the last of all its parts (s). */
  readonly Duration: number | null;
  /** Until the answer (s): work may go on behind it. */
  readonly ResponseTime: number | null;
  /** 5xx. */
  readonly HasFault: boolean;
  /** 4xx. */
  readonly HasError: boolean;
  /** 429. */
  readonly HasThrottle: boolean;
  /** Parts of it are still on their way. */
  readonly IsPartial: boolean;
  readonly Http: {
    readonly HttpURL: string;
    readonly HttpStatus: number | null;
    readonly HttpMethod: string;
    readonly ClientIp: string;
  };
  readonly ServiceIds: readonly { readonly Name: string; readonly Type: string }[];
  /** Where it came in; its name is empty where that is not known. */
  readonly EntryPoint: { readonly Name: string };
  readonly FaultRootCauses: readonly TraceRootCause[];
  readonly ErrorRootCauses: readonly TraceRootCause[];
}

export interface XrayCalls {
  /** One page; those behind it are told by `NextToken`, empty on the last. */
  'xray:GetTraceSummaries': {
    input: {
      /** ms; at most six hours. */
      readonly StartTime: number;
      readonly EndTime: number;
      /** Absent: all. */
      readonly FilterExpression?: string;
      readonly NextToken?: string;
    };
    output: { readonly TraceSummaries: readonly TraceSummary[]; readonly NextToken: string };
  };
}
