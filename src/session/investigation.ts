/**
 * Asks why, of one subject, for as long as somebody looks: rules run over what is known, and what
 * they looked for and did not find is read then, and only then.
 */
import { isComing } from '../domain/status.ts';
import type { Clock } from '../core/clock.ts';
import { at, moment, object, text, type Json } from '../core/json.ts';
import { AT_ONCE, type Work, type Worker } from '../core/work.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { KindRef } from '../domain/kind-ref.ts';
import { placeIn, refOf } from '../domain/ref.ts';
import { isKubeTable, type TableId, type Tables } from '../domain/tables/index.ts';
import {
  answerOf,
  PIECE,
  type Answer,
  type Finding,
  type Happening,
  type Looked,
  type ObjectTableId,
  type World,
} from '../domain/why/finding.ts';
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
  /** Who goes over its tables; absent: it is done at once. */
  readonly worker?: Worker | undefined;
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
  readonly #abort = new AbortController();
  readonly #world: World;
  #giveUp: Stop = () => undefined;
  #pieces = 0;

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
      each: (table, visit) => this.#each(table, visit),
      named: (table, namespace, name) => {
        this.#need(table);
        return store.named(table, namespace, name) ?? null;
      },
      unread: (table, namespace) => this.#unread(table, namespace),
      events: (kind, namespace, name) => this.#events(kind, namespace, name),
      object: (table, namespace, name) => this.#object(table, namespace, name),
      other: (kind, namespace, name) => this.#other(kind, namespace, name),
    };
  }

  /** Whether something that was asked for is still on its way. */
  get isReading(): boolean {
    const { store } = this.#scene;
    const tables = [...this.#stops.keys()].some((table) => isComing(store.status(table)));
    return tables || [...this.#readings.values()].some(({ readAt }) => readAt === null);
  }

  /** How many pieces of tables the last answer took. */
  get pieces(): number {
    return this.#pieces;
  }

  /**
   * Finds out what is found by now: at once, or over several turns of the event loop where there is
   * much to go through. What was asked before and is not answered yet is given up.
   */
  ask(rule: (world: World) => Answer | Work<Answer>, done: (found: Finding | null) => void): void {
    this.#giveUp();
    this.#pieces = 0;
    this.#giveUp = (this.#scene.worker ?? AT_ONCE).run(answerOf(rule(this.#world)), done);
  }

  stop(): void {
    this.#giveUp();
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

  *#each<T extends TableId>(table: T, visit: (row: Tables[T]) => void): Work<void> {
    this.#need(table);
    let due = PIECE;
    for (const row of this.#scene.store.rows(table)) {
      if (row.gone === 0) visit(row);
      if (--due > 0) continue;
      due = PIECE;
      this.#pieces++;
      yield;
    }
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

  #other(kind: KindRef, namespace: string, name: string): Looked<Json> {
    const { kube, cluster } = this.#scene;
    const { group, resource, version, older = [] } = kind;
    const get = (of: string, signal: AbortSignal): Promise<unknown> =>
      kube.get({ cluster, group, version: of, resource, kind: kind.kind, namespace, name }, signal);
    return this.#read(`${resource}.${group}/${namespace}/${name}`, async (signal) => {
      // The same answer says that there is no such object, and no such version of its kind.
      for (const each of [version, ...older].slice(0, -1)) {
        const found = await get(each, signal).catch(unlessMissing);
        if (found !== null) return object(found);
      }
      return object(await get(older.at(-1) ?? version, signal));
    });
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

/** Null where there is none: an error otherwise. */
function unlessMissing(error: unknown): null {
  if ((error as KubeError).code === 404) return null;
  throw error;
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
