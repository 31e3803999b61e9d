/** Follows all that the pulse of a cluster is written from, and tells at a calm pace that it changed. */
import type { Clock } from '../../core/clock.ts';
import { Notifier } from '../../core/notifier.ts';
import { mergeStatus, type SourceStatus } from '../../domain/status.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { Stop } from '../../ports/sink.ts';
import type { PulseFacts } from '../../resources/pulse/facts.ts';
import { AFTER, FIRST, LAST, MOST_LOOKED_BACK } from '../../resources/pulse/index.ts';
import { PulseTallies } from '../../resources/pulse/tallies.ts';
import type { UiConnection } from '../session.ts';

/** The least time between two looks at what changes by itself (ms), and while lists are coming in. */
const PACE = 1000;
const PACE_LOADING = 200;

/** What it is not known without. */
const TABLES = [...FIRST, ...AFTER];

/** What is asked for one after the other. */
const STEPS = [FIRST, AFTER, LAST];

export class PulseSource {
  readonly changes = new Notifier();
  readonly #connection: UiConnection;
  readonly #clock: Clock;
  readonly #tallies: PulseTallies;
  readonly #stops: readonly Stop[];
  #namespace: string;
  #facts: PulseFacts | null = null;
  #told = -Infinity;
  #cancel: Stop | null = null;
  #isShown = false;
  readonly #followed: Stop[] = [];

  constructor(connection: UiConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    const { store } = connection;
    this.#namespace = connection.namespace;
    this.#tallies = new PulseTallies(
      store,
      () => this.#namespace,
      () => this.#changed(),
    );
    this.#stops = [
      store.onChange([...TABLES, ...LAST], () => this.#changed()),
      connection.subscribe(() => this.#connectionChanged()),
    ];
  }

  get facts(): PulseFacts {
    this.#facts ??= this.#tallies.facts(this.#connection.info.roundTrip);
    return this.#facts;
  }

  /** How true it is: of what must be there, and of all that once was. */
  get status(): SourceStatus {
    const { store } = this.#connection;
    const parts = TABLES.map((table) => ({ table, status: store.status(table) }));
    const counts = parts.filter(({ table, status }) => FIRST.includes(table) || status.synced);
    return mergeStatus(counts.map(({ status }) => status));
  }

  /** Begins to follow: what tells most first, the rest when that is there. */
  show(): void {
    this.#isShown = true;
    this.#follow();
  }

  hide(): void {
    this.#isShown = false;
    for (const release of this.#followed.splice(0)) release();
  }

  close(): void {
    this.hide();
    this.#cancel?.();
    for (const stop of this.#stops) stop();
    this.#tallies.close();
  }

  /** Asks for the next tables as soon as those before are there, or cannot be read. */
  #follow(): void {
    const { store } = this.#connection;
    while (this.#isShown) {
      const step = this.#followed.length;
      const tables = STEPS[step];
      if (tables === undefined || this.#isLoading(STEPS.slice(0, step).flat())) return;
      const rows = FIRST.reduce((sum, table) => sum + store.size(table), 0);
      if (tables === LAST && rows > MOST_LOOKED_BACK) return;
      this.#followed.push(this.#connection.need(tables));
    }
  }

  #isLoading(tables: readonly TableId[]): boolean {
    return tables.some((table) => {
      const { synced, state } = this.#connection.store.status(table);
      return !synced && (state === 'idle' || state === 'loading');
    });
  }

  #connectionChanged(): void {
    const { namespace } = this.#connection;
    if (namespace !== this.#namespace) {
      this.#namespace = namespace;
      this.#tallies.recount();
    }
    this.#changed();
  }

  /** Tells it at once where the last time is long ago, else when it is. */
  #changed(): void {
    this.#follow();
    if (this.#cancel !== null) return;
    const pace = this.#isLoading(TABLES) ? PACE_LOADING : PACE;
    const wait = Math.max(0, this.#told + pace - this.#clock.now());
    if (wait === 0) this.#tell();
    else this.#cancel = this.#clock.after(wait, () => this.#tell());
  }

  #tell(): void {
    this.#cancel = null;
    this.#told = this.#clock.now();
    this.#facts = null;
    this.changes.notify();
  }
}
