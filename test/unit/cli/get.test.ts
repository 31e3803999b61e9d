import { describe, expect, it } from 'vitest';
import { get, type GetResult } from '../../../src/cli/get.ts';
import { getRequest } from '../../../src/cli/get-request.ts';
import type { Flags } from '../../../src/cli/args.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import type { SourceStatus } from '../../../src/domain/status.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { Store } from '../../../src/store/index.ts';
import { nodeRow, podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { resources } from '../../support/resources.ts';

const LIVE: SourceStatus = { ...IDLE, state: 'live', synced: true };

/** `ekscope get …` of two pods and a node; what is not given is live. */
async function run(
  words: string,
  flags: Flags,
  statuses: Partial<Record<TableId, Partial<SourceStatus>>> = {},
): Promise<GetResult & { readonly asked: readonly TableId[] }> {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  const asked: TableId[] = [];
  const need = (tables: readonly TableId[]) => {
    asked.push(...tables);
    store
      .sink('pods')
      .put([
        podRow({ uid: 'a', name: 'api', namespace: 'shop', restarts: 1 }),
        podRow({ uid: 'd', name: 'dns', namespace: 'dns', restarts: 3 }),
      ]);
    store.sink('nodes').put([nodeRow({ name: 'one' })]);
    for (const table of tables) {
      store.sink(table).synced();
      store.sink(table).status({ ...LIVE, ...statuses[table] });
    }
    return () => undefined;
  };
  const request = getRequest(words.split(' '), flags, resources, null);
  const result = await get(request, { store, need }, { clock, timeout: 1000, width: null });
  return { ...result, asked };
}

const names = { output: 'name' } as const;

it.each([
  ['as long as it asks', 900, 1000, 'pod/api'],
  ['not in vain', 5000, 0, ''],
])('a server that asks to wait is waited for, %s', async (_, retryAt, answered, out) => {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  const need = () => {
    const busy = { ...IDLE, state: 'stale', retryAt: clock.now() + retryAt } as const;
    store.sink('pods').status({ ...busy, isPutOff: true, reason: 'too many requests' });
    return () => undefined;
  };
  const request = getRequest(['pods'], names, resources, null);
  const found = get(request, { store, need }, { clock, timeout: 1000, width: null });
  if (answered > 0) {
    clock.advance(900);
    store.sink('pods').put([podRow({ uid: 'a', name: 'api' })]);
    store.sink('pods').synced();
    store.sink('pods').status(LIVE);
    clock.advance(100);
  }
  expect(await found).toMatchObject({ out: out === '' ? '' : `${out}\n`, code: out ? 0 : 3 });
});

it('waits for a long list while rows come', async () => {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  const sink = store.sink('pods');
  sink.status({ ...IDLE, state: 'loading' });
  const source = { store, need: () => () => undefined };
  const request = getRequest(['pods'], names, resources, null);
  const found = get(request, source, { clock, timeout: 1000, width: null });
  for (const name of ['a', 'b', 'c']) {
    clock.advance(900);
    await Promise.resolve();
    sink.put([podRow({ uid: name, name })]);
  }
  clock.advance(900);
  await Promise.resolve();
  sink.synced();
  sink.status(LIVE);
  clock.advance(100);
  expect(await found).toMatchObject({ out: 'pod/a\npod/b\npod/c\n', problems: [], code: 0 });
});

describe('a list of which only a part has come', () => {
  async function part(words: string): Promise<GetResult> {
    const clock = new VirtualClock();
    const store = new Store({ clock });
    const need = () => {
      store.sink('pods').put([podRow({ uid: 'a', name: 'api' })]);
      store.sink('pods').status({ ...IDLE, state: 'loading' });
      return () => undefined;
    };
    const request = getRequest(words.split(' '), names, resources, null);
    const found = get(request, { store, need }, { clock, timeout: 1000, width: null });
    clock.advance(1000);
    return found;
  }

  it('is printed, and is not taken for all', async () => {
    expect(await part('pods')).toMatchObject({
      ...{ out: 'pod/api\n', code: 3 },
      problems: ['pods: did not answer in time'],
    });
  });

  it('has what is asked for by name, or it is not known whether there is one', async () => {
    expect((await part('pods api')).code).toBe(0);
    expect(await part('pods web')).toMatchObject({
      ...{ out: '', code: 3 },
      problems: ['pods: did not answer in time'],
    });
  });
});

describe('what is asked for', () => {
  it('is a name, in either of the ways of kubectl', async () => {
    for (const words of ['pods api', 'pod/api', 'po api', 'pods.v1/api']) {
      expect(await run(words, names)).toMatchObject({ out: 'pod/api\n', code: 0 });
    }
    expect(await run('pod/nix', names)).toMatchObject({ problems: ["no pod 'nix'"], code: 1 });
  });

  it('is sorted as asked, downwards behind a dash', async () => {
    expect((await run('pods', { ...names, 'sort-by': 'restarts' })).out).toBe('pod/api\npod/dns\n');
    expect((await run('pods', { ...names, 'sort-by': '-restarts' })).out).toBe(
      'pod/dns\npod/api\n',
    );
  });

  it('is read with what its columns need, and no more', async () => {
    expect((await run('pods', names)).asked).toEqual(['pods']);
    expect((await run('pods', { ...names, 'sort-by': 'cpu' })).asked).toEqual(['pods', 'podusage']);
    expect((await run('pods', {})).asked).not.toContain('serviceaccounts');
    expect((await run('pods', { output: 'json' })).asked).toContain('serviceaccounts');
  });

  it.each([
    ['podz', {}, "unknown resource 'podz'; did you mean 'pods'?"],
    ['pods.apps', {}, "unknown resource 'pods.apps'; did you mean 'pods'?"],
    ['pods', { 'sort-by': '-cpuu' }, "unknown column 'cpuu'; did you mean 'cpu'?"],
    ['pods', { output: 'jsn' }, "unknown format 'jsn'; did you mean 'json'?"],
    ['pod/a b', {}, "'b' is one word too many after pod/a"],
  ])('is a mistake: %s %j', (words, flags, message) => {
    expect(() => getRequest(words.split(' '), flags, resources, null)).toThrow(message);
  });
});

describe('what get could not know', () => {
  it('is nothing where the namespace that was asked for is here', async () => {
    const part = { namespaces: ['shop'] };
    expect(
      await run('pods', { ...names, namespace: 'shop' }, { pods: part, podusage: part }),
    ).toMatchObject({ out: 'pod/api\n', problems: [], code: 0 });
  });

  it('is the other namespaces, where all were asked for or are summed up', async () => {
    const part = { namespaces: ['shop'] };
    expect((await run('pods', {}, { pods: part })).problems).toEqual([
      'pods: only of namespaces shop',
    ]);
    expect((await run('nodes', { namespace: 'shop' }, { pods: part })).problems).toEqual([
      expect.stringMatching(/^pods: only of namespaces shop: unknown .*PODS/),
    ]);
  });

  it('is what a live source leaves out, with the columns that show it', async () => {
    const lacks = { reason: '2 nodes could not be read', hint: '' };
    expect((await run('pods', {}, { nodes: lacks })).problems).toEqual([
      'nodes: 2 nodes could not be read: unknown AZ, GROUP, CAPACITY',
    ]);
  });

  it('is why it was refused, with what to do', async () => {
    const refused = {
      state: 'denied',
      reason: 'pods is forbidden',
      hint: 'ask for a role',
      namespaces: ['shop'],
    } as const;
    expect((await run('pods', { namespace: 'shop' }, { pods: refused })).problems).toEqual([
      'pods: pods is forbidden (ask for a role)',
    ]);
  });
});
