import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asked, harness, inTime, until, type Rows } from './harness.ts';
import { statusBody } from './proxy.ts';

const RESUME = /watch=1.*resourceVersion=/;

describe('what the server answers', () => {
  it('410 in the stream: lists anew and removes what is gone', async () => {
    const { api, watch, proxy } = await harness();
    api.put('a');
    api.put('b');
    const rows = watch();
    await until(() => rows.now.state === 'live');
    proxy.cut();
    api.delete('a');
    api.put('c');
    api.compact();
    await until(() => rows.names.join() === 'shop/b,shop/c' && rows.now.state === 'live');
    expect(rows.relists).toBe(2);
  });

  it('410 as HTTP: the same', async () => {
    const { api, watch, proxy } = await harness();
    api.put('a');
    const rows = watch();
    await until(() => rows.now.state === 'live');
    const answer = { status: 410, body: statusBody(410, 'Expired', 'too old resource version') };
    proxy.fault({ kind: 'answer', answer }, { path: RESUME, times: 1 });
    proxy.cut();
    await until(() => rows.relists === 2 && rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a']);
  });

  it('410 again and again: waits between the lists', async () => {
    const { watch, proxy, clock } = await harness();
    const rows = watch();
    await until(() => rows.now.state === 'live');
    const answer = { status: 410, body: statusBody(410, 'Expired', 'too old resource version') };
    proxy.fault({ kind: 'answer', answer }, { path: RESUME });
    proxy.cut();
    await until(() => rows.relists === 2 && rows.now.state === 'live');
    proxy.cut();
    await until(() => rows.now.state === 'stale' && rows.now.retryAt > clock.now());
    expect(rows.relists).toBe(2);
  });

  it('a bookmark from before what was seen: the server was restored, all is listed anew', async () => {
    const { api, watch } = await harness();
    api.put('a');
    const rows = watch();
    await until(() => rows.now.state === 'live');
    api.bookmark(1);
    await until(() => rows.relists === 2 && rows.now.state === 'live');
  });

  it('403: says what is refused, asks again soon, and shows all once permitted', async () => {
    const { api, watch, proxy, clock } = await harness();
    api.put('a');
    const body = statusBody(
      403,
      'Forbidden',
      'pods is forbidden: User "eve" cannot watch resource "pods"',
    );
    proxy.fault({ kind: 'answer', answer: { status: 403, body } }, { path: /pods/, times: 2 });
    const rows = watch('shop');
    await until(() => rows.now.state === 'denied');
    expect(rows.now.reason).toBe('pods is forbidden: User "eve" cannot watch resource "pods"');
    expect(rows.now.hint).toBe('needs a role that allows: list and watch pods in shop');
    expect(rows.now.retryAt - clock.now()).toBe(12_000);
    clock.advance(12_000);
    await until(() => rows.statuses.length === 3);
    clock.advance(12_000);
    await until(() => rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a']);
  });

  it('403 for the whole cluster: shows the namespaces that may be read, and says which', async () => {
    const { api, watch, proxy, clock } = await harness({ fallbackNamespaces: ['shop', 'secret'] });
    api.put('a', 'shop');
    api.put('b', 'own');
    api.put('c', 'other');
    const body = statusBody(403, 'Forbidden', 'pods is forbidden');
    proxy.fault({ kind: 'answer', answer: { status: 403, body } }, { path: /v1\/pods|secret/ });
    const rows = watch();
    await until(() => rows.now.state === 'live');
    expect(rows.now.namespaces).toEqual(['own', 'shop']);
    expect(rows.names).toEqual(['own/b', 'shop/a']);
    api.delete('a', 'shop');
    await until(() => rows.names.join() === 'own/b');
    // The rights are given later: everything is shown, without a word from the user.
    proxy.heal();
    clock.advance(14_000);
    await until(() => rows.now.state === 'live' && rows.now.namespaces === null);
    expect(rows.names).toEqual(['other/c', 'own/b']);
  });

  it('403 after all was seen: keeps the rows, for they are not deleted', async () => {
    const { api, watch, proxy } = await harness({ fallbackNamespaces: ['shop'] });
    api.put('a', 'shop');
    api.put('b', 'other');
    const rows = watch();
    await until(() => rows.now.state === 'live');
    const { asOf } = rows.now;
    const body = statusBody(403, 'Forbidden', 'pods is forbidden');
    proxy.fault({ kind: 'answer', answer: { status: 403, body } }, { path: /v1\/pods/ });
    proxy.cut();
    await until(() => rows.now.state === 'denied');
    expect(rows.now).toMatchObject({ asOf, synced: true });
    expect(rows.names).toEqual(['other/b', 'shop/a']);
  });

  it('403 everywhere: denied, with the reason for the whole cluster', async () => {
    const { watch, proxy } = await harness();
    const body = statusBody(403, 'Forbidden', 'pods is forbidden');
    proxy.fault({ kind: 'answer', answer: { status: 403, body } });
    const rows = watch();
    await until(() => rows.now.state === 'denied');
    expect(rows.now).toMatchObject({ reason: 'pods is forbidden', namespaces: null });
  });

  it('401: expired, until the user has logged in and asks again', async () => {
    const { api, watch, proxy, port } = await harness();
    api.put('a');
    proxy.fault({
      kind: 'answer',
      answer: { status: 401, body: statusBody(401, 'Unauthorized', 'Unauthorized') },
    });
    const rows = watch();
    await until(() => rows.now.state === 'expired');
    expect(rows.now.hint).toMatch(/log in again/);
    proxy.heal();
    port.retryNow();
    await until(() => rows.now.state === 'live');
  });

  it('401: expired, until the server takes the credentials of another request', async () => {
    const { watch, proxy, port } = await harness();
    const answer = { status: 401, body: statusBody(401, 'Unauthorized', 'Unauthorized') };
    proxy.fault({ kind: 'answer', answer });
    const rows = watch();
    await until(() => rows.now.state === 'expired');
    proxy.heal();
    await port.info();
    await until(() => rows.now.state === 'live');
  });

  it('429: waits as long as it asks', async () => {
    const { watch, proxy, clock } = await harness();
    const rows = watch();
    await until(() => rows.now.state === 'live');
    const answer = {
      status: 429,
      headers: { 'Retry-After': '20' },
      body: statusBody(429, 'TooManyRequests', 'slow down'),
    };
    proxy.fault({ kind: 'answer', answer }, { times: 1 });
    proxy.cut();
    await until(() => rows.now.state === 'stale');
    expect(rows.now.reason).toBe('slow down');
    expect(rows.now.retryAt - clock.now()).toBe(22_500);
    clock.advance(22_500);
    await until(() => asked(proxy, RESUME) === 2);
    await inTime(clock, () => rows.now.state === 'live');
  });

  it('429: waits for days are not waited', async () => {
    const { watch, proxy, clock } = await harness();
    const headers = { 'Retry-After': '9999999' };
    proxy.fault({ kind: 'answer', answer: { status: 429, headers } }, { times: 1 });
    const rows = watch();
    await until(() => rows.now.state === 'stale');
    expect(rows.now.retryAt - clock.now()).toBe(337_500);
    clock.advance(337_500);
    await until(() => rows.now.state === 'live');
  });

  it('404: the API is absent; it is looked for again', async () => {
    const { watch, proxy, clock } = await harness();
    proxy.fault(
      { kind: 'answer', answer: { status: 404, type: 'text/plain', body: '404 page not found' } },
      { times: 1 },
    );
    const rows = watch();
    await until(() => rows.now.state === 'absent');
    clock.advance(90_000);
    await until(() => rows.now.state === 'live');
  });

  it.each([
    [
      '500',
      { status: 500, body: statusBody(500, 'InternalError', 'etcdserver: leader changed') },
      /etcdserver: leader changed/,
    ],
    [
      '502 with HTML',
      { status: 502, type: 'text/html', body: '<html>Bad gateway</html>' },
      /the server answered 502 with HTML/,
    ],
    [
      '200 with HTML',
      { status: 200, type: 'text/html', body: '<html>Log in to the Wi-Fi</html>' },
      /the server answered 200 with HTML/,
    ],
    ['503 with an empty body', { status: 503 }, /the server answered 503 with an empty body/],
    ['200 with an empty body', { status: 200 }, /ended the watch at once/],
    ['200 with a malformed body', { status: 200, body: '{"type":"ADD' }, /ended the watch at once/],
    [
      '200 with malformed lines',
      { status: 200, body: '{"type":\n' },
      /sent data that is no watch event/,
    ],
  ])('%s: says so, keeps the rows and recovers', async (_name, answer, reason) => {
    const { api, watch, proxy, clock } = await harness();
    api.put('a');
    const rows = watch();
    await until(() => rows.now.state === 'live');
    proxy.fault({ kind: 'answer', answer });
    proxy.end();
    await until(() => rows.now.state === 'stale');
    expect(rows.now.reason).toMatch(reason);
    expect(rows.names).toEqual(['shop/a']);
    proxy.heal();
    api.put('b');
    await inTime(clock, () => rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a', 'shop/b']);
  });

  it('a malformed line in the middle of a watch: resumes where it was', async () => {
    const { api, watch, proxy } = await harness();
    const rows = watch();
    await until(() => rows.now.state === 'live');
    proxy.inject('}{ nonsense\n');
    api.put('a');
    await until(() => rows.rows.size === 1);
    expect(rows.relists).toBe(1);
  });

  it('a watch that ends after each event: waits between the requests', async () => {
    const { api, watch, proxy, clock } = await harness();
    api.put('a');
    const rows = watch();
    await until(() => rows.now.state === 'live');
    const metadata = { name: 'b', namespace: 'shop', uid: 'b', resourceVersion: '102' };
    const event = { type: 'ADDED', object: { kind: 'Pod', apiVersion: 'v1', metadata } };
    const body = `${JSON.stringify(event)}\n`;
    proxy.fault({ kind: 'answer', answer: { status: 200, body } }, { path: RESUME });
    proxy.end();
    await until(() => rows.now.state === 'stale' && rows.now.retryAt > clock.now());
    expect(rows.now.reason).toMatch(/ended the watch at once/);
    expect(rows.names).toEqual(['shop/a', 'shop/b']);
    expect(asked(proxy, RESUME)).toBeLessThan(5);
  });

  it('406 to protobuf: asks for JSON', async () => {
    const { watch, proxy } = await harness();
    proxy.fault({ kind: 'answer', answer: { status: 406 } }, { times: 1 });
    const rows = watch();
    await until(() => rows.now.state === 'live');
  });

  it('the normal end of a watch: resumes it without a word', async () => {
    const { api, watch, proxy, clock } = await harness();
    const rows = watch();
    await until(() => rows.now.state === 'live');
    clock.advance(2_000);
    proxy.end();
    await until(() => asked(proxy, RESUME) === 1);
    api.put('a');
    await until(() => rows.rows.size === 1);
    expect(rows.statuses.map(({ state }) => state)).toEqual(['loading', 'live']);
  });
});

describe('answers recorded from a real server', () => {
  const fixture = (name: string): Buffer =>
    readFileSync(new URL(`../fixtures/apiserver-1.36/${name}`, import.meta.url));

  it('a streaming list in protobuf and the same in JSON give the same rows', async () => {
    const follow = async (body: Buffer, type: string): Promise<Rows> => {
      const { watch, proxy } = await harness();
      proxy.fault({ kind: 'answer', answer: { status: 200, type, body } }, { times: 1 });
      const rows = watch();
      // The recorded stream has ended, all of it has been taken in.
      await until(() => asked(proxy, RESUME) === 1);
      expect(rows.statuses.map(({ state }) => state).slice(0, 2)).toEqual(['loading', 'live']);
      return rows;
    };
    const protobuf = 'application/vnd.kubernetes.protobuf;stream=watch';
    const binary = await follow(fixture('pods.watchlist.pb'), protobuf);
    const json = await follow(fixture('pods.watchlist.jsonl'), 'application/json');
    expect(binary.names).toContain('shop/api-78d7d7b5cd-v7278');
    expect([...binary.rows.values()]).toEqual([...json.rows.values()]);
  });

  it('410 in the stream', async () => {
    const { watch, proxy } = await harness();
    const rows = watch();
    await until(() => rows.now.state === 'live');
    const answer = { status: 200, body: fixture('pods.watch-expired.jsonl') };
    proxy.fault({ kind: 'answer', answer }, { path: RESUME, times: 1 });
    proxy.cut();
    await until(() => rows.relists === 2 && rows.now.state === 'live');
  });

  it('410 for a page', async () => {
    const { api, watch, proxy } = await harness({ streamingList: 'refused', page: 1 });
    api.put('a');
    api.put('b');
    const answer = { status: 410, body: fixture('pods.continue-expired.json') };
    proxy.fault({ kind: 'answer', answer }, { path: /continue=/, times: 1 });
    const rows = watch();
    await until(() => rows.now.state === 'live');
    expect(rows.names).toEqual(['shop/a', 'shop/b']);
  });
});
