import { parseQuantity } from '../core/quantity.ts';

export interface HpaMetric {
  /** `cpu`, `memory`, or the name of a pods, object, external or container metric. */
  readonly name: string;
  /** As kubectl prints them, e.g. `42%` and `60%`, `120m` and `1`; current is `<unknown>` where not known. */
  readonly current: string;
  readonly target: string;
  /** current / target; null where current is unknown. */
  readonly ratio: number | null;
}

/** A value or a target of a metric. Quantities as text, empty where absent. */
export interface MetricValue {
  readonly value: string;
  readonly averageValue: string;
  readonly averageUtilization: number | null;
}

/** One metric of spec.metrics or status.currentMetrics (autoscaling/v2), whatever its type. */
export interface MetricReading {
  /** `Resource`, `ContainerResource`, `Pods`, `Object`, `External`. */
  readonly type: string;
  /** Name of the resource or metric; of a container's resource, `container/resource`. */
  readonly name: string;
  readonly measure: MetricValue;
}

const UNKNOWN = '<unknown>';

/**
 * A metric of an HPA as kubectl prints it in TARGETS: utilization in percent (`10%` of `60%`),
 * else the average or plain value. kubectl pairs specs and statuses by position; a status of
 * another type at that position is taken for unknown.
 */
export function hpaMetric(spec: MetricReading, status: MetricReading | undefined): HpaMetric {
  const now = status?.type === spec.type ? status.measure : null;
  const target = spec.measure;
  const isResource = spec.type === 'Resource' || spec.type === 'ContainerResource';
  if (isResource && target.averageValue === '') {
    const { averageUtilization: used } = now ?? { averageUtilization: null };
    const wanted = target.averageUtilization;
    return {
      name: spec.name,
      current: used === null ? UNKNOWN : `${used}%`,
      target: wanted === null ? '<auto>' : `${wanted}%`,
      ratio: used === null ? null : ratioOf(used, wanted),
    };
  }
  const average = target.averageValue !== '' || spec.type === 'Pods';
  const current = (average ? now?.averageValue : now?.value) ?? '';
  const wanted = average ? target.averageValue : target.value;
  // Only these two may have either kind of target, so kubectl says which one it is.
  const both = spec.type === 'External' || spec.type === 'Object';
  return {
    name: spec.name,
    current: current || UNKNOWN,
    target: average && both ? `${wanted} (avg)` : wanted,
    ratio: ratioOf(parseQuantity(current), parseQuantity(wanted)),
  };
}

function ratioOf(current: number | null, target: number | null): number | null {
  return current === null || target === null || target === 0 ? null : current / target;
}

/** One metric's current and target as kubectl joins them: `10%/60%`, `<unknown>/60%`, `120m/1`. */
export function metricText({ current, target }: HpaMetric): string {
  return `${current}/${target}`;
}
