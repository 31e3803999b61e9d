/** What it means for writes that nobody answers for an admission webhook. */
import type { SilentHook, WebhookConfigurationRow } from './tables/webhook-configuration.ts';
import { bad, calmHealth, warn, type Health } from './health.ts';

/** `service cert-manager/webhook has no ready endpoint`. */
const silence = ({ service, isMissing }: SilentHook): string =>
  `service ${service} ${isMissing ? 'does not exist' : 'has no ready endpoint'}`;

/** What becomes of the writes: without an answer they fail, unless the hook says to go on without. */
const effect = ({ isNeeded, rules }: SilentHook): string =>
  isNeeded
    ? rules.length === 0
      ? 'nothing asks it'
      : `${rules.join('; ')} fail`
    : 'it is passed over';

/** A silent hook in a line: what is wrong there, and what it does to whom. */
export const silenceText = (hook: SilentHook): string => `${silence(hook)}: ${effect(hook)}`;

/** Those that make writes fail first. */
export const worstFirst = (hooks: readonly SilentHook[]): readonly SilentHook[] =>
  [...hooks].sort((a, b) => Number(b.isNeeded) - Number(a.isNeeded));

/** A configuration: whether somebody answers for each of its hooks. */
export function webhookHealth(row: WebhookConfigurationRow, now: number): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok') return calm;
  const [worst] = worstFirst(row.silent ?? []);
  if (worst === undefined) return calm;
  return worst.isNeeded ? bad(silenceText(worst)) : warn(silenceText(worst));
}

/** The same in a few words that others have too. */
export const webhookWord = (_: unknown, { level }: Health): string =>
  level === 'bad' ? 'writes fail: nobody answers' : 'nobody answers';
