/** Follows all that the pulse of a cluster is written from, and tells at a calm pace that it changed. */
import type { Clock } from '../../core/clock.ts';
import { Notifier } from '../../core/notifier.ts';
import { isComing, mergeStatus, type SourceStatus } from '../../domain/status.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { Stop } from '../../ports/sink.ts';
import type { PulseFacts } from '../../resources/pulse/facts.ts';
import { AFTER, FIRST, LAST, MOST_LOOKED_BACK } from '../../resources/pulse/index.ts';
import { PulseTallies } from '../../resources/pulse/tallies.ts';
import type { UiConnection } from '../session.ts';

/** The least time between two looks at what changes by itself (ms), and while lists are coming in. */
const PACE = 1000;
const PACE_LOADING = 200;

/** How long (ms) the first lists may keep the rest waiting: of 50,000 pods a busy server takes a minute. */
const PATIENCE = 3000;

/** What it is not known without. */
const TABLES = [...FIRST, ...AFTER];

/** What is asked for one after the other, and what each waits for: the second not for ever. */
const STEPS = [
  { tables: FIRST, after: [], patience: 0 },
  { tables: AFTER, after: FIRST, patience: PATIENCE },
  { tables: LAST, after: TABLES, patience: Infinity },
];

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
  /** Since when it is shown (ms); null while it is not. */
  #shownAt: number | null = null;
  #cancelPatience: Stop | null = null;
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

  /** Begins to follow: what tells most first, the rest when that is there or lets itself be waited for. */
  show(): void {
    this.#shownAt = this.#clock.now();
    this.#cancelPatience = this.#clock.after(PATIENCE, () => this.#follow());
    this.#follow();
  }

  hide(): void {
    this.#shownAt = null;
    this.#cancelPatience?.();
    for (const release of this.#followed.splice(0)) release();
  }

  close(): void {
    this.hide();
    this.#cancel?.();
    for (const stop of this.#stops) stop();
    this.#tallies.close();
  }

  /** Asks for the next tables as soon as those before are there, cannot be read, or take too long. */
  #follow(): void {
    const { store } = this.#connection;
    while (this.#shownAt !== null) {
      const step = STEPS[this.#followed.length];
      if (step === undefined) return;
      const waited = this.#clock.now() - this.#shownAt;
      if (waited < step.patience && this.#isLoading(step.after)) return;
      const rows = FIRST.reduce((sum, table) => sum + store.size(table), 0);
      if (step.tables === LAST && rows > MOST_LOOKED_BACK) return;
      this.#followed.push(this.#connection.need(step.tables));
    }
  }

  #isLoading(tables: readonly TableId[]): boolean {
    return tables.some((table) => isComing(this.#connection.store.status(table)));
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
