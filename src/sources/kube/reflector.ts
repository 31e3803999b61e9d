import type { ObjectRow } from '../../domain/rows.ts';
import type { Stop } from '../../ports/sink.ts';
import { asRequestError, RequestError } from './errors.ts';
import { Feed } from './feed.ts';
import type { FollowContext, Followed, Running } from './following.ts';
import { LIMITS, tooMany } from './limits.ts';
import { afterSilence } from './liveness.ts';
import { pagedList } from './paged-list.ts';
import { Recovery } from './recovery.ts';
import { JSON_TYPE, PROTOBUF, type Representation } from './representation.ts';
import { ServedVersion } from './served-version.ts';
import { StatusTracker } from './source-status.ts';
import {
  cutShort,
  isOlder,
  isTooSlow,
  isWithoutStreaming,
  noSuchKind,
  tooSlow,
  withoutStreaming,
} from './watch-errors.ts';
import { watchRequest } from './watch-request.ts';
import { readWatch, watchCodec, type WatchItem } from './watch-stream.ts';

/** A watch that ends sooner than this (ms) is an error, whatever it brought; one that lasts longer works. */
const AT_ONCE = 1_000;
/** A quiet watch that brings more changes than this is followed by a long one. */
const FEW = 2;
/** A watch that a server ends so much (ms) sooner than it was asked to did not just run out of time. */
const EARLY = 2_000;
/** Nothing for this long (ms) while initial events are due: the server may not end them at all. */
const INITIAL_SILENCE = 10_000;

/**
 * Follows one kind in one scope for ever: streaming list (or pages where the server has none),
 * then watch, resumed at the last resourceVersion, listed anew where that is too old.
 */
export function reflect<Row extends ObjectRow>(
  context: FollowContext,
  followed: Followed<Row>,
): Running {
  const loop = new Loop(context, followed);
  void loop.run();
  return { stop: () => loop.stop(), retryNow: () => loop.wake() };
}

class Loop<Row extends ObjectRow> {
  readonly #context: FollowContext;
  readonly #followed: Followed<Row>;
  readonly #form: Representation<Row>;
  readonly #feed: Feed<Row>;
  readonly #served: ServedVersion;
  readonly #recovery: Recovery;
  #abort = new AbortController();
  #stopped = false;
  /** Where the watch resumes; empty: a full list is needed. */
  #resourceVersion = '';
  /** The streaming list failed in a way that a server without it would: pages are tried once. */
  #tryPages = false;
  /** When the rows were last known to be true (ms). */
  #asOf = 0;
  readonly #listed: Stop;
  /** The last watch had little to say. */
  #quiet = true;
  /** What is there, as far as it was listed. */
  readonly #uids = new Set<string>();

  constructor(context: FollowContext, followed: Followed<Row>) {
    this.#context = context;
    this.#followed = followed;
    this.#served = new ServedVersion(followed.kind);
    this.#form = followed.form();
    this.#feed = new Feed(followed.sink, context.clock);
    const status = new StatusTracker(context.clock, (told) => followed.sink.status(told));
    this.#recovery = new Recovery({ ...context, status });
    this.#listed = context.firstLists.begin();
  }

  stop(): void {
    this.#stopped = true;
    this.#listed();
    this.#abort.abort();
    this.#feed.drop();
    this.#recovery.stop();
  }

  wake(): void {
    this.#recovery.wake();
  }

  async run(): Promise<void> {
    while (!this.#halted()) {
      this.#abort = new AbortController();
      try {
        await this.#attempt();
      } catch (thrown) {
        // A stop ends the request: that is no failure.
        if (this.#halted()) return;
        const error = asRequestError(thrown, this.#context.transport.host);
        // Even where nobody can be told it goes on.
        await this.#failed(error).catch(() => this.#recovery.pause());
      }
      this.#abort.abort();
    }
  }

  #halted(): boolean {
    return this.#stopped;
  }

  async #attempt(): Promise<void> {
    if (this.#resourceVersion !== '') await this.#watch(false);
    else if (!this.#tryPages && this.#streamsList()) await this.#watch(true);
    else await this.#list();
  }

  async #failed(error: RequestError): Promise<void> {
    const { capabilities } = this.#context;
    const kind = this.#served.kind;
    if (error.code === 405 && this.#followed.unwatchable !== undefined) {
      this.stop();
      this.#followed.unwatchable();
      return;
    }
    const listing = this.#resourceVersion === '';
    if (isTooSlow(error)) return;
    if (listing && !this.#tryPages && isWithoutStreaming(error)) {
      this.#tryPages = true;
      return;
    }
    this.#tryPages = false;
    if (error.code === 404) {
      this.#resourceVersion = '';
      if (this.#served.next()) return;
    }
    this.#listed();
    if ((error.code === 406 || error.code === 415) && capabilities.refuse(kind)) return;
    const { relist } = await this.#recovery.failed(
      error.code === 404 ? noSuchKind(this.#followed.kind) : error,
      this.#asOf,
    );
    if (relist) this.#resourceVersion = '';
  }

  async #list(): Promise<void> {
    const { transport, capabilities, link } = this.#context;
    const { namespace } = this.#followed;
    const kind = this.#served.kind;
    const resourceVersion = await pagedList({
      kind,
      namespace,
      transport,
      link,
      form: this.#form,
      accept: capabilities.isPlain(kind) ? JSON_TYPE : undefined,
      signal: this.#abort.signal,
      begin: (contentType) =>
        this.#begin(contentType, link.isSlow ? 'paged list, gzip: the link is slow' : 'paged list'),
      row: (row) => {
        this.#change({ type: 'put', row });
        this.#feed.hold();
      },
    });
    if (this.#tryPages) capabilities.listsInPages(kind);
    this.#synced(resourceVersion);
  }

  /** Not over a slow link: nothing compresses such a list. */
  #streamsList(): boolean {
    const { capabilities, link } = this.#context;
    return capabilities.streamsList(this.#followed.kind) && !link.isSlow;
  }

  /** One watch, from its opening to its end; with `initial` it begins with the full list. */
  async #watch(initial: boolean): Promise<void> {
    const { transport, clock, liveness, link, capabilities } = this.#context;
    const { namespace } = this.#followed;
    const kind = this.#served.kind;
    const request = watchRequest(kind, namespace, this.#form, {
      from: initial ? null : this.#resourceVersion,
      short: this.#quiet && !initial,
      plain: capabilities.isPlain(kind),
      random: this.#context.random,
    });
    const response = await transport.open({
      ...request,
      pool: 'watches',
      bulk: initial,
      signal: this.#abort.signal,
    });
    const contentType = response.headers['content-type'] ?? '';
    const codec = watchCodec(contentType, this.#form);
    const kill = (error: RequestError): unknown => response.destroy(error);
    const guard = liveness.guard(kill);
    const began = clock.now();
    if (initial) {
      this.#form.begin();
      this.#begin(contentType, 'streaming list');
    }
    const came = link.meter();
    const cancel = initial
      ? afterSilence(clock, guard, INITIAL_SILENCE, () => kill(withoutStreaming()))
      : clock.after(AT_ONCE, () => this.#works());
    let listing = initial;
    let events = 0;
    let changes = 0;
    try {
      const heard = (bytes: number): void => {
        guard.heard();
        if (!listing) return;
        came(bytes);
        if (link.isSlow) kill(tooSlow());
      };
      for await (const items of readWatch(response, codec, transport.host, heard)) {
        events += items.length;
        for (const item of items) {
          if (item.type !== 'bookmark') changes++;
          if (!listing) this.#follow(item);
          else if (this.#collect(item)) {
            listing = false;
            cancel();
          }
        }
        if (listing) this.#feed.hold();
        else this.#feed.flush();
      }
    } finally {
      cancel();
      guard.stop();
      // A connection that was cut was there until now; of a silent one that is not known.
      const worked = events > 0 || clock.now() - began >= AT_ONCE;
      if (worked) this.#asOf = guard.killed ? guard.lastHeard : clock.now();
      this.#quiet = guard.killed || changes <= FEW;
      if (!this.#stopped) this.#feed.flush();
    }
    if (listing || clock.now() - began < AT_ONCE) {
      throw cutShort(transport.host, listing && events > 0);
    }
    const due = began + Number(request.query['timeoutSeconds']) * 1000;
    if (this.#form.printed && due - clock.now() > EARLY) this.#resourceVersion = '';
  }

  #begin(contentType: string, list: string): void {
    this.#feed.drop();
    this.#uids.clear();
    this.#followed.sink.relist();
    this.#followed.encoding(`${contentType.startsWith(PROTOBUF) ? 'protobuf' : 'JSON'}, ${list}`);
  }

  /** Takes an event of the initial list in; true where it was the last. */
  #collect(item: WatchItem<Row>): boolean {
    if (item.type !== 'bookmark') {
      this.#change(item);
      return false;
    }
    if (!item.initialEnd) throw withoutStreaming();
    this.#synced(item.resourceVersion);
    return true;
  }

  /** Takes an event after the list in. */
  #follow(item: WatchItem<Row>): void {
    if (item.type !== 'bookmark') {
      this.#change(item);
      this.#resourceVersion = item.row.resourceVersion || this.#resourceVersion;
    } else if (isOlder(item.resourceVersion, this.#resourceVersion)) {
      throw new RequestError(410, 'the server has gone back in time', { reason: 'Expired' });
    } else {
      this.#resourceVersion = item.resourceVersion || this.#resourceVersion;
    }
  }

  #change(item: { readonly type: 'put' | 'remove'; readonly row: Row }): void {
    if (item.type === 'put') {
      this.#uids.add(item.row.uid);
      if (this.#uids.size > LIMITS.objects) {
        throw tooMany(`${LIMITS.objects} ${this.#followed.kind.resource}`);
      }
      this.#feed.put(item.row);
    } else {
      this.#uids.delete(item.row.uid);
      this.#feed.remove(item.row);
    }
  }

  #synced(resourceVersion: string): void {
    this.#feed.flush();
    this.#resourceVersion = resourceVersion;
    this.#followed.sink.synced();
    this.#listed();
    this.#works();
  }

  #works(): void {
    if (this.#stopped) return;
    this.#asOf = this.#context.clock.now();
    this.#recovery.works();
  }
}
