import type { Plan } from './plan.ts';

/** More victims than these are not ended by pressing enter. */
const MANY_VICTIMS = 10;

/**
 * What has to be typed to confirm a plan; null: nothing.
 * @param name of what it is about, where the plan itself names no subject
 */
export function typedName(
  plan: Plan,
  name: string,
  { danger, isProtected }: { readonly danger: number; readonly isProtected: boolean },
): string | null {
  if (danger < 3 && !isProtected && victimsOf(plan) <= MANY_VICTIMS) return null;
  return plan.subject ?? name;
}

/** A plan that is asked for, and what has to be typed for it alone. */
interface Asked {
  readonly plan: Plan;
  readonly typeName: string | null;
}

/**
 * What has to be typed to confirm the plans of several clusters at once; null: nothing. One that
 * wants a name typed is enough, and victims are counted together.
 * @param name how many of what, where they are several
 */
export function jointTypedName(asked: readonly Asked[], name: string): string | null {
  const [only, another] = asked;
  if (only === undefined || another === undefined) return only?.typeName ?? null;
  const victims = asked.reduce((sum, { plan }) => sum + victimsOf(plan), 0);
  const isTyped = asked.some(({ typeName }) => typeName !== null) || victims > MANY_VICTIMS;
  return isTyped ? name : null;
}

const victimsOf = ({ victimCount, victims }: Plan): number => victimCount ?? victims.length;
