import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { watch } from '../../../src/simulator/kube-api/watch.ts';
import { smallWorld } from './small-world.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('what changes once the time of a watch is up is not sent to a client that still reads', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  const { world } = smallWorld();
  // Nobody reads it: it has ended, and is not closed.
  const response = new PassThrough({ highWaterMark: 1 << 20 });
  const failed: Error[] = [];
  response.on('error', (error) => failed.push(error));
  Object.assign(response, { writeHead: () => undefined, flushHeaders: () => undefined });
  const kind = world.store.kinds.of('namespaces');
  const target = { group: '', version: 'v1', resource: 'namespaces', kind };
  const query = new URLSearchParams({ timeoutSeconds: '60', allowWatchBookmarks: 'true' });
  await watch(
    world,
    kind,
    { ...target, namespace: '', name: '', subresource: '' },
    {
      ...{ http: null as never, method: 'GET', path: '', query, accept: { as: 'object' } },
      response: response as unknown as ServerResponse,
    },
  );
  const name = (each: string) => ({ metadata: { name: each }, spec: {}, status: {} }) as never;
  world.store.create('namespaces', name('before'));
  vi.advanceTimersByTime(60_000);
  expect(response.writableEnded).toBe(true);
  world.store.create('namespaces', name('after'));
  vi.advanceTimersByTime(600_000);
  await turn();
  const said = String(response.read());
  expect(failed).toEqual([]);
  expect([said.includes('"before"'), said.includes('"after"')]).toEqual([true, false]);
});
