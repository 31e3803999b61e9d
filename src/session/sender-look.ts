/** Finds out why charts are empty: whether anything at all is sent of what they are about. */
import { hintOf, reasonOf } from '../core/words.ts';
import type { Chart, Sender } from '../domain/charts/chart.ts';
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
  readonly meter: MetricMeter;
  readonly changed: () => void;
}

export class SenderLook {
  readonly #options: SenderLookOptions;
  /** By sender: what came of asking; null while that is on its way. */
  readonly #answers = new Map<string, EmptyReason | 'sends' | null>();
  #stop = new AbortController();

  constructor(options: SenderLookOptions) {
    this.#options = options;
  }

  /** Asks once whether what a chart shows is sent at all. */
  ask({ sender }: Chart): void {
    if (sender === undefined || this.#answers.has(keyOf(sender))) return;
    this.#answers.set(keyOf(sender), null);
    void this.#list(sender, this.#stop.signal);
  }

  /** Why an empty chart is so; null: that is being found out. */
  answer({ sender, quiet }: Chart): EmptyReason | null {
    const silence = { reason: quiet, hint: '' };
    if (sender === undefined) return silence;
    const found = this.#answers.get(keyOf(sender)) ?? null;
    return found === 'sends' ? silence : found;
  }

  /** What is on its way is asked anew when it is wanted again. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    for (const [key, answer] of this.#answers) if (answer === null) this.#answers.delete(key);
  }

  async #list(sender: Sender, signal: AbortSignal): Promise<void> {
    const { door, meter, changed } = this.#options;
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
