/** What was asked of CloudWatch's metrics and of Prometheus since the program began, and what that costs. */
import { grouped } from '../core/grouped.ts';
import { METRIC_USD, SAMPLE_USD, usdWords } from '../domain/aws-prices.ts';

export class MetricMeter {
  #metrics = 0;
  #lists = 0;
  #questions = 0;
  #samples = 0;
  #isUntold = false;

  /** Metrics were asked for: each costs, whatever it has. */
  asked(metrics: number): void {
    this.#metrics += metrics;
  }

  /** It was asked what there is. */
  listed(): void {
    this.#lists++;
  }

  /** A Prometheus was asked. @param samples what it went through; null: it does not say */
  questioned(samples: number | null): void {
    this.#questions++;
    this.#samples += samples ?? 0;
    if (samples === null) this.#isUntold = true;
  }

  get isEmpty(): boolean {
    return this.#metrics + this.#lists + this.#questions === 0;
  }

  /** By list: what an account has free, or agreed on, is not known here. */
  get usd(): string {
    const metrics = (this.#metrics + this.#lists) * METRIC_USD;
    const known = usdWords(metrics + this.#samples * SAMPLE_USD);
    return this.#isUntold ? `${known} and what Prometheus does not tell` : known;
  }

  /** `asked 24 metrics and 2 queries`. */
  get words(): string {
    const metrics = counted(this.#metrics, 'metric', 'metrics');
    if (this.#questions === 0) return `asked ${metrics}`;
    const queries = counted(this.#questions, 'query', 'queries');
    return this.#metrics === 0 ? `asked ${queries}` : `asked ${metrics} and ${queries}`;
  }
}

const counted = (count: number, one: string, many: string): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;
