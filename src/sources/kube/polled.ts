import type { KindRef } from '../../domain/ref.ts';
import type { UsageRow } from '../../domain/rows.ts';
import type { Sink } from '../../ports/sink.ts';
import type { Decoder } from '../../domain/wire/decoder.ts';
import { asRequestError, type RequestError } from './errors.ts';
import { pagedList } from './paged-list.ts';
import type { ReflectorContext, Running } from './reflector.ts';
import { StatusTracker } from './source-status.ts';

/** metrics-server measures every 15 s by default: asking more often shows nothing new (ms). */
const INTERVAL = 15_000;
/** Where there is no metrics-server it is looked for this often (ms). */
const ABSENT_INTERVAL = 60_000;
/** Usage older than this (ms) tells nothing of now: it becomes unknown. */
const TOO_OLD = 45_000;

const ABSENT = {
  message: 'metrics-server is not installed or not answering',
  hint: 'install it to see live usage (EKS: the add-on metrics-server)',
};

/** Which usage table is polled, and where it goes. */
export interface Polled {
  readonly kind: KindRef;
  readonly namespace: string;
  readonly decoder: Decoder<UsageRow>;
  readonly sink: Sink<UsageRow>;
  /** Namespaces to ask for where the whole cluster is refused. */
  readonly fallback: readonly string[];
}

/** Polls a table of metrics.k8s.io, which cannot be watched, and presents it as any other source. */
export function poll(context: ReflectorContext, polled: Polled): Running {
  const { clock, transport, random } = context;
  const { sink } = polled;
  const status = new StatusTracker(clock, (told) => sink.status(told));
  const abort = new AbortController();
  let cancel = (): void => undefined;
  let asking: Promise<void> | null = null;
  let held = false;

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
  const list = async (namespace: string): Promise<readonly UsageRow[]> => {
    const rows: UsageRow[] = [];
    await pagedList({
      ...polled,
      namespace,
      transport,
      protobuf: false,
      signal: abort.signal,
      begin: () => undefined,
      row: (row) => rows.push(row),
    });
    return rows;
  };
  /** The rows, and the namespaces they are of where these are not all. */
  const listPermitted = async (): Promise<[readonly UsageRow[], readonly string[] | null]> => {
    const everywhere = polled.namespace === '' && polled.kind.namespaced;
    let refused: RequestError;
    try {
      return [await list(polled.namespace), null];
    } catch (thrown) {
      refused = asRequestError(thrown, transport.host);
      if (refused.code !== 403 || !everywhere) throw refused;
    }
    const rows: UsageRow[] = [];
    const permitted: string[] = [];
    for (const namespace of polled.fallback) {
      try {
        rows.push(...(await list(namespace)));
        permitted.push(namespace);
      } catch (thrown) {
        const error = asRequestError(thrown, transport.host);
        if (error.code !== 403) throw error;
      }
    }
    if (permitted.length === 0) throw refused;
    return [rows, permitted];
  };
  const once = async (): Promise<void> => {
    try {
      const [rows, namespaces] = await listPermitted();
      if (halted()) return;
      sink.relist();
      sink.put(rows);
      sink.synced();
      held = true;
      status.live(namespaces);
      again(INTERVAL * (1 - random() / 10));
    } catch (thrown) {
      if (!halted()) failed(asRequestError(thrown, transport.host));
    }
  };
  const halted = (): boolean => abort.signal.aborted;
  const failed = (error: RequestError): void => {
    const { asOf } = status.current;
    // Where the whole server is out of reach the other rows are as old, and marked so.
    const alone = error.code !== 0 || error.reason === 'Timeout';
    if (held && alone && clock.now() - asOf >= TOO_OLD) forget();
    const soon = held || !alone || error.code === 403;
    const wait = again(soon ? INTERVAL : ABSENT_INTERVAL);
    if (error.code === 404 || error.code === 503) status.failed('absent', ABSENT, wait, asOf);
    else if (error.code === 403) status.failed('denied', error, wait, asOf);
    else if (error.code === 401) status.failed('expired', error, wait, asOf);
    else status.failed('stale', error, wait, asOf);
  };
  const forget = (): void => {
    held = false;
    sink.relist();
    sink.synced();
  };

  ask();
  return {
    stop: () => {
      abort.abort();
      cancel();
    },
    retryNow: ask,
  };
}
