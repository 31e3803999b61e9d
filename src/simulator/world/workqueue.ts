import { isLongAgo } from './past.ts';
import type { World } from './world.ts';

/**
 * How long (ms) a controller takes that would take `delay` in a small cluster. The more there is to
 * look at, the longer it waits for reasons to do so, so that what it costs for each pod stays the
 * same; until the present nobody sees how long, and in the far past nobody watches at all.
 */
export function latency(world: World, delay: number): number {
  const { store, clock } = world;
  const size = store.count('pods') + 20 * store.count('nodes');
  if (isLongAgo(world)) return delay * Math.max(20, size / 100);
  return delay * Math.max(1, size / (clock.now() < clock.epoch ? 800 : 4000));
}

/** Coalesces the reasons to look at an object: each key is reconciled once per round. */
export class Workqueue {
  private readonly world: World;
  private readonly reconcile: (key: string) => void;
  private readonly delay: number;
  private readonly waiting = new Set<string>();
  private scheduled = false;

  /** `delay` in ms stands for the controller's own latency. */
  constructor(world: World, delay: number, reconcile: (key: string) => void) {
    this.world = world;
    this.delay = delay;
    this.reconcile = reconcile;
  }

  add(key: string): void {
    this.waiting.add(key);
    if (this.scheduled) return;
    this.scheduled = true;
    this.world.clock.after(latency(this.world, this.delay), () => {
      this.scheduled = false;
      const round = [...this.waiting];
      this.waiting.clear();
      for (const each of round) this.reconcile(each);
    });
  }
}
