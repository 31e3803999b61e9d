import type { ActionContext } from '../engine/define.ts';
import type { Progress } from '../engine/plan.ts';
import { reasonOf } from '../../core/words.ts';

/** How long (ms) IAM may take to know everywhere what was just made. */
const PROPAGATION = 60_000;
const RETRY = 3000;

/** Sends something until IAM knows what it is about; anything else that goes wrong is an answer. */
export async function oncePropagated(
  send: () => Promise<void>,
  isSoon: (error: unknown) => boolean,
  {
    signal,
    report,
    ctx,
  }: {
    readonly signal: AbortSignal;
    readonly report: (progress: Progress) => void;
    readonly ctx: Pick<ActionContext, 'now' | 'sleep'>;
  },
): Promise<void> {
  const until = ctx.now() + PROPAGATION;
  for (;;) {
    try {
      await send();
      return;
    } catch (error) {
      if (!isSoon(error) || signal.aborted || ctx.now() >= until) throw error;
      report({ state: 'working', text: `not yet: ${reasonOf(error)}` });
      await ctx.sleep(RETRY, signal);
    }
  }
}
