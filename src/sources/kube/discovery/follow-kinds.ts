import type { KindRow } from '../../../domain/kinds.ts';
import { isEqual } from '../../../core/equal.ts';
import type { Sink } from '../../../ports/sink.ts';
import { asRequestError } from '../errors.ts';
import type { FollowContext, Running } from '../following.ts';
import { Recovery } from '../recovery.ts';
import { StatusTracker, type Part } from '../source-status.ts';
import { Documents } from './documents.ts';
import { kindRows, type OfferedGroup } from './offers.ts';
import { Signals } from './signals.ts';

/**
 * After a change the server is asked so much later (ms), each time after the last answer: what it
 * says of its kinds lags behind their definitions.
 */
const AFTER_CHANGE = [150, 700, 1_500, 4_000] as const;
/** However much changes, so much time (ms) is between two times. */
const LEAST = 500;
/** While changes are not told it is asked so often (ms); an old server, which answers at length, seldom. */
const UNTOLD = 30_000;
const UNTOLD_AT_LENGTH = 300_000;

/** Follows what kinds a server offers for ever, and presents them as any other source. */
export function followKinds(context: FollowContext, sink: Sink<KindRow>): Running {
  const loop = new Kinds(context, sink);
  void loop.run();
  return loop;
}

class Kinds implements Running {
  readonly #context: FollowContext;
  readonly #sink: Sink<KindRow>;
  readonly #documents: Documents;
  readonly #signals: Signals;
  readonly #recovery: Recovery;
  readonly #abort = new AbortController();
  #rows: ReadonlyMap<string, KindRow> | null = null;
  /** The revision of the documents that the rows are of. */
  #revision = 0;
  #asOf = 0;
  /** Both documents are due, not only the one that definitions change. */
  #both = true;
  /** Which of the times after a change is the next; beyond the last there is none. */
  #step: number = AFTER_CHANGE.length;
  #sleep: { readonly arm: () => void; readonly end: () => void } | null = null;

  constructor(context: FollowContext, sink: Sink<KindRow>) {
    this.#context = context;
    this.#sink = sink;
    this.#documents = new Documents(context.transport);
    this.#signals = new Signals(context, {
      changed: () => this.#dueAt(0),
      unsure: () => this.#dueAt(AFTER_CHANGE.length - 1),
    });
    const status = new StatusTracker(context.clock, (told) => sink.status(told));
    this.#recovery = new Recovery({ ...context, status });
  }

  readonly stop = (): void => {
    this.#abort.abort();
    this.#signals.stop();
    this.#recovery.stop();
    this.#sleep?.end();
  };

  retryNow(): void {
    this.#both = true;
    this.#signals.retryNow();
    this.#recovery.wake();
    this.#sleep?.end();
  }

  async run(): Promise<void> {
    while (!this.#halted()) {
      try {
        await this.#ask();
        if (this.#halted()) return;
        this.#works();
      } catch (thrown) {
        if (this.#halted()) return;
        const error = asRequestError(thrown, this.#context.transport.host);
        await this.#recovery.failed(error, this.#asOf).catch(() => this.#recovery.pause());
        continue;
      }
      await this.#untilDue();
    }
  }

  #halted(): boolean {
    return this.#abort.signal.aborted;
  }

  async #ask(): Promise<void> {
    const { signal } = this.#abort;
    const roots = this.#both ? (['/api', '/apis'] as const) : (['/apis'] as const);
    await Promise.all(roots.map((root) => this.#documents.ask(root, signal)));
    this.#both = false;
  }

  #works(): void {
    const { groups, revision } = this.#documents;
    if (revision !== this.#revision) this.#tell(kindRows(groups));
    this.#revision = revision;
    this.#asOf = this.#context.clock.now();
    this.#recovery.works(missing(groups));
    this.#signals.start();
  }

  #tell(rows: ReadonlyMap<string, KindRow>): void {
    const known = this.#rows;
    this.#rows = rows;
    if (known === null) {
      this.#sink.relist();
      this.#sink.put([...rows.values()]);
      this.#sink.synced();
      return;
    }
    const put = [...rows.values()].filter((row) => !isEqual(row, known.get(row.uid)));
    const gone = [...known.values()].filter(({ uid }) => !rows.has(uid));
    if (put.length > 0) this.#sink.put(put);
    if (gone.length > 0) this.#sink.remove(gone.map((last) => ({ uid: last.uid, last })));
  }

  /** Goes back to one of the times after a change, if it is past. */
  #dueAt(step: number): void {
    if (this.#step <= step) return;
    this.#step = step;
    this.#sleep?.arm();
  }

  #untilDue(): Promise<void> {
    return new Promise((resolve) => {
      let cancel = (): void => undefined;
      const end = (): void => {
        cancel();
        this.#sleep = null;
        resolve();
      };
      const arm = (): void => {
        cancel();
        cancel = this.#afterNext(end);
      };
      this.#sleep = { arm, end };
      arm();
    });
  }

  /** Calls back when the server is due to be asked; gives what calls that off. */
  #afterNext(ask: () => void): () => void {
    const { clock, random } = this.#context;
    const wait = AFTER_CHANGE[this.#step];
    if (wait !== undefined) {
      return clock.after(Math.max(wait, this.#asOf + LEAST - clock.now()), () => {
        this.#step++;
        ask();
      });
    }
    if (this.#signals.areLive) return () => undefined;
    const interval = this.#documents.manifold ? UNTOLD_AT_LENGTH : UNTOLD;
    return clock.after(interval * (1 - random() / 10), () => {
      this.#both = true;
      ask();
    });
  }
}

/** What of the kinds is not known, or not known to be true. */
function missing(groups: readonly OfferedGroup[]): Part {
  const silent = groups.flatMap(({ group, versions }) =>
    versions.filter(({ answers }) => !answers).map((each) => ({ group, ...each })),
  );
  if (silent.length === 0) return {};
  const names = silent.map(({ group, version }) => `${group}/${version}`).join(', ');
  const [does, its] = silent.length === 1 ? ['does', 'its'] : ['do', 'their'];
  const known = silent.some(({ offers }) => offers !== null);
  return {
    reason: `${names} ${does} not answer: ${its} kinds are ${known ? 'as last known' : 'not known'}`,
    hint: 'the API services tell why (:apiservices)',
  };
}
