import type { ObjectRow } from '../../domain/rows.ts';
import { mergeStatus, type SourceStatus } from '../../domain/status.ts';
import type { Sink } from '../../ports/sink.ts';
import type { FollowContext, Followed, Running } from './following.ts';
import { NamespaceRows } from './namespace-rows.ts';
import { collectionPath, doing } from './paths.ts';
import { PermissionWait } from './permission-wait.ts';
import { reflect } from './reflector.ts';

/**
 * Follows one kind in all namespaces, or, where that is refused, in those of `fallback`: a user
 * who may read one namespace sees it, and the status names what is shown. The whole cluster is
 * asked again now and then, so that rights given later take effect.
 */
export function reflectWherePermitted<Row extends ObjectRow>(
  context: FollowContext,
  followed: Followed<Row>,
  fallback: readonly string[],
): Running {
  const everywhere = followed.namespace === '' && followed.kind.namespaced;
  if (!everywhere || fallback.length === 0) return reflect(context, followed);
  return new Scoped(context, followed, fallback);
}

interface Part {
  readonly namespace: string;
  readonly running: Running;
  status: SourceStatus;
}

class Scoped<Row extends ObjectRow> implements Running {
  readonly #context: FollowContext;
  readonly #followed: Followed<Row>;
  readonly #fallback: readonly string[];
  /** While only some namespaces may be read, the whole cluster is asked for again. */
  readonly #permission: PermissionWait;
  #stopped = false;
  #whole: Running | null = null;
  #parts: Part[] = [];
  /** What the refusal of the whole cluster said. */
  #refusal: SourceStatus | null = null;
  #told = false;
  #cancelAsk = (): void => undefined;

  constructor(context: FollowContext, followed: Followed<Row>, fallback: readonly string[]) {
    this.#context = context;
    this.#followed = followed;
    this.#fallback = fallback;
    this.#permission = new PermissionWait(context.clock, context.random);
    this.#followWhole();
  }

  readonly stop = (): void => {
    this.#stopped = true;
    this.#stopAll();
  };

  retryNow(): void {
    this.#whole?.retryNow();
    if (this.#parts.length === 0) return;
    this.#ask();
    for (const part of this.#parts) part.running.retryNow();
  }

  #stopAll(): void {
    this.#cancelAsk();
    this.#whole?.stop();
    this.#whole = null;
    for (const part of this.#parts) part.running.stop();
    this.#parts = [];
  }

  #followWhole(): void {
    const { sink } = this.#followed;
    this.#whole = reflect(this.#context, {
      ...this.#followed,
      sink: {
        relist: () => sink.relist(),
        put: (rows) => sink.put(rows),
        remove: (rows) => sink.remove(rows),
        synced: () => sink.synced(),
        status: (status) => {
          // Rights that are lost later leave the rows as they were known: they are not deleted.
          if (status.state === 'denied' && !status.synced) this.#followParts(status);
          else sink.status(status);
        },
      },
    });
  }

  #followParts(refusal: SourceStatus): void {
    this.#refusal = refusal;
    this.#told = false;
    this.#stopAll();
    this.#followed.sink.relist();
    this.#parts = this.#fallback.map((namespace) => this.#part(namespace, refusal));
    this.#askLater();
  }

  #part(namespace: string, refusal: SourceStatus): Part {
    const part: { status: SourceStatus } & Omit<Part, 'running'> = {
      namespace,
      status: { ...refusal, state: 'loading', retryAt: 0 },
    };
    const rows = new NamespaceRows(this.#followed.sink, () => this.#tell());
    const running = reflect(this.#context, {
      ...this.#followed,
      namespace,
      sink: this.#partSink(rows, (status) => {
        part.status = status;
        this.#tell();
      }),
    });
    return Object.assign(part, { running });
  }

  #partSink(rows: NamespaceRows<Row>, status: (status: SourceStatus) => void): Sink<Row> {
    return {
      relist: () => rows.relist(),
      put: (added) => rows.put(added),
      remove: (removed) => rows.remove(removed),
      synced: () => rows.synced(),
      status,
    };
  }

  /** Tells the state of all parts as one. */
  #tell(): void {
    // Until every part has begun there is nothing to sum up.
    if (this.#parts.length < this.#fallback.length) return;
    const parts = this.#parts.map(({ status, namespace }) => ({
      ...status,
      namespaces: [namespace],
    }));
    const allowed = parts.filter(({ state }) => state !== 'denied');
    const { sink } = this.#followed;
    if (allowed.length === 0 && this.#refusal !== null) {
      sink.status({ ...this.#refusal, retryAt: mergeStatus(parts).retryAt });
      return;
    }
    const status = mergeStatus(allowed);
    if (status.synced && !this.#told) {
      this.#told = true;
      sink.synced();
    }
    sink.status(status);
  }

  #askLater(): void {
    const { clock } = this.#context;
    this.#cancelAsk = clock.after(this.#permission.next(), () => this.#ask());
  }

  #ask(): void {
    this.#askWhole().catch(() => {
      if (!this.#stopped) this.#askLater();
    });
  }

  async #askWhole(): Promise<void> {
    const { kind } = this.#followed;
    this.#cancelAsk();
    try {
      await this.#context.transport.json({
        doing: doing('list', kind.resource, ''),
        path: collectionPath(kind, ''),
        query: { limit: '1' },
      });
    } catch {
      // Still refused, or out of reach: the parts tell the latter themselves.
      if (!this.#stopped) this.#askLater();
      return;
    }
    if (this.#stopped) return;
    this.#permission.reset();
    this.#stopAll();
    this.#followWhole();
  }
}
