import type { Denial } from './access.ts';
import type { Plan } from './plan.ts';

/**
 * Why a plan is not even proposed; null where it is. With some of several refused the others can
 * still be done; with all there is nothing to ask.
 * @param targets how many objects it was asked for; 0 where it is about none that is there
 */
export function planRefusal(
  { steps, refusals }: Plan,
  targets: number,
): Pick<Denial, 'reason' | 'hint'> | null {
  const isIdle = steps.every(({ already }) => already !== '');
  if (refusals.length > 0 && (isIdle || (targets > 0 && refusals.length >= targets)))
    return { reason: refusals.join('; '), hint: 'the API server refused a dry run' };
  if (!isIdle) return null;
  const reason = [...new Set(steps.map(({ already }) => already))].join('; ');
  return { reason: `nothing is to do: ${reason}`, hint: 'everything is as it would be after' };
}

/** The plan with what is to be known before all else, and what is not known at all. */
export function withNotes(plan: Plan, note: string, unknown: readonly string[]): Plan {
  const first = note === '' ? [] : [note];
  return { ...plan, warnings: [...first, ...plan.warnings, ...unknown] };
}
