import type { LogLine } from '../core/log-buffer.ts';
import { logQuestion, LogVerdict, type LogQuestion, type LogTest } from '../core/log-verdict.ts';

/** A line that nothing followed for this long (ms) is taken for the last of those it goes on with. */
export const MOMENT = 500;

/** A line and those that go on with it. */
interface Group {
  readonly verdict: LogVerdict;
  /** When its last line came (ms). */
  heard: number;
  /** Another one has begun. */
  isOver: boolean;
  /** Its lines that were passed over because nothing more came, in case something does. */
  passedOver: LogLine[];
}

/**
 * Lines in their order, each held until it is known whether the trace that it is of passes: a trace is
 * shown as a whole, by what any of its lines says.
 */
export class LogHold {
  readonly #question: LogQuestion;
  #held: { readonly line: LogLine; readonly group: Group }[] = [];
  /** By stream, what its next line may go on with. */
  readonly #open = new Map<number, Group>();

  /** @param tests all of which have to hold */
  constructor(tests: readonly LogTest[]) {
    this.#question = logQuestion(tests);
  }

  /** Lines wait to be decided. */
  get holds(): boolean {
    return this.#held.length > 0;
  }

  /** Takes the next line. */
  take(line: LogLine, now: number): void {
    const last = this.#open.get(line.source);
    let group = line.continues ? last : undefined;
    if (group === undefined) {
      if (last !== undefined) last.isOver = true;
      group = {
        verdict: new LogVerdict(this.#question),
        heard: now,
        isOver: false,
        passedOver: [],
      };
      this.#open.set(line.source, group);
    }
    group.verdict.hear(line);
    group.heard = now;
    this.#held.push({ line, group });
  }

  /** The lines that pass and that nothing before them is undecided of. @param now Infinity: no more come */
  release(now: number): readonly LogLine[] {
    const passed: LogLine[] = [];
    const undecided = this.#held.findIndex(({ line, group }) => {
      const { verdict, isOver, heard, passedOver } = group;
      if (!verdict.isFinal && !isOver && now - heard < MOMENT) return true;
      if (verdict.passes) {
        passed.push(...passedOver, line);
        group.passedOver = [];
      } else if (!verdict.isExcluded && !isOver) passedOver.push(line);
      return false;
    });
    this.#held = undecided < 0 ? [] : this.#held.slice(undecided);
    return passed;
  }
}
