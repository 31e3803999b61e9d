import { parseQuantity } from '../core/quantity.ts';
import type { Condition, HpaMetric, HpaRow } from './rows.ts';

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

/** What an HPA cannot do or has come to, worst first; `null` where all is well. */
export interface HpaTrouble {
  readonly kind: 'unable' | 'unknown-metrics' | 'disabled' | 'at-max';
  readonly text: string;
  readonly at: number;
}

/** What stands out of an HPA, by the conditions of its controller and its numbers. */
export function hpaTrouble(hpa: HpaRow): HpaTrouble | null {
  const able = conditionOf(hpa, 'AbleToScale');
  if (able?.status === 'False') return trouble('unable', able);
  const active = conditionOf(hpa, 'ScalingActive');
  if (active?.status === 'False') {
    return trouble(active.reason === 'ScalingDisabled' ? 'disabled' : 'unknown-metrics', active);
  }
  if (!isAtMax(hpa)) return null;
  const at = conditionOf(hpa, 'ScalingLimited')?.at ?? 0;
  return { kind: 'at-max', text: `wants more than ${hpa.max} replicas`, at };
}

/**
 * Would it scale further if it might? A controller says so (TooManyReplicas); without its word,
 * being at the maximum with a metric over its target says the same.
 */
export function isAtMax(hpa: HpaRow): boolean {
  const limited = conditionOf(hpa, 'ScalingLimited');
  if (limited) return limited.status === 'True' && limited.reason === 'TooManyReplicas';
  const over = hpa.metrics.some(({ ratio }) => ratio !== null && ratio > 1);
  return hpa.max > 0 && hpa.current >= hpa.max && over;
}

function conditionOf(hpa: HpaRow, type: string): Condition | undefined {
  return hpa.conditions.find((condition) => condition.type === type);
}

/**
 * A condition in a few words: what metrics servers say comes wrapped in the controller's own
 * words, most telling part last.
 */
function trouble(kind: HpaTrouble['kind'], { reason, message, at }: Condition): HpaTrouble {
  const text = message
    .replace(/^the HPA (?:controller )?(?:was|is) unable to /, 'cannot ')
    .replace(/^cannot compute the replica count: /, '');
  return { kind, text: text || reason, at };
}
