/** What CloudWatch has of something: nothing is stored, each point follows from what the region is. */
export interface MetricSubject {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Seconds from one point to the next. */
  readonly resolution: number;
  /** From when on there are points (ms), and until when; null: they go on. */
  readonly since: number;
  readonly until: number | null;
  /** By name. */
  readonly figures: Readonly<Record<string, Figure>>;
}

/** One figure of a subject: its point at a moment (ms of wall time); null where there is none. */
export type Figure = (at: number) => Point | null;

/** What was measured: one value, or several of which these are told. */
export type Point = number | Spread;

/** The values of several members, or of many requests. */
export interface Spread {
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** The value of a point, or the mean of its values. */
export const meanOf = (point: Point): number => (typeof point === 'number' ? point : point.mean);
