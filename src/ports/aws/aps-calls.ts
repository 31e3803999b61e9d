/** Calls of Amazon Managed Service for Prometheus. Questions cost, by the samples that they go through. */

/** Calls of Amazon Managed Service for Prometheus. */
export interface ApsCalls {
  'aps:ListWorkspaces': {
    input: Readonly<Record<string, never>>;
    output: {
      readonly workspaces: readonly {
        readonly workspaceId: string;
        readonly arn: string;
        readonly alias: string;
        /** `ACTIVE`, `CREATING`, … */
        readonly status: { readonly statusCode: string };
        readonly tags: Readonly<Record<string, string>>;
      }[];
    };
  };
  'aps:ListScrapers': {
    input: Readonly<Record<string, never>>;
    output: {
      readonly scrapers: readonly {
        readonly scraperId: string;
        readonly status: { readonly statusCode: string };
        /** Empty: it is none of an EKS cluster. */
        readonly source: { readonly eksConfiguration: { readonly clusterArn: string } };
        readonly destination: { readonly ampConfiguration: { readonly workspaceArn: string } };
      }[];
    };
  };
  /** A question in PromQL over a stretch of time, as Prometheus's `query_range` takes it. */
  'aps:QueryMetrics': {
    input: {
      readonly workspaceId: string;
      /** Where it is; empty: in the region of the door. */
      readonly region: string;
      readonly query: string;
      /** ms; the first point. */
      readonly start: number;
      /** ms; the last point, if it falls on a step. */
      readonly end: number;
      /** Seconds between points. */
      readonly step: number;
      /** What would go through more samples is refused, and costs nothing. */
      readonly mostSamples: number;
    };
    output: {
      readonly series: readonly PromSeries[];
      /** What it went through and is charged for; null: that was not told. */
      readonly samples: number | null;
    };
  };
}

/** A series of an answer. */
export interface PromSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Times (ms) and values, oldest first; what is no number is left out. */
  readonly points: readonly (readonly [at: number, value: number])[];
}
