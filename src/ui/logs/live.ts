/** Turns Live Tail on and off, and says why it ended where nobody turned it off. */
import { LIVE_MINUTE_USD } from '../../domain/aws-prices.ts';
import type { LogSession } from '../../session/index.ts';
import type { PaneHost } from '../pane.ts';

export class LiveSwitch {
  readonly #session: Pick<LogSession, 'live'>;
  readonly #host: Pick<PaneHost, 'flash'>;
  #told: string | null = null;

  /** Goes with the session: what it subscribes to ends with that. */
  constructor(session: LogSession, host: PaneHost) {
    this.#session = session;
    this.#host = host;
    session.subscribe(() => this.#tell());
  }

  /** Always true: the key has been taken. */
  toggle(): true {
    const { live } = this.#session;
    if (live === null) {
      this.#host.flash(
        'only what CloudWatch keeps has a live tail: this follows by itself',
        'muted',
      );
    } else if (live.isOn) {
      live.set(false);
      this.#host.flash('live tail ended: what is new is asked for now and then', 'muted');
    } else {
      // It may not be possible, which is said in its turn.
      this.#told = null;
      const cost = `~$${LIVE_MINUTE_USD.toFixed(2)}`;
      this.#host.flash(`live tail: ${cost} for each minute while you look; T ends it`, 'warn');
      live.set(true);
    }
    return true;
  }

  #tell(): void {
    const ended = this.#session.live?.ended ?? null;
    if (ended !== null && ended !== this.#told) {
      this.#host.flash(`${ended}; T begins one again`, 'warn');
    }
    this.#told = ended;
  }
}
