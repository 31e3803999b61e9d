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
  const victims = plan.victimCount ?? plan.victims.length;
  if (danger < 3 && !isProtected && victims <= MANY_VICTIMS) return null;
  return plan.subject ?? name;
}
