import { setImmediate as turn } from 'node:timers/promises';
import type { ChangeRow } from '../../../src/domain/rows.ts';
import { IDLE, type SourceStatus } from '../../../src/domain/status.ts';
import type { TableId, Tables } from '../../../src/domain/tables/index.ts';
import { recordersOf, type Recorder } from '../../../src/session/recorder.ts';
import { Store } from '../../../src/store/index.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const LIVE: SourceStatus = { ...IDLE, state: 'live', synced: true };
export const MINUTE = 60_000;
export const NO_WRITES = { any: null, replicas: null, template: null };

/** A recorder of changes over a store of its own, an hour after its clock began. */
export class RecorderBench {
  readonly clock = new VirtualClock();
  readonly store = new Store({ clock: this.clock });
  readonly recorder: Recorder;
  readonly now: number;
  needed: readonly TableId[] = [];

  constructor() {
    const { clock, store } = this;
    this.recorder = recordersOf({ clock, store, need: this.need }).changes;
    clock.advance(60 * MINUTE);
    this.now = clock.now();
  }

  readonly need = (tables: readonly TableId[]) => {
    this.needed = tables;
    return () => {
      this.needed = [];
    };
  };

  /** Rows of a table that is followed since that time (ms). */
  liveSince = 0;

  readonly list = <T extends TableId>(table: T, ...rows: readonly Tables[T][]): void => {
    const sink = this.store.sink(table);
    sink.relist();
    sink.put(rows.map((row) => ({ ...row })));
    sink.synced();
    sink.status({ ...LIVE, since: this.liveSince });
    this.store.flushNow();
  };

  readonly put = <T extends TableId>(table: T, row: Tables[T]): void => {
    this.store.sink(table).put([{ ...row }]);
  };

  /** All tables that were not listed have nothing. */
  readonly follow = async (...failed: readonly TableId[]): Promise<void> => {
    const { recorder, store } = this;
    recorder.follow();
    for (const table of this.needed) {
      if (failed.includes(table)) {
        store.sink(table).status({ ...IDLE, state: 'denied', reason: `${table} is forbidden` });
      } else if (!store.status(table).synced) this.list(table);
    }
    store.flushNow();
    await turn();
  };

  readonly lines = async (): Promise<readonly ChangeRow[]> => {
    await turn();
    this.store.flushNow();
    return [...this.store.rows('changes')].sort((a, b) => a.at - b.at || (a.uid < b.uid ? -1 : 1));
  };
}
