/** A metric of CloudWatch, as it is asked for. */

/** One figure of CloudWatch over time. */
export interface Metric {
  /** `AWS/EC2`, `ContainerInsights`. */
  readonly namespace: string;
  readonly name: string;
  /** All that it is stored under, no more and no less: another set of them is another metric. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** What is made of the points of a period: `Average`, `Sum`, `Maximum`, `Minimum`, `p99`. */
  readonly stat: string;
}
