/** What was asked of CloudWatch's metrics since the program began, and what that costs. */
import { grouped } from '../core/grouped.ts';
import { METRIC_USD, usdWords } from '../domain/aws-prices.ts';

export class MetricMeter {
  #metrics = 0;
  #lists = 0;

  /** Metrics were asked for: each costs, whatever it has. */
  asked(metrics: number): void {
    this.#metrics += metrics;
  }

  /** It was asked what there is. */
  listed(): void {
    this.#lists++;
  }

  get isEmpty(): boolean {
    return this.#metrics + this.#lists === 0;
  }

  /** By list: what an account has free, or agreed on, is not known here. */
  get usd(): string {
    return usdWords((this.#metrics + this.#lists) * METRIC_USD);
  }

  /** `asked 24 metrics`. */
  get words(): string {
    return `asked ${grouped(this.#metrics)} ${this.#metrics === 1 ? 'metric' : 'metrics'}`;
  }
}
