import type { SimulatedClock } from '../clock.ts';

/** Coalesces the reasons to look at an object: each key is reconciled once per round. */
export class Workqueue {
  private readonly clock: SimulatedClock;
  private readonly reconcile: (key: string) => void;
  private readonly delay: number;
  private readonly waiting = new Set<string>();
  private scheduled = false;

  /** `delay` in ms stands for the controller's own latency. */
  constructor(clock: SimulatedClock, delay: number, reconcile: (key: string) => void) {
    this.clock = clock;
    this.delay = delay;
    this.reconcile = reconcile;
  }

  add(key: string): void {
    this.waiting.add(key);
    if (this.scheduled) return;
    this.scheduled = true;
    this.clock.after(this.delay, () => {
      this.scheduled = false;
      const round = [...this.waiting];
      this.waiting.clear();
      for (const each of round) this.reconcile(each);
    });
  }
}
