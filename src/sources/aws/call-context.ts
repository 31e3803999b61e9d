/** What was asked when a call failed: its words name these. */
export interface CallContext {
  /** The IAM action, `eks:ListNodegroups`. */
  readonly action: string;
  readonly profile: string;
  readonly region: string;
  /** Custom endpoint, or empty for AWS's own. */
  readonly endpoint: string;
}
