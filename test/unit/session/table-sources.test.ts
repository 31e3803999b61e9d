import { beforeEach, describe, expect, it } from 'vitest';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import type { KindRow } from '../../../src/domain/kinds.ts';
import type { KindRef } from '../../../src/domain/ref.ts';
import { IDLE, type SourceStatus } from '../../../src/domain/status.ts';
import { foundTable } from '../../../src/domain/tables/found.ts';
import type { FoundSink, KubePort } from '../../../src/ports/kube.ts';
import type { Sink } from '../../../src/ports/sink.ts';
import { EksAttachment } from '../../../src/session/eks-attachment.ts';
import { TableSources } from '../../../src/session/table-sources.ts';
import { Store } from '../../../src/store/index.ts';
import { foundRow, kindRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const LIVE: SourceStatus = { ...IDLE, state: 'live', synced: true };
const WIDGET = kindRow('widgets', 'example.com', 'Widget', { namespaced: true });
const TABLE = foundTable(WIDGET);

interface Watch {
  readonly kind: KindRef;
  readonly namespace: string;
  readonly sink: FoundSink;
  stopped: boolean;
}

let clock: VirtualClock;
let store: Store;
let watches: Watch[];
let kinds: Sink<KindRow> | null;
let sources: TableSources;

beforeEach(() => {
  clock = new VirtualClock();
  store = new Store({ clock, cluster: contextKey('prod') });
  watches = [];
  kinds = null;
  const kube = {
    followKinds: (sink: Sink<KindRow>) => {
      kinds = sink;
      return () => (kinds = null);
    },
    watchKind: (kind: KindRef, { namespace }: { namespace: string }, sink: FoundSink) => {
      const watch: Watch = { kind, namespace, sink, stopped: false };
      watches.push(watch);
      return () => {
        watch.stopped = true;
      };
    },
  } as unknown as KubePort;
  const noAws = { clock, aws: null, awsProblem: { reason: 'no AWS', hint: '' } };
  const eks = new EksAttachment(noAws, store, () => false);
  const computed = () => () => undefined;
  const recorders = { changes: { follow: () => () => undefined } };
  const kubelets = computed;
  sources = new TableSources({ clock, store, kube, eks, recorders, computed, kubelets }, '');
  sources.need(['kinds']);
  offer(WIDGET);
});

function offer(...rows: readonly KindRow[]): void {
  kinds?.relist();
  kinds?.put(rows.map((row) => ({ ...row })));
  kinds?.synced();
  kinds?.status(LIVE);
  clock.advance(200);
}

const running = (): readonly string[] =>
  watches
    .filter(({ stopped }) => !stopped)
    .map(({ kind, namespace }) => `${kind.resource}.${kind.version}@${namespace}`);

describe('a kind that was found', () => {
  it('is followed where the server has it, with the columns that it prints', () => {
    sources.need([TABLE]);
    expect(running()).toEqual(['widgets.v1@']);
    const columns = [
      { name: 'Name', type: 'string', format: 'name', description: '', priority: 0 },
    ];
    watches[0]?.sink.columns(columns);
    watches[0]?.sink.put([foundRow({ name: 'a', cells: ['a'] })]);
    watches[0]?.sink.synced();
    expect(store.columns(TABLE)).toEqual(columns);
    expect(store.size(TABLE)).toBe(1);
  });

  it('that is in namespaces is asked for in one where the whole cluster is refused', async () => {
    sources.setNamespace('shop');
    sources.need([TABLE]);
    watches[0]?.sink.status({ ...IDLE, state: 'denied', reason: 'widgets is forbidden' });
    await Promise.resolve();
    expect(running()).toEqual(['widgets.v1@shop']);
  });

  it('is followed anew where the server has it in another version, or again', () => {
    sources.need([TABLE]);
    offer({ ...WIDGET, version: 'v2' });
    expect(running()).toEqual(['widgets.v2@']);
    offer();
    offer({ ...WIDGET, version: 'v2' });
    expect(watches).toHaveLength(3);
    expect(running()).toEqual(['widgets.v2@']);
  });

  it('is left alone while it stays as it is, and some time after its last user', () => {
    const stop = sources.need([TABLE]);
    offer(WIDGET, kindRow('gadgets', 'example.com', 'Gadget'));
    expect(watches).toHaveLength(1);
    watches[0]?.sink.synced();
    watches[0]?.sink.status(LIVE);
    stop();
    expect(store.status(TABLE).state).toBe('live');
    clock.advance(61_000);
    expect(running()).toEqual([]);
    expect(store.status(TABLE)).toMatchObject({ state: 'idle', synced: false });
  });

  it('that fails says so alone: the connection is no worse', () => {
    sources.need([TABLE]);
    watches[0]?.sink.status({ ...IDLE, state: 'stale', reason: 'its webhook is gone' });
    expect(sources.statuses).toEqual([]);
  });
});
