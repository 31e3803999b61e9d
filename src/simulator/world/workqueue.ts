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
    // In the far past nobody watches: a controller may take its time and save rounds.
    const past = this.clock.now() < this.clock.epoch - 3_600_000;
    this.clock.after(past ? this.delay * 20 : this.delay, () => {
      this.scheduled = false;
      const round = [...this.waiting];
      this.waiting.clear();
      for (const each of round) this.reconcile(each);
    });
  }
}
