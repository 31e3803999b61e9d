/** How long Live Tail went on in a pane, as AWS charges for it. */
import { LIVE_MINUTE_USD } from '../domain/aws-prices.ts';
import { chargedMinutes } from '../domain/kept-logs/live.ts';

export class LiveMeter {
  #ended = 0;
  #since: number | null = null;

  /** A session began. @param now ms */
  begin(now: number): void {
    this.#since = now;
  }

  /** It ended. @param now ms */
  end(now: number): void {
    this.#ended = this.minutes(now);
    this.#since = null;
  }

  /** A session goes on. */
  get isOn(): boolean {
    return this.#since !== null;
  }

  /** Of all sessions; one that goes on counts with the minute that it is in. @param now ms */
  minutes(now: number): number {
    return this.#ended + (this.#since === null ? 0 : chargedMinutes(now - this.#since));
  }

  /** By list. @param now ms */
  usd(now: number): number {
    return this.minutes(now) * LIVE_MINUTE_USD;
  }
}
