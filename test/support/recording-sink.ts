import type { SourceStatus } from '../../src/domain/status.ts';
import type { Sink } from '../../src/ports/sink.ts';

/** A sink that keeps what a table would hold, and lets a test wait for it. */
export interface RecordingSink<Row> extends Sink<Row> {
  readonly rows: ReadonlyMap<string, Row>;
  readonly last: SourceStatus | undefined;
  /** Calls in the order in which they came, e.g. `relist`, `put web`, `synced`, `status live`. */
  readonly calls: readonly string[];
  /** Resolves once `check` holds, looked at after every call, and what led to it has run its course. */
  until(check: (sink: RecordingSink<Row>) => boolean): Promise<void>;
}

export function recordingSink<
  Row extends { readonly uid: string; readonly name: string },
>(): RecordingSink<Row> {
  const rows = new Map<string, Row>();
  const calls: string[] = [];
  let last: SourceStatus | undefined;
  let waiting: { check: (sink: RecordingSink<Row>) => boolean; resolve: () => void }[] = [];

  function note(call: string): void {
    calls.push(call);
    waiting = waiting.filter(({ check, resolve }) => {
      if (!check(sink)) return true;
      setImmediate(resolve);
      return false;
    });
  }

  const sink: RecordingSink<Row> = {
    rows,
    calls,
    get last() {
      return last;
    },
    until: (check) =>
      check(sink)
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push({ check, resolve });
          }),
    relist: () => note('relist'),
    put(changed) {
      for (const row of changed) rows.set(row.uid, row);
      note(`put ${changed.map(({ name }) => name).join(' ')}`);
    },
    remove(removed) {
      for (const { uid } of removed) rows.delete(uid);
      note(`remove ${removed.map(({ uid }) => uid).join(' ')}`);
    },
    synced: () => note('synced'),
    status(status) {
      last = status;
      note(`status ${status.state}`);
    },
  };
  return sink;
}
