import type { KindRef } from '../../domain/ref.ts';
import type { UsageRow } from '../../domain/rows.ts';
import type { Sink } from '../../ports/sink.ts';
import type { Decoder } from './decode/index.ts';
import { asRequestError, type RequestError } from './errors.ts';
import { pagedList } from './paged-list.ts';
import type { ReflectorContext, Running } from './reflector.ts';
import { StatusTracker } from './source-status.ts';

/** metrics-server measures every 15 s by default: asking more often shows nothing new (ms). */
const INTERVAL = 15_000;
/** Where there is no metrics-server it is looked for this often (ms). */
const ABSENT_INTERVAL = 60_000;

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
}

/** Polls a table of metrics.k8s.io, which cannot be watched, and presents it as any other source. */
export function poll(context: ReflectorContext, polled: Polled): Running {
  const { clock, transport, random } = context;
  const { sink } = polled;
  const status = new StatusTracker(clock, (told) => sink.status(told));
  const abort = new AbortController();
  let cancel = (): void => undefined;
  let asking: Promise<void> | null = null;

  const again = (ms: number): number => {
    cancel = clock.after(ms, ask);
    return ms;
  };
  const ask = (): void => {
    if (abort.signal.aborted) return;
    cancel();
    asking ??= once().finally(() => (asking = null));
  };
  const once = async (): Promise<void> => {
    const rows: UsageRow[] = [];
    try {
      await pagedList({
        ...polled,
        transport,
        protobuf: false,
        signal: abort.signal,
        begin: () => undefined,
        row: (row) => rows.push(row),
      });
    } catch (thrown) {
      if (!halted()) failed(asRequestError(thrown, transport.host));
      return;
    }
    if (halted()) return;
    sink.relist();
    sink.put(rows);
    sink.synced();
    status.live();
    again(INTERVAL * (1 + random() / 10));
  };
  const halted = (): boolean => abort.signal.aborted;
  const failed = (error: RequestError): void => {
    const asOf = status.current.asOf;
    if (error.code === 404 || error.code === 503) {
      status.failed('absent', ABSENT, again(ABSENT_INTERVAL), asOf);
    } else if (error.code === 403) {
      status.failed('denied', error, again(ABSENT_INTERVAL), asOf);
    } else if (error.code === 401) {
      status.failed('expired', error, again(ABSENT_INTERVAL), asOf);
    } else {
      status.failed('stale', error, again(INTERVAL), asOf);
    }
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
