import { describe, expect, it } from 'vitest';
import { NO_CLUSTER } from '../../src/domain/cluster-key.ts';
import { kindOf } from '../../src/domain/ref.ts';
import { asked, harness, inTime, until } from './harness.ts';
import { statusBody } from './proxy.ts';

const RESUME = /watch=1.*resourceVersion=/;

describe('the reflector lists and follows', () => {
  it('by a streaming list, and takes changes in order', async () => {
    const { api, watch, port } = await harness();
    api.put('a');
    api.put('b');
    const rows = watch();
    await until(() => rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a', 'shop/b']);
    expect(port.encodings()).toEqual({ pods: 'JSON, streaming list' });
    api.put('c');
    api.delete('a');
    await until(() => rows.names.join() === 'shop/b,shop/c');
    expect(rows.statuses.map(({ state }) => state)).toEqual(['loading', 'live']);
  });

  it('in pages where the server refuses streaming lists', async () => {
    const { api, watch, port, proxy } = await harness({ streamingList: 'refused', page: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) api.put(name);
    const rows = watch();
    await until(() => rows.now.state === 'live');
    expect(rows.rows.size).toBe(5);
    expect(asked(proxy, /continue=/)).toBe(2);
    expect(port.encodings()).toEqual({ pods: 'JSON, paged list' });
    api.put('f');
    await until(() => rows.rows.size === 6);
    // The others do not ask for it again.
    const other = watch('shop');
    await until(() => other.now.state === 'live');
    expect(asked(proxy, /sendInitialEvents/)).toBe(1);
  });

  it('in pages where the server ignores the parameters, found out by an ordinary bookmark', async () => {
    const { api, watch } = await harness({ streamingList: 'ignored' });
    api.put('a');
    const rows = watch();
    await until(() => rows.rows.size === 0 && api.watchers === 1);
    api.bookmark();
    await until(() => rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a']);
  });

  it('or found out by silence', async () => {
    const { api, watch, clock } = await harness({ streamingList: 'ignored' });
    api.put('a');
    const rows = watch();
    await until(() => api.watchers === 1 && rows.relists === 1);
    clock.advance(10_000);
    await until(() => rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a']);
  });

  it('in compressed pages once the link was found to be slow, all kinds and from then on', async () => {
    let idle = 0;
    const { api, watch, port, proxy } = await harness({
      streamingList: 'ignored',
      page: 500,
      idle: () => idle,
    });
    api.put('a');
    const rows = watch();
    await until(() => api.watchers === 1 && rows.relists === 1);
    const isPaged = (): boolean => asked(proxy, /limit=/) > 0;
    let pods = 1;
    // Some hundred kilobytes in each half second in which there is nothing else to do.
    for (let batch = 0; batch < 5 && !isPaged(); batch++) {
      idle += 500;
      for (let i = 0; i < 300; i++) api.put(`pod-${pods++}-${'x'.repeat(400)}`);
      await until(() => isPaged() || rows.rows.size > pods - 64);
    }
    await until(() => rows.now.state === 'live');
    expect(rows.rows.size).toBe(pods);
    expect(port.encodings()).toEqual({ pods: 'JSON, paged list, gzip: the link is slow' });
    expect(rows.statuses.map(({ state }) => state)).toEqual(['loading', 'live']);
    const other = watch('shop');
    await until(() => other.now.state === 'live');
    expect(other.rows.size).toBe(pods);
    expect(asked(proxy, /sendInitialEvents/)).toBe(1);
  });

  it('reads the whole list anew when the token of a page has expired', async () => {
    const { api, watch, proxy } = await harness({ streamingList: 'refused', page: 2 });
    for (const name of ['a', 'b', 'c']) api.put(name);
    proxy.fault(
      {
        kind: 'answer',
        answer: { status: 410, body: statusBody(410, 'Expired', 'continue too old') },
      },
      { path: /continue=/, times: 1 },
    );
    const rows = watch();
    await until(() => rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a', 'shop/b', 'shop/c']);
    expect(proxy.requests).toContain('/api/v1/pods');
  });
});

describe('a lost connection', () => {
  it('that was reset is resumed at once, without a word and without a new list', async () => {
    const { api, watch, proxy } = await harness();
    api.put('a');
    const rows = watch();
    await until(() => rows.now.state === 'live');
    proxy.cut();
    api.put('b');
    await until(() => rows.rows.size === 2);
    expect(rows.relists).toBe(1);
    expect(rows.statuses.map(({ state }) => state)).toEqual(['loading', 'live']);
  });

  it('that is refused for long is told, retried for ever and comes back by itself', async () => {
    const { api, watch, proxy, clock } = await harness();
    api.put('a');
    const rows = watch();
    await until(() => rows.now.state === 'live');
    const { asOf } = rows.now;
    await proxy.stop();
    await until(() => rows.now.state === 'stale');
    expect(rows.now).toMatchObject({ asOf, synced: true });
    expect(rows.now.reason).toMatch(/^127\.0\.0\.1:\d+ refused the connection$/);
    expect(rows.now.retryAt).toBeGreaterThan(clock.now());
    for (let i = 0; i < 20; i++) {
      const told = rows.statuses.length;
      clock.advance(30_000);
      await until(() => rows.statuses.length > told);
    }
    expect(rows.names).toEqual(['shop/a']);
    api.put('b');
    await proxy.start();
    await inTime(clock, () => rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a', 'shop/b']);
    expect(rows.relists).toBe(1);
  });

  it('at the start is told as stale with nothing to show, until the server is there', async () => {
    const { api, watch, proxy, clock } = await harness();
    await proxy.stop();
    const rows = watch();
    await until(() => rows.now.state === 'stale');
    expect(rows.now).toMatchObject({ synced: false, asOf: 0 });
    api.put('a');
    await proxy.start();
    clock.advance(30_000);
    await until(() => rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a']);
  });

  it('that is half-open is found by its silence and resumed', async () => {
    const { api, watch, proxy, clock } = await harness();
    const rows = watch();
    await until(() => rows.now.state === 'live');
    proxy.freeze();
    api.put('a');
    clock.advance(15_000);
    // Asked and answered: the server is there, and only the guard's own timer is left.
    await until(() => asked(proxy, /^\/version$/) === 1 && clock.pending === 1);
    clock.advance(10_000);
    await until(() => rows.rows.size === 1);
    expect(rows.relists).toBe(1);
    expect(rows.statuses.map(({ state }) => state)).toEqual(['loading', 'live']);
  });

  it('is asked for once, however many streams are silent', async () => {
    const { watch, proxy, clock, port } = await harness();
    const all = watch();
    await until(() => all.now.state === 'live');
    clock.advance(10_000);
    const shop = watch('shop');
    await until(() => shop.now.state === 'live');
    proxy.freeze();
    const probes = (): number => asked(proxy, /^\/version$/);
    for (const [seconds, expected] of [
      [5, 0],
      [10, 1],
    ] as const) {
      clock.advance(seconds * 1000);
      // Round trips: what was asked before them has arrived.
      for (let i = 0; i < 5; i++)
        await port.list({ ...kindOf('pods'), cluster: NO_CLUSTER, namespace: 'shop' }, {});
      await until(() => probes() >= expected);
      expect(probes()).toBe(expected);
    }
  });

  it('to a server that answers nothing any more is told within 25 s', async () => {
    const { watch, proxy, clock } = await harness();
    const rows = watch();
    await until(() => rows.now.state === 'live');
    proxy.freeze();
    proxy.fault({ kind: 'silent' });
    clock.advance(15_000);
    await until(() => proxy.requests.includes('/version'));
    clock.advance(8_000);
    await until(() => rows.now.state === 'stale');
    expect(rows.now.reason).toMatch(/no answer from 127.0.0.1:\d+ within 8 s/);
    proxy.heal();
    clock.advance(30_000);
    await until(() => asked(proxy, RESUME) > 0);
    await inTime(clock, () => rows.now.state === 'live');
  });

  it('alone among others that work is found too, and asks nobody else', async () => {
    const { api, watch, proxy, clock } = await harness();
    const all = watch();
    await until(() => all.now.state === 'live');
    proxy.freeze();
    const shop = watch('shop');
    await until(() => shop.now.state === 'live');
    api.put('a', 'own');
    for (let i = 0; i < 5; i++) {
      clock.advance(5_000);
      const { size } = shop.rows;
      api.put(`b${i}`, 'shop');
      await until(() => shop.rows.size > size);
    }
    await until(() => all.rows.size === 6);
    // Its neighbour was heard of all the time: the server need not be asked.
    expect(asked(proxy, /^\/version$/)).toBe(0);
    expect(all.relists).toBe(1);
  });

  it('found by one stream makes the others ask too, and one that is back wakes the others', async () => {
    const { api, watch, proxy, clock } = await harness();
    const all = watch();
    const shop = watch('shop');
    await until(() => all.now.state === 'live' && shop.now.state === 'live');
    proxy.fault({ kind: 'answer', answer: { status: 500 } });
    proxy.cut();
    await until(() => all.now.state === 'stale' && shop.now.state === 'stale');
    proxy.heal();
    api.put('a');
    clock.advance(Math.min(all.now.retryAt, shop.now.retryAt) - clock.now());
    await until(() => all.rows.size === 1 && shop.rows.size === 1);
  });
});

it('asks for short watches where little happens, for long ones where much does', async () => {
  const { api, watch, proxy, clock } = await harness();
  const rows = watch();
  await until(() => rows.now.state === 'live');
  const lengths = () =>
    proxy.requests.map((path) => Number(/timeoutSeconds=(\d+)/.exec(path)?.[1]));
  const endAfter = async (names: readonly string[]): Promise<void> => {
    for (const name of names) api.put(name);
    await until(() => names.every((name) => rows.names.includes(`shop/${name}`)));
    clock.advance(5_000);
    const { length } = proxy.requests;
    proxy.end();
    await until(() => proxy.requests.length > length && api.watchers === 1);
  };
  await endAfter([]);
  await endAfter(['a']);
  await endAfter(['b', 'c', 'd']);
  await endAfter(['e']);
  expect(lengths()).toEqual([450, 21, 21, 450, 21]);
});

it('a stopped source asks for nothing more and tells nothing more', async () => {
  const { api, proxy, port, watch, clock } = await harness();
  const rows = watch();
  await until(() => rows.now.state === 'live');
  port.close();
  await until(() => api.watchers === 0);
  const { length } = proxy.requests;
  clock.advance(300_000);
  expect(proxy.requests).toHaveLength(length);
  expect(rows.now.state).toBe('live');
  expect(clock.pending).toBe(0);
});
