import { asRequestError, type RequestError } from './errors.ts';
import type { FollowContext, Followed, Running } from './following.ts';
import { pagedList } from './paged-list.ts';
import { Rounds } from './rounds.ts';
import { JSON_TYPE } from './representation.ts';
import { StatusTracker } from './source-status.ts';

/** How a kind that cannot be watched is asked for. */
export interface Rhythm {
  /** How often (ms). */
  readonly interval: number;
  /** From this age on (ms) rows tell nothing of now, and are forgotten. */
  readonly tooOld: number;
  /** It begins when the lists that were asked for with it are whole. */
  readonly waits: boolean;
  /** Where all rows are asked for rarely, those that are looked at are in between. */
  readonly inParts: boolean;
  /** What is told where the server does not have it (404, 503); null: its own words. */
  readonly absent: { readonly message: string; readonly hint: string } | null;
}

/** metrics-server measures every 15 s by default: asking more often shows nothing new. */
export const USAGE: Rhythm = {
  interval: 15_000,
  tooOld: 45_000,
  waits: true,
  inParts: true,
  absent: {
    message: 'metrics-server is not installed or not answering',
    hint: 'install it to see live usage (EKS: the add-on metrics-server)',
  },
};

/** Rows that are handed on in one go. */
const BATCH = 64;

/** What is not there is looked for this often (ms). */
const ABSENT_INTERVAL = 60_000;

/** Which rows are polled, and where they go. */
export interface Polled<Row> extends Followed<Row> {
  readonly rhythm: Rhythm;
  /** Namespaces to ask for where the whole cluster is refused. */
  readonly fallback: readonly string[];
}

/** Asks for the rows of a kind now and then, and presents them as any other source. */
export function poll<Row extends { readonly namespace: string }>(
  context: FollowContext,
  polled: Polled<Row>,
): Running {
  const { clock, transport, random, capabilities } = context;
  const { sink, kind, rhythm } = polled;
  const rounds = new Rounds(rhythm.interval);
  const form = polled.form();
  const tell = (): void => polled.encoding(`JSON, ${rounds.told}`);
  tell();
  const status = new StatusTracker(clock, (told) => sink.status(told));
  const abort = new AbortController();
  let cancel = (): void => undefined;
  let asking: Promise<void> | null = null;
  let held = false;
  /** Somebody wants to have all rows now. */
  let asked = true;

  const again = (ms: number): number => {
    cancel = clock.after(ms, ask);
    return ms;
  };
  const ask = (): void => {
    if (abort.signal.aborted) return;
    cancel();
    asking ??= once()
      .catch(() => (halted() ? 0 : again(ABSENT_INTERVAL)))
      .then(() => void (asking = null));
  };
  /** Hands rows on as they come; returns how many there were of each namespace. */
  const list = async (
    namespace: string,
    begin: () => void = () => undefined,
  ): Promise<ReadonlyMap<string, number>> => {
    const sizes = new Map<string, number>();
    let rows: Row[] = [];
    const put = (): void => {
      if (!halted() && rows.length > 0) sink.put(rows);
      rows = [];
    };
    await pagedList({
      kind,
      namespace,
      transport,
      form,
      link: context.link,
      accept: capabilities.isPlain(kind) ? JSON_TYPE : undefined,
      signal: abort.signal,
      begin: () => {
        sizes.clear();
        begin();
      },
      row: (row) => {
        sizes.set(row.namespace, (sizes.get(row.namespace) ?? 0) + 1);
        if (rows.push(row) === BATCH) put();
      },
    });
    put();
    return sizes;
  };
  /** The rows of each namespace, and the namespaces they are of where these are not all. */
  const listPermitted = async (): Promise<[ReadonlyMap<string, number>, string[] | null]> => {
    let begun = false;
    const begin = (): void => {
      if (!begun && !halted()) sink.relist();
      begun = true;
    };
    const everywhere = polled.namespace === '' && kind.namespaced;
    let refused: RequestError;
    try {
      return [await list(polled.namespace, begin), null];
    } catch (thrown) {
      refused = asRequestError(thrown, transport.host);
      if (refused.code !== 403 || !everywhere) throw refused;
    }
    const sizes = new Map<string, number>();
    const permitted: string[] = [];
    for (const namespace of polled.fallback) {
      try {
        for (const [name, rows] of await list(namespace, begin)) sizes.set(name, rows);
        permitted.push(namespace);
      } catch (thrown) {
        const error = asRequestError(thrown, transport.host);
        if (error.code !== 403) throw error;
      }
    }
    if (permitted.length === 0) throw refused;
    return [sizes, permitted];
  };
  const all = async (): Promise<void> => {
    const [sizes, namespaces] = await listPermitted();
    if (halted()) return;
    sink.synced();
    held = true;
    rounds.listed(sizes, clock.now());
    tell();
    status.live({ namespaces });
  };
  /** Of which namespaces rows are to be asked for; null: all. */
  const due = (): readonly string[] | null => {
    const apart = rhythm.inParts && kind.namespaced && polled.namespace === '' && held;
    return rounds.due(apart ? context.looked() : [], clock.now());
  };
  const once = async (): Promise<void> => {
    try {
      const namespaces = asked ? null : due();
      asked = false;
      if (namespaces === null) await all();
      else for (const namespace of namespaces) await list(namespace);
      again(rounds.wait(clock.now()) * (1 - random() / 10));
    } catch (thrown) {
      if (!halted()) failed(asRequestError(thrown, transport.host));
    }
  };
  const halted = (): boolean => abort.signal.aborted;
  const failed = (error: RequestError): void => {
    // Only all of them together tell that it works again.
    asked = true;
    if ((error.code === 406 || error.code === 415) && capabilities.refuse(kind)) {
      again(0);
      return;
    }
    const { asOf } = status.current;
    // Where the whole server is out of reach the other rows are as old, and marked so.
    const alone = error.code !== 0 || error.reason === 'Timeout';
    if (held && alone && clock.now() - asOf >= Math.max(rhythm.tooOld, 3 * rounds.whole)) forget();
    const soon = held || !alone || error.code === 403;
    const wait = again(soon ? Math.min(rounds.whole, ABSENT_INTERVAL) : ABSENT_INTERVAL);
    if (error.code === 404 || error.code === 503)
      status.failed('absent', rhythm.absent ?? error, wait, asOf);
    else if (error.code === 403) status.failed('denied', error, wait, asOf);
    else if (error.code === 401) status.failed('expired', error, wait, asOf);
    else status.failed('stale', error, wait, asOf);
  };
  const forget = (): void => {
    held = false;
    sink.relist();
    sink.synced();
  };

  const stopWaiting = rhythm.waits ? context.firstLists.whenDone(ask) : undefined;
  if (!rhythm.waits) ask();
  return {
    stop: () => {
      stopWaiting?.();
      abort.abort();
      cancel();
    },
    retryNow: () => {
      asked = true;
      ask();
    },
  };
}
