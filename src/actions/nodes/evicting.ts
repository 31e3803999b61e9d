/** Evictions, several at a time, tried again while disruption budgets forbid them. */
import type { Cell } from '../../core/styled.ts';
import type { DeleteOptions, KubeError, KubeObject } from '../../ports/kube.ts';
import type { ActionContext } from '../engine/define.ts';
import type { DrainPod } from './drain-pods.ts';
import type { Progress } from '../engine/plan.ts';
import { explained, reasonOf } from '../../core/words.ts';

/** Evictions asked for at the same time. */
const AT_ONCE = 5;
/** How long (ms) until what was held back is tried again, as kubectl does. */
const RETRY = 5000;
/** How often (ms) it is looked whether what was evicted has ended. */
const LOOK = 1000;

/** What is evicted, how, and who hears of it. */
export interface Evicting {
  readonly pods: readonly DrainPod[];
  /** Time to end (s); null: as each pod says. */
  readonly grace: number | null;
  /** How long (ms) it may take; 0: as long as it takes. */
  readonly limit: number;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  /** The pods that are still there. */
  readonly left: () => Promise<readonly KubeObject[]>;
}

/** Why a pod is still there. */
type Held = { readonly pod: DrainPod; readonly why: string };

/** Evicts pods until all are gone. Rejects with what is left where it fails or is called off. */
export async function evictAll(evicting: Evicting, ctx: ActionContext): Promise<void> {
  const { pods, limit, signal } = evicting;
  const begun = ctx.now();
  let waiting: readonly Held[] = pods.map((pod) => ({ pod, why: '' }));
  let ending: readonly DrainPod[] = [];
  let failed: readonly Held[] = [];
  let unseen = '';
  let tried = -Infinity;
  const stand = (): string => {
    const gone = pods.length - waiting.length - ending.length - failed.length;
    return standOf({ gone, total: pods.length, ending, waiting });
  };
  while (waiting.length + ending.length > 0) {
    if (signal.aborted) throw new Error(`called off: ${stand()}`);
    if (limit > 0 && ctx.now() - begun >= limit)
      throw new Error(`not done in ${limit / 1000}s: ${stand()}${whys(waiting)}`);
    if (ctx.now() - tried >= RETRY) {
      tried = ctx.now();
      const answers = await inTurns(waiting, (held) => evict(held.pod, evicting, ctx));
      ending = [...ending, ...answers.flatMap(({ to, pod }) => (to === 'ending' ? [pod] : []))];
      failed = [...failed, ...answers.filter(({ to }) => to === 'failed')];
      waiting = answers.filter(({ to }) => to === 'waiting');
    }
    if (ending.length > 0) {
      try {
        const there = new Set((await evicting.left()).map(({ metadata }) => metadata.uid));
        ending = ending.filter(({ uid }) => there.has(uid));
        unseen = '';
      } catch (error) {
        unseen = `; which are gone cannot be seen now: ${reasonOf(error)}`;
      }
    }
    const lines = [...waiting.map(heldLine), ...failed.map(heldLine), ...ending.map(endingLine)];
    evicting.report({ state: 'working', text: `${stand()}${unseen}`, lines });
    if (waiting.length + ending.length > 0) await ctx.sleep(LOOK, signal);
  }
  if (failed.length > 0) throw new Error(`${stand()}${whys(failed)}`);
  evicting.report({ state: 'working', text: stand(), lines: [] });
}

interface Answer extends Held {
  readonly to: 'ending' | 'waiting' | 'failed';
}

/** Evicts one; a budget that forbids it and a server that does not answer are tried again. */
async function evict(
  pod: DrainPod,
  { grace, signal }: Evicting,
  { kube }: ActionContext,
): Promise<Answer> {
  if (signal.aborted) return { pod, to: 'waiting', why: '' };
  const options: DeleteOptions = { uid: pod.uid, ...(grace !== null && { graceSeconds: grace }) };
  try {
    await kube.evict(pod.ref, options);
    return { pod, to: 'ending', why: '' };
  } catch (error) {
    const { code = 0 } = error as Partial<KubeError>;
    // 404: it is gone; 409: another pod has come under its name. Either way this one has ended.
    if (code === 404 || code === 409) return { pod, to: 'ending', why: '' };
    const again = code === 0 || code === 429 || code >= 500;
    return { pod, to: again ? 'waiting' : 'failed', why: evictionReason(error) };
  }
}

/** What the server said, with what its causes say of the budget. */
export function evictionReason(error: unknown): string {
  const { causes = [] } = error as Partial<KubeError>;
  const said = causes.map(({ message }) => message).filter((message) => message !== '');
  const reason = reasonOf(error);
  const more = said.filter((message) => !reason.includes(message));
  return explained(reason, ...more);
}

/** A few at a time, in order. */
async function inTurns<T, R>(
  all: readonly T[],
  work: (each: T) => Promise<R>,
): Promise<readonly R[]> {
  const done: R[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE)
    done.push(...(await Promise.all(all.slice(from, from + AT_ONCE).map(work))));
  return done;
}

function standOf(at: {
  readonly gone: number;
  readonly total: number;
  readonly ending: readonly DrainPod[];
  readonly waiting: readonly Held[];
}): string {
  const parts = [`${at.gone} of ${at.total} pods gone`];
  if (at.ending.length > 0) parts.push(`${at.ending.length} ending`);
  if (at.waiting.length > 0) parts.push(`${at.waiting.length} not evicted`);
  return parts.join(', ');
}

const whys = (held: readonly Held[]): string =>
  held.map(({ pod, why }) => `; ${pod.name}${why === '' ? '' : `: ${why}`}`).join('');

const heldLine = ({ pod, why }: Held): Cell => [
  [`! ${pod.name}`, 'warn'],
  [`  ${why}`, 'muted'],
];
const endingLine = (pod: DrainPod): Cell => [
  [`… ${pod.name}`, 'text'],
  ['  is ending', 'muted'],
];
