import type { TableId } from '../domain/tables.ts';
import type { ActionTarget, FormValues, Progress } from './define.ts';
import type { Action, RunnerOptions } from './host.ts';

/** After this long (ms) nobody is waiting any more: the world is told as it is. */
const LIMIT = 10 * 60_000;
/** Progress also depends on time, not only on changes. */
const TICK = 1000;

/** What is followed: targets that an action was sent to. */
export interface Followed {
  readonly action: Action;
  readonly targets: readonly ActionTarget[];
  readonly values: FormValues;
}

/**
 * Follows targets until each is done or failed, or the limit is reached.
 * @param report is told at every change, and last with `done` or `failed`.
 */
export function followTargets(
  followed: Followed,
  options: RunnerOptions,
  report: (progress: Progress) => void,
): void {
  const { action, targets, values } = followed;
  const { ctx, clock, onChange, hold } = options;
  const startedAt = clock.now();
  const tables = [
    ...new Set([...targets.map(({ resource }) => resource as TableId), ...action.needs]),
  ];
  const letGo = hold(tables);
  const unsubscribe = onChange(tables, () => look());
  let cancelTick: () => void = () => undefined;
  let over = false;
  let last = '';

  const stop = (): void => {
    over = true;
    cancelTick();
    unsubscribe();
    letGo();
  };
  const look = (): void => {
    if (over) return;
    const each = targets.map((target) => action.follow(target, values, startedAt, ctx));
    const progress = inTime(summary(each), clock.now() - startedAt);
    if (progress.state !== 'working') stop();
    const said = `${progress.state} ${progress.text}`;
    if (said !== last) report(progress);
    last = said;
  };
  const tick = (): void => {
    look();
    if (!over) cancelTick = clock.after(TICK, tick);
  };
  tick();
}

function inTime(progress: Progress, elapsed: number): Progress {
  if (progress.state !== 'working' || elapsed < LIMIT) return progress;
  return { state: 'failed', text: `${progress.text}, still after ${LIMIT / 60_000} minutes` };
}

/** Several targets in one line: what failed first, then what is still under way. */
export function summary(each: readonly Progress[]): Progress {
  const [only] = each;
  if (each.length === 1 && only) return only;
  const of = (state: Progress['state']) => each.filter((progress) => progress.state === state);
  const [working, failed, done] = [of('working'), of('failed'), of('done')];
  const count = `${done.length} of ${each.length} done`;
  if (working[0]) return { state: 'working', text: `${count}; ${working[0].text}` };
  if (failed[0]) {
    const more = failed.length > 1 ? ` (and ${failed.length - 1} more failed)` : '';
    return { state: 'failed', text: `${count}; ${failed[0].text}${more}` };
  }
  return { state: 'done', text: each.map(({ text }) => text).join(', ') };
}
