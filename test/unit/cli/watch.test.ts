import { expect, it } from 'vitest';
import type { Flags } from '../../../src/cli/args.ts';
import { getRequest } from '../../../src/cli/get-request.ts';
import { watch } from '../../../src/cli/watch.ts';
import { IDLE, type SourceStatus } from '../../../src/domain/status.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import type { PodRow } from '../../../src/domain/rows.ts';
import { Store } from '../../../src/store/index.ts';
import { podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { resources } from '../../support/resources.ts';

const LIVE: SourceStatus = { ...IDLE, state: 'live', synced: true };

const pod = (name: string, more: Partial<PodRow> = {}): PodRow =>
  podRow({ uid: name, name, namespace: 'shop', status: 'Running', ...more });

/** A `get --watch` that runs on a store of pods. */
class Watching {
  readonly clock = new VirtualClock();
  readonly store = new Store({ clock: this.clock });
  readonly code: Promise<number>;
  readonly #end = new AbortController();
  #out = '';
  #err = '';

  constructor(words: string, flags: Flags, rows: readonly PodRow[]) {
    const need = (tables: readonly TableId[]) => {
      this.put(...rows);
      for (const table of tables) {
        this.store.sink(table).synced();
        this.store.sink(table).status(LIVE);
      }
      return () => undefined;
    };
    const output = {
      out: (text: string) => void (this.#out += text),
      err: (text: string) => void (this.#err += text),
      width: null,
    };
    this.code = watch(
      getRequest(words.split(' '), flags, resources, null),
      { store: this.store, need },
      { clock: this.clock, timeout: 1000, width: null, output, signal: this.#end.signal },
    );
  }

  put(...rows: readonly PodRow[]): void {
    this.store.sink('pods').put(rows);
  }

  /** What was printed since the last call. */
  async said(): Promise<readonly string[]> {
    await Promise.resolve();
    await Promise.resolve();
    this.clock.advance(1000);
    const text = this.#out;
    this.#out = '';
    return text.split('\n').slice(0, -1);
  }

  complaints(): string {
    return this.#err;
  }

  async end(): Promise<number> {
    this.#end.abort();
    return this.code;
  }
}

it('prints the table, then each row that changes', async () => {
  const watching = new Watching('pods', {}, [pod('b'), pod('a')]);
  const first = await watching.said();
  expect(first[0]).toMatch(/^NAMESPACE +NAME/);
  expect(first.slice(1).map((line) => line.split(/ +/)[1])).toEqual(['a', 'b']);

  watching.put(pod('b', { status: 'CrashLoopBackOff', restarts: 3 }), pod('c'));
  const [changed = '', added = '', ...more] = await watching.said();
  expect(changed).toMatch(/^shop +b .*CrashLoopBackOff.* 3 /);
  expect(added).toMatch(/^shop +c /);
  expect(more).toEqual([]);
  expect(await watching.end()).toBe(0);
});

it('tells of what was deleted, once', async () => {
  const watching = new Watching('pods', { output: 'name' }, [pod('a'), pod('b')]);
  await watching.said();
  watching.store.sink('pods').remove([{ uid: 'a' }]);
  expect(await watching.said()).toEqual(['pod/a deleted']);
  watching.put(pod('b', { restarts: 1 }));
  expect(await watching.said()).toEqual(['pod/b']);
});

it('finds what went while the connection was lost', async () => {
  const watching = new Watching('pods', { output: 'name' }, [pod('a'), pod('b')]);
  await watching.said();
  const sink = watching.store.sink('pods');
  sink.status({ ...LIVE, state: 'stale', reason: 'connection refused' });
  expect(await watching.said()).toEqual([]);
  sink.relist();
  sink.put([pod('b'), pod('c')]);
  sink.synced();
  sink.status(LIVE);
  expect(await watching.said()).toEqual(['pod/a deleted', 'pod/c']);
  expect(watching.complaints()).toBe(
    'ekscope: pods: connection refused\nekscope: all is read again\n',
  );
});

it('is silent about measurements, which change all the time', async () => {
  const watching = new Watching('pods', {}, [pod('a', { cpu: 0.1 })]);
  await watching.said();
  watching.put(pod('a', { cpu: 0.7 }));
  expect(await watching.said()).toEqual([]);
});

it('prints an object a line, with what became of it', async () => {
  const watching = new Watching('pods', { output: 'json', selector: 'app=api' }, [
    pod('a', { labels: { app: 'api' } }),
    pod('x'),
  ]);
  const read = (lines: readonly string[]) =>
    lines.map((line) => {
      const { change, name } = JSON.parse(line) as { change: string; name: string };
      return `${change} ${name}`;
    });
  expect(read(await watching.said())).toEqual(['added a']);
  watching.put(pod('a', { labels: { app: 'api' }, restarts: 1 }));
  expect(read(await watching.said())).toEqual(['modified a']);
  watching.put(pod('a', { labels: { app: 'other' } }));
  expect(read(await watching.said())).toEqual(['left a']);
});

it('does not wait for what is not there', async () => {
  const watching = new Watching('pods nix', {}, [pod('a')]);
  expect(await watching.code).toBe(1);
  expect(watching.complaints()).toBe("ekscope: no pod 'nix'\n");
});

it('begins with nothing where there is nothing yet', async () => {
  const watching = new Watching('pods', { namespace: 'shop' }, []);
  expect(await watching.said()).toEqual([]);
  expect(watching.complaints()).toContain('no pods found in shop');
  watching.put(pod('a'));
  expect((await watching.said()).map((line) => line.split(/ +/)[0])).toEqual(['NAMESPACE', 'shop']);
});
