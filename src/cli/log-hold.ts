import type { LogLine } from '../core/log-buffer.ts';
import { logQuestion, LogVerdict, type LogQuestion, type LogTest } from '../core/log-verdict.ts';

/**
 * So long (ms) a line waits for those that go on with it: behind it those of all other streams do, too.
 */
export const MOMENT = 500;

/** A line and those that go on with it. */
interface Group {
  readonly verdict: LogVerdict;
  /** Another one has begun. */
  isOver: boolean;
  /** Its lines that were passed over because nothing told more in time, in case something does. */
  passedOver: LogLine[];
}

interface Held {
  readonly line: LogLine;
  readonly group: Group;
  /** When it came (ms). */
  readonly came: number;
}

/**
 * Lines in their order, each held until it is known whether the trace that it is of passes: a trace is
 * shown as a whole, by what any of its lines says.
 */
export class LogHold {
  readonly #question: LogQuestion;
  #held: Held[] = [];
  /** So many of them are out already: to take each off the front would move all behind it. */
  #out = 0;
  /** By stream, what its next line may go on with. */
  readonly #open = new Map<number, Group>();

  /** @param tests all of which have to hold */
  constructor(tests: readonly LogTest[]) {
    this.#question = logQuestion(tests);
  }

  /** In how long (ms) the first line has waited enough; null where none waits. */
  dueIn(now: number): number | null {
    const first = this.#held[this.#out];
    return first === undefined ? null : Math.max(0, first.came + MOMENT - now);
  }

  /** Takes the next line. */
  take(line: LogLine, now: number): void {
    const last = this.#open.get(line.source);
    let group = line.continues ? last : undefined;
    if (group === undefined) {
      if (last !== undefined) last.isOver = true;
      group = {
        verdict: new LogVerdict(this.#question),
        isOver: false,
        passedOver: [],
      };
      this.#open.set(line.source, group);
    }
    group.verdict.hear(line);
    this.#held.push({ line, group, came: now });
  }

  /** The lines that pass and that nothing before them is undecided of. @param now Infinity: no more come */
  release(now: number): readonly LogLine[] {
    const passed: LogLine[] = [];
    const held = this.#held;
    for (let next = held[this.#out]; next !== undefined; next = held[++this.#out]) {
      const { line, group, came } = next;
      const { verdict, isOver, passedOver } = group;
      if (!verdict.isFinal && !isOver && now - came < MOMENT) break;
      if (verdict.passes) {
        for (const before of passedOver) passed.push(before);
        passed.push(line);
        group.passedOver = [];
      } else if (!verdict.isExcluded && !isOver) passedOver.push(line);
    }
    if (this.#out * 2 >= held.length) {
      this.#held = held.slice(this.#out);
      this.#out = 0;
    }
    return passed;
  }
}
