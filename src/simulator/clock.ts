import type { Clock } from '../core/clock.ts';

interface Timer {
  due: number;
  order: number;
  run: (() => void) | null;
}

/**
 * The region's time: a queue of timers that moves only when told to. A region is built in its own
 * past and brought to the present by {@link SimulatedClock.advanceTo}, which is why what is on the
 * screen at the first second has a history: ages, revisions, restarts, events.
 *
 * Since its `epoch` (the present, in ms) it may run faster than the wall: `now()` is simulated
 * time, `date()` and `stamp()` are what goes into objects, so that ages never lie in the future.
 */
export class SimulatedClock implements Clock {
  readonly epoch: number;
  readonly speed: number;
  private time: number;
  private order = 0;
  private readonly heap: Timer[] = [];
  /** The second that was last written as a stamp: thousands of objects are written in each. */
  private stamped = { second: Number.NaN, text: '' };

  constructor(start: number, epoch: number, speed: number) {
    this.time = start;
    this.epoch = epoch;
    this.speed = speed;
  }

  /** Simulated milliseconds since the Unix epoch. */
  now(): number {
    return this.time;
  }

  /** The moment as objects carry it, in milliseconds of wall time. */
  date(): number {
    return this.time <= this.epoch ? this.time : this.epoch + (this.time - this.epoch) / this.speed;
  }

  /** {@link date} as Kubernetes writes times: `2026-11-24T06:00:00Z`. */
  stamp(): string {
    const second = Math.floor(this.date() / 1000);
    if (second !== this.stamped.second) this.stamped = { second, text: stampOf(second * 1000) };
    return this.stamped.text;
  }

  after(ms: number, fn: () => void): () => void {
    const timer: Timer = { due: this.time + Math.max(0, ms), order: this.order++, run: fn };
    this.push(timer);
    return () => {
      timer.run = null;
    };
  }

  /** Runs `fn` every `ms` from now on, the first time after `first` (default: `ms`). */
  every(ms: number, fn: () => void, first = ms): () => void {
    let cancel = (): void => undefined;
    const again = (): void => {
      cancel = this.after(ms, again);
      fn();
    };
    cancel = this.after(first, again);
    return () => cancel();
  }

  /** When the next timer is due, in simulated ms; Infinity when there is none. */
  next(): number {
    return this.heap[0]?.due ?? Infinity;
  }

  /** Runs everything due until `time`. Stops early after `budget` ms of real work, if given. */
  advanceTo(time: number, budget = Infinity): void {
    const started = budget === Infinity ? 0 : performance.now();
    for (let head = this.heap[0]; head && head.due <= time; head = this.heap[0]) {
      this.pop();
      this.time = Math.max(this.time, head.due);
      head.run?.();
      if (budget !== Infinity && performance.now() - started > budget) return;
    }
    this.time = Math.max(this.time, time);
  }

  /** {@link advanceTo} by a duration in ms. */
  advance(ms: number): void {
    this.advanceTo(this.time + ms);
  }

  private push(timer: Timer): void {
    const heap = this.heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (!parent || !before(timer, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = timer;
  }

  private pop(): void {
    const heap = this.heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      let child = heap[down];
      if (!child) break;
      const right = heap[down + 1];
      if (right && before(right, child)) {
        child = right;
        down++;
      }
      if (!before(child, last)) break;
      heap[at] = child;
      at = down;
    }
    heap[at] = last;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

/** Milliseconds as Kubernetes writes times, in whole seconds: `2026-11-24T06:00:00Z`. */
export function stampOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Milliseconds as MicroTime: `2026-11-24T06:00:00.123456Z`. */
export function microStampOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000Z`;
}

/**
 * Lets the clock follow the wall from now on; returns how to stop it. A turn works for at most
 * 20 ms, so that requests are answered also while a big cluster is busy.
 */
export function followWall(clock: SimulatedClock): () => void {
  let timer: NodeJS.Timeout | undefined;
  const turn = (): void => {
    const target = clock.epoch + (Date.now() - clock.epoch) * clock.speed;
    clock.advanceTo(target, 20);
    const wait = (clock.next() - target) / clock.speed;
    timer = setTimeout(turn, Math.min(250, Math.max(wait, 2)));
  };
  turn();
  return () => clearTimeout(timer);
}
