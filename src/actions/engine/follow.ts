import type { ActionHost } from './host.ts';
import type { Follow, Progress } from './plan.ts';
import { reasonOf } from '../../core/words.ts';

/** Progress also depends on time, not only on changes (ms). */
const TICK = 1000;

/**
 * Follows what was sent until it is done or failed, or its limit is reached.
 * @param report is told at every change, and last with `done` or `failed`; then the promise resolves
 */
export function follow(
  { tables, limit, every = 0, look }: Follow,
  { clock, hold, onChange }: Pick<ActionHost, 'clock' | 'hold' | 'onChange'>,
  report: (progress: Progress) => void,
): Promise<void> {
  const startedAt = clock.now();
  const letGo = hold(tables);
  return new Promise((resolve) => {
    let over = false;
    let asking = false;
    let asked = -Infinity;
    let said = '';
    let cancelTick: () => void = () => undefined;
    let last: Progress = { state: 'working', text: '' };

    const hear = (progress: Progress): void => {
      if (over) return;
      last = inTime(progress, clock.now() - startedAt, limit);
      if (last.state !== 'working') {
        over = true;
        cancelTick();
        unsubscribe();
        letGo();
      }
      const saying = JSON.stringify(last);
      if (saying !== said) report(last);
      said = saying;
      if (over) resolve();
    };
    const see = (): void => {
      if (over) return;
      if (asking || clock.now() - asked < every) {
        hear(last);
        return;
      }
      asked = clock.now();
      try {
        const found = look(startedAt);
        if (!(found instanceof Promise)) {
          hear(found);
          return;
        }
        asking = true;
        void found.catch(unseen).then((progress) => {
          asking = false;
          hear(progress);
        });
      } catch (error) {
        hear(unseen(error));
      }
    };
    /** What cannot be seen now goes on all the same. */
    const unseen = (error: unknown): Progress => ({
      state: 'working',
      text: `how far it is cannot be seen now: ${reasonOf(error)}`,
    });
    const unsubscribe = onChange(tables, see);
    const tick = (): void => {
      see();
      if (!over) cancelTick = clock.after(TICK, tick);
    };
    tick();
  });
}

function inTime(progress: Progress, elapsed: number, limit: number): Progress {
  if (progress.state !== 'working' || elapsed < limit) return progress;
  const minutes = limit / 60_000;
  const still = `still after ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  const text =
    progress.text === '' ? `nothing is known of it, ${still}` : `${progress.text}, ${still}`;
  return { state: 'failed', text };
}
