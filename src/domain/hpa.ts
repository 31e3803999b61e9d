import type { Condition, HpaRow } from './rows.ts';

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
function isAtMax(hpa: HpaRow): boolean {
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
