/** Finds out why charts are empty: whether anything at all is sent of what they are about. */
import { hintOf, reasonOf } from '../core/words.ts';
import type { Clock } from '../core/clock.ts';
import type { MetricChart, Sender } from '../domain/charts/chart.ts';
import type { AwsDoor } from '../ports/aws.ts';
import type { MetricMeter } from './metric-meter.ts';

/** Why, and what to do, which may be nothing. */
export interface EmptyReason {
  readonly reason: string;
  readonly hint: string;
}

/** What it works with. */
export interface SenderLookOptions {
  readonly door: AwsDoor;
  readonly clock: Clock;
  readonly meter: MetricMeter;
  readonly changed: () => void;
}

/** What sends nothing is looked at again after this long (ms): it may have been turned on. */
export const AGAIN_MS = 600_000;

export class SenderLook {
  readonly #options: SenderLookOptions;
  /** By sender: what came of asking; null while that is on its way. */
  readonly #answers = new Map<string, EmptyReason | 'sends' | null>();
  /** By sender: when nothing of it was found (ms). */
  readonly #missing = new Map<string, number>();
  #stop = new AbortController();

  constructor(options: SenderLookOptions) {
    this.#options = options;
  }

  /** Asks once whether what a chart shows is sent at all. */
  ask({ sender }: Pick<MetricChart, 'sender'>): void {
    if (sender === undefined) return;
    const key = keyOf(sender);
    const isOld = this.#missing.has(key) && !this.isMissing({ sender });
    if (this.#answers.has(key) && !isOld) return;
    this.#missing.delete(key);
    // What was found before stands until there is another answer.
    if (!isOld) this.#answers.set(key, null);
    void this.#list(sender, this.#stop.signal);
  }

  /** Why an empty chart is so; null: that is being found out. */
  answer({ sender, quiet }: Pick<MetricChart, 'sender' | 'quiet'>): EmptyReason | null {
    const silence = { reason: quiet, hint: '' };
    if (sender === undefined) return silence;
    const found = this.#answers.get(keyOf(sender)) ?? null;
    return found === 'sends' ? silence : found;
  }

  /** Nothing is sent of what a chart shows, as of a little while ago: asking for it is of no use. */
  isMissing({ sender }: Pick<MetricChart, 'sender'>): boolean {
    const since = sender === undefined ? undefined : this.#missing.get(keyOf(sender));
    return since !== undefined && this.#options.clock.now() - since < AGAIN_MS;
  }

  /** What is on its way is asked anew when it is wanted again. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    for (const [key, answer] of this.#answers) if (answer === null) this.#answers.delete(key);
  }

  async #list(sender: Sender, signal: AbortSignal): Promise<void> {
    const { door, clock, meter, changed } = this.#options;
    const { namespace: Namespace, dimensions, missing, hint } = sender;
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    let answer: EmptyReason | 'sends';
    try {
      meter.listed();
      const { Metrics } = await door.call(
        'cloudwatch:ListMetrics',
        { Namespace, Dimensions },
        signal,
      );
      answer = Metrics.length > 0 ? 'sends' : { reason: missing, hint };
      if (answer !== 'sends') this.#missing.set(keyOf(sender), clock.now());
    } catch (error) {
      if (signal.aborted) return;
      answer = {
        reason: `no points, and why is not known: ${reasonOf(error)}`,
        hint: hintOf(error),
      };
    }
    if (signal.aborted) return;
    this.#answers.set(keyOf(sender), answer);
    changed();
  }
}

const keyOf = ({ namespace, dimensions }: Sender): string =>
  JSON.stringify([namespace, dimensions]);
