/**
 * Fills the table of how full the volumes of claims are. A kubelet is asked by way of the API server,
 * which is dear: only those with claims on the screen (where none is, all that have claims, some at a
 * time), each once a minute, as often as kubelets measure.
 */
import type { Clock } from '../core/clock.ts';
import { CLAIM_USAGE } from '../domain/claim-usage.ts';
import { NO_CLUSTER, type ClusterKey } from '../domain/cluster-key.ts';
import { IDLE, type SourceStatus } from '../domain/status.ts';
import { claimusage, type ClaimUsageRow } from '../domain/tables/claimusage.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { KubePort } from '../ports/kube.ts';
import type { KubeError } from '../ports/kube-error.ts';
import type { Stop } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';
import { isSettled } from './together.ts';

/** A node is asked again after so long (ms). */
const AGAIN = 60_000;
/** How often it is looked whether one is due (ms). */
const TICK = 3_000;
/** Refused once, it is tried again after that time (ms). */
const REFUSED = 120_000;
/** So many nodes in one round, and so many at a time: two a second, however many there are. */
const MOST = 6;
const AT_ONCE = 4;
/** What was measured so long ago (ms) tells nothing of now. */
const TOO_OLD = 15 * 60_000;

const { table: TABLE, needs: NEEDS } = CLAIM_USAGE;

/** What it works with. */
export interface ClaimUsageParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly kube: Pick<KubePort, 'volumeStats'>;
  readonly need: (tables: readonly TableId[]) => Stop;
  /** The uids of the rows on the screen. */
  readonly looked: () => ReadonlySet<string>;
}

/** Asks kubelets until the returned function is called. */
export function followClaimUsage(parts: ClaimUsageParts): Stop {
  const { clock, store, kube, need, looked } = parts;
  const sink = store.sink(TABLE);
  const release = need(NEEDS);
  const abort = new AbortController();
  /** When each node was asked last, and when it last answered. */
  const asked = new Map<string, number>();
  const heard = new Map<string, number>();
  const known = new Map<string, ClaimUsageRow>();
  let cancel = (): void => undefined;
  let isFirst = true;
  let asOf = 0;
  let since = clock.now();

  const tell = (state: SourceStatus['state'], more: Partial<SourceStatus> = {}): void => {
    if (store.status(TABLE).state !== state) since = clock.now();
    sink.status({ ...IDLE, state, since, asOf, synced: asOf > 0, ...more });
  };
  const again = (ms: number): void => {
    if (!abort.signal.aborted) cancel = clock.after(ms, () => void round());
  };

  async function round(): Promise<void> {
    if (NEEDS.some((table) => !isSettled(store, table))) {
      again(isFirst ? 100 : TICK);
      return;
    }
    const all = dueNodes(store, looked(), asked, clock.now() - AGAIN);
    const due = [...all.keys()].slice(0, MOST);
    const failures: string[] = [];
    try {
      await inTurn(due, async (node) => {
        asked.set(node, clock.now());
        try {
          const ref = CLAIM_USAGE.ref(node, all.get(node) ?? NO_CLUSTER);
          learn(node, await kube.volumeStats(ref, abort.signal));
        } catch (error) {
          if (abort.signal.aborted || isRefused(error)) throw error;
          failures.push(`${node}: ${error instanceof Error ? error.message : ''}`);
        }
      });
    } catch (error) {
      if (abort.signal.aborted) return;
      const reason = error instanceof Error ? error.message : '';
      const hint = 'a role with get on nodes/proxy shows how full volumes are';
      for (const node of due) asked.delete(node);
      tell('denied', { reason, hint, retryAt: clock.now() + REFUSED });
      again(REFUSED);
      return;
    }
    if (abort.signal.aborted) return;
    forgetOld();
    if (isFirst || due.length > 0) {
      if (isFirst) sink.synced();
      isFirst = false;
      asOf = clock.now();
      const [first] = failures;
      tell(first !== undefined && failures.length === due.length ? 'stale' : 'live', {
        reason: first === undefined ? '' : toldOf(failures.length, first),
      });
    }
    again(TICK);
  }

  function learn(node: string, fills: Awaited<ReturnType<KubePort['volumeStats']>>): void {
    const rows = fills.map((fill): ClaimUsageRow => {
      const uid = `${fill.namespace}/${fill.name}`;
      return { ...claimusage.blank, ...fill, uid, node, at: fill.at || clock.now() };
    });
    heard.set(node, clock.now());
    const now = new Set(rows.map(({ uid }) => uid));
    const left = [...known.values()].filter((row) => row.node === node && !now.has(row.uid));
    for (const row of rows) known.set(row.uid, row);
    if (rows.length > 0) sink.put(rows.map((row) => ({ ...row })));
    forget(left);
  }
  function forgetOld(): void {
    const before = clock.now() - TOO_OLD;
    forget([...known.values()].filter(({ node }) => (heard.get(node) ?? 0) < before));
  }
  function forget(rows: readonly ClaimUsageRow[]): void {
    for (const { uid } of rows) known.delete(uid);
    if (rows.length > 0) sink.remove(rows.map(({ uid }) => ({ uid })));
  }

  tell('loading');
  sink.relist();
  void round();
  return () => {
    abort.abort();
    cancel();
    release();
    sink.status(IDLE);
  };
}

const isRefused = (error: unknown): boolean =>
  error instanceof Error && (error as Partial<KubeError>).code === 403;

const toldOf = (failed: number, first: string): string =>
  failed === 1 ? first : `${failed} nodes do not tell, ${first}`;

/** The nodes to ask and their cluster, those first that were not asked for longest. */
function dueNodes(
  store: Store,
  looked: ReadonlySet<string>,
  asked: ReadonlyMap<string, number>,
  before: number,
): ReadonlyMap<string, ClusterKey> {
  const due = CLAIM_USAGE.nodes(store, looked).filter(
    ([node]) => (asked.get(node) ?? -Infinity) <= before,
  );
  return new Map(due.sort(([a], [b]) => (asked.get(a) ?? 0) - (asked.get(b) ?? 0)));
}

/** Does something for each, a few at a time; the first failure ends it. */
async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
