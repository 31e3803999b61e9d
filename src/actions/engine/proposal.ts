import { denialOf, rightsOf, type Denial } from './access.ts';
import type { ActionContext, ActionTarget } from './define.ts';
import type { FlowStart } from './flow-start.ts';
import type { FormValues } from './form.ts';
import { isToDo, standOf, type Plan } from './plan.ts';
import { unknowns } from './tables.ts';

/** Why a plan is not even proposed. */
export type Refusal = Pick<Denial, 'reason' | 'hint'>;

/** What a plan is made of. */
export interface ProposalInput {
  readonly start: Pick<FlowStart, 'action' | 'host'>;
  readonly targets: readonly ActionTarget[];
  readonly values: FormValues;
  readonly ctx: ActionContext;
  /** Rights that need not be asked for; those that are granted come to it. */
  readonly granted: Set<string>;
  /** What the plan says before all else; may be empty. */
  readonly note: string;
}

/** Why it is not even asked how: what the guard says, or a right that is missing; null: nothing. */
export async function refusalOf({
  start: { action, host },
  targets,
  ctx,
  granted,
}: ProposalInput): Promise<Refusal | null> {
  const reason = action.guard(targets, ctx);
  if (reason !== '') return { reason, hint: '' };
  return await denialOf(rightsOf(action, targets), host, granted);
}

/** A plan that the user has the rights for, or why there is none. Rejects with a sentence. */
export async function proposalOf(input: ProposalInput): Promise<Plan | Refusal> {
  const { start, targets, values, ctx, granted, note } = input;
  const { action, host } = start;
  const plan = await action.plan(targets, values, ctx);
  const asked = plan.steps.filter(isToDo).flatMap(({ access }) => access);
  const denial = await denialOf(asked, host, granted);
  const refusal = denial ?? planRefusal(plan, targets.length);
  return refusal ?? withNotes(plan, note, unknowns(action.needs, host));
}

/**
 * Why a plan is not even proposed; null where it is. With some of several refused the others can
 * still be done; with all there is nothing to ask.
 * @param targets how many objects it was asked for; 0 where it is about none that is there
 */
function planRefusal({ steps, refusals }: Plan, targets: number): Refusal | null {
  const isIdle = !steps.some(isToDo);
  if (refusals.length > 0 && (isIdle || (targets > 0 && refusals.length >= targets)))
    return { reason: refusals.join('; '), hint: 'the API server refused a dry run' };
  if (!isIdle) return null;
  const stands = steps.map(standOf);
  const barred = stands.filter(({ state }) => state === 'barred');
  const reasons = (of: typeof stands): string =>
    [...new Set(of.map(({ text }) => text))].join('; ');
  if (barred.length > 0) return { reason: reasons(barred), hint: '' };
  return {
    reason: `nothing is to do: ${reasons(stands)}`,
    hint: 'everything is as it would be after',
  };
}

/** The plan with what is to be known before all else, and what is not known at all. */
function withNotes(plan: Plan, note: string, unknown: readonly string[]): Plan {
  const first = note === '' ? [] : [note];
  return { ...plan, warnings: [...first, ...plan.warnings, ...unknown] };
}
