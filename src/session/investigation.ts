/**
 * Asks why, of one subject, for as long as somebody looks: rules run over what is known, and what
 * they looked for and did not find is read then, and only then.
 */
import type { Clock } from '../core/clock.ts';
import { at, moment, object, text, type Json } from '../core/json.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { BaseRow } from '../domain/row.ts';
import { placeIn, refOf } from '../domain/ref.ts';
import { isKubeTable, type TableId, type Tables } from '../domain/tables/index.ts';
import type { Finding, Happening, Looked, ObjectTableId, World } from '../domain/why/finding.ts';
import type { KubeError } from '../ports/kube-error.ts';
import type { KubePort } from '../ports/kube.ts';
import type { Query } from '../ports/query.ts';
import type { Stop } from '../ports/sink.ts';

/** A cluster in which something can be looked into. */
export interface Scene {
  readonly cluster: ClusterKey;
  readonly store: Query & {
    now(): number;
    onChange(tables: readonly TableId[], listener: () => void): Stop;
  };
  readonly kube: Pick<KubePort, 'get' | 'list'>;
  need(tables: readonly TableId[]): Stop;
}

/** Objects and events change without a row telling: they are read anew this often (ms). */
const STALE_MS = 15_000;
/** More objects than this are not read for one question. */
const MOST_READS = 40;

const NOT_YET: Looked<never> = { state: 'unread', why: 'not read yet' };
const TOO_MANY: Looked<never> = { state: 'unread', why: 'more than is read for one question' };

interface Reading {
  now: Looked<unknown>;
  /** Null while the answer is on its way. */
  readAt: number | null;
}

/** What one question reads. */
export class Investigation {
  readonly #scene: Scene;
  readonly #clock: Clock;
  readonly #onNews: () => void;
  readonly #stops = new Map<TableId, Stop>();
  readonly #readings = new Map<string, Reading>();
  /** Rows as the rule that is asked now sees them: it may look at them several times. */
  readonly #seen = new Map<TableId, readonly BaseRow[]>();
  readonly #abort = new AbortController();
  readonly #world: World;

  /** @param onNews told when another answer may be found; never from within {@link ask} */
  constructor(scene: Scene, clock: Clock, onNews: () => void) {
    this.#scene = scene;
    this.#clock = clock;
    this.#onNews = onNews;
    const { store } = scene;
    this.#world = {
      get now() {
        return store.now();
      },
      rows: (table) => this.#rows(table),
      named: (table, namespace, name) => {
        this.#need(table);
        return store.named(table, namespace, name) ?? null;
      },
      unread: (table, namespace) => this.#unread(table, namespace),
      events: (kind, namespace, name) => this.#events(kind, namespace, name),
      object: (table, namespace, name) => this.#object(table, namespace, name),
    };
  }

  /** Whether something that was asked for is still on its way. */
  get isReading(): boolean {
    const tables = [...this.#stops.keys()].some((table) => {
      const { synced, state } = this.#scene.store.status(table);
      return !synced && (state === 'idle' || state === 'loading');
    });
    return tables || [...this.#readings.values()].some(({ readAt }) => readAt === null);
  }

  /** What is found by now. */
  ask(rule: (world: World) => Finding | null): Finding | null {
    this.#seen.clear();
    const found = rule(this.#world);
    this.#seen.clear();
    return found;
  }

  stop(): void {
    this.#abort.abort();
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }

  #need(table: TableId): void {
    if (this.#stops.has(table) || this.#abort.signal.aborted) return;
    const stopSource = this.#scene.need([table]);
    const stopChanges = this.#scene.store.onChange([table], this.#onNews);
    this.#stops.set(table, () => {
      stopChanges();
      stopSource();
    });
  }

  #rows<T extends TableId>(table: T): readonly Tables[T][] {
    this.#need(table);
    const rows =
      this.#seen.get(table) ?? [...this.#scene.store.rows(table)].filter(({ gone }) => gone === 0);
    this.#seen.set(table, rows);
    // The cast: what is seen of a table are its rows.
    return rows as readonly Tables[T][];
  }

  #unread(table: TableId, namespace: string): string {
    this.#need(table);
    const { synced, reason, namespaces, state } = this.#scene.store.status(table);
    if (!synced) return reason || (state === 'absent' ? 'the cluster has none' : 'not read yet');
    if (namespaces === null || (namespace !== '' && namespaces.includes(namespace))) return '';
    return `read in ${namespaces.join(', ')} alone`;
  }

  #object(table: ObjectTableId, namespace: string, name: string): Looked<Json> {
    const { kube, cluster } = this.#scene;
    if (!isKubeTable(table)) return { state: 'absent' };
    return this.#read(`${table}/${namespace}/${name}`, async (signal) =>
      object(await kube.get(refOf(table, { cluster, namespace, name }), signal)),
    );
  }

  #events(kind: string, namespace: string, name: string): Looked<readonly Happening[]> {
    const { kube, cluster } = this.#scene;
    // Events about what is in no namespace are in this one.
    const place = placeIn('events', cluster, namespace === '' ? 'default' : namespace);
    const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
    return this.#read(`events/${kind}/${namespace}/${name}`, async (signal) => {
      const events = await kube.list(place, { fieldSelector }, signal);
      return events.map(happening).sort((a, b) => b.at - a.at);
    });
  }

  /** What was read; it is read where it was not, or long ago. What was read before stays until then. */
  #read<T>(key: string, read: (signal: AbortSignal) => Promise<T>): Looked<T> {
    const known = this.#readings.get(key);
    if (known === undefined && this.#readings.size >= MOST_READS) return TOO_MANY;
    const reading: Reading = known ?? { now: NOT_YET, readAt: 0 };
    this.#readings.set(key, reading);
    const { readAt } = reading;
    const isStale = readAt !== null && this.#clock.now() - readAt >= STALE_MS;
    if (isStale && !this.#abort.signal.aborted) void this.#fill(reading, read);
    // The cast: a key is always read by the same function.
    return reading.now as Looked<T>;
  }

  async #fill(reading: Reading, read: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    reading.readAt = null;
    const { signal } = this.#abort;
    reading.now = await read(signal).then(
      (value): Looked<unknown> => ({ state: 'known', value }),
      (error: unknown): Looked<unknown> => {
        const { code, message } = error as KubeError;
        return code === 404 ? { state: 'absent' } : { state: 'unread', why: message };
      },
    );
    reading.readAt = this.#clock.now();
    if (!signal.aborted) this.#onNews();
  }
}

/** An event, whichever of the two APIs recorded it. */
function happening(event: unknown): Happening {
  return {
    type: text(at(event, 'type')),
    reason: text(at(event, 'reason')),
    message: text(at(event, 'message')),
    from: text(at(event, 'source', 'component')) || text(at(event, 'reportingComponent')),
    uid: text(at(event, 'involvedObject', 'uid')),
    container:
      /^spec\.\w+\{(.+)\}$/.exec(text(at(event, 'involvedObject', 'fieldPath')))?.[1] ?? '',
    count: Number(at(event, 'series', 'count') ?? at(event, 'count') ?? 1),
    at:
      moment(at(event, 'series', 'lastObservedTime')) ||
      moment(at(event, 'lastTimestamp')) ||
      moment(at(event, 'eventTime')) ||
      moment(at(event, 'metadata', 'creationTimestamp')),
  };
}
