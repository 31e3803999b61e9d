/** Settings that a new pane starts with. */
export interface LogSettings {
  /** Lines kept. */
  readonly buffer: number;
  readonly wrap: boolean;
  readonly timestamps: boolean;
  /** JSON, logfmt and klog lines are taken apart. */
  readonly fold: boolean;
}
