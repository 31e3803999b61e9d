import { describe, expect, it } from 'vitest';
import { NO_CLUSTER } from '../../../../src/domain/cluster-key.ts';
import { kindOf, refOf } from '../../../../src/domain/ref.ts';
import type { UsageRow } from '../../../../src/domain/rows.ts';
import type { SourceStatus } from '../../../../src/domain/status.ts';
import { openPort, until } from './open-port.ts';
import { json } from './tls-server.ts';

const API = refOf('deployments', { cluster: NO_CLUSTER, namespace: 'shop', name: 'api' });
const EVENTS = { ...kindOf('events'), cluster: NO_CLUSTER, namespace: 'shop' };

describe('reads', () => {
  it('one object in full', async () => {
    const { port, seen } = await openPort((_seen, response) =>
      json(response, { metadata: { name: 'api' }, spec: 1 }),
    );
    expect(await port.get(API)).toMatchObject({ spec: 1 });
    expect(seen[0]?.url).toBe('/apis/apps/v1/namespaces/shop/deployments/api');
  });

  it('that does not exist, with the words of the server', async () => {
    const message = 'deployments.apps "api" not found';
    const { port } = await openPort((_seen, response) =>
      json(response, { kind: 'Status', message }, 404),
    );
    await expect(port.get(API)).rejects.toMatchObject({ code: 404, message });
  });

  it('that is no object', async () => {
    const { port } = await openPort((_seen, response) => json(response, 'hello'));
    await expect(port.get(API)).rejects.toThrow(
      "the server's answer about deployments is no Kubernetes object",
    );
  });

  it('lists by selectors, page by page, up to the limit', async () => {
    const { port, seen } = await openPort(({ url }, response) => {
      const from = Number(new URL(url, 'http://x').searchParams.get('continue') ?? 0);
      const items = [0, 1].map((i) => ({ metadata: { name: `e${from + i}` } }));
      json(response, { metadata: { continue: String(from + 2) }, items });
    });
    const found = await port.list(EVENTS, { fieldSelector: 'involvedObject.name=api', limit: 3 });
    expect(
      found.map(({ metadata, kind, apiVersion }) => [metadata.name, kind, apiVersion]),
    ).toEqual([
      ['e0', 'Event', 'v1'],
      ['e1', 'Event', 'v1'],
      ['e2', 'Event', 'v1'],
    ]);
    expect(seen.map(({ url }) => url)).toEqual([
      '/api/v1/namespaces/shop/events?limit=3&fieldSelector=involvedObject.name%3Dapi',
      '/api/v1/namespaces/shop/events?limit=1&continue=2&fieldSelector=involvedObject.name%3Dapi',
    ]);
  });

  it('about the server: version, address, user, round trip', async () => {
    const { port, seen, url } = await openPort((request, response) => {
      const user = { status: { userInfo: { username: 'alice' } } };
      json(response, request.url === '/version' ? { gitVersion: 'v1.36.3' } : user);
    });
    await port.info();
    expect(await port.info()).toMatchObject({ version: 'v1.36.3', server: url, user: 'alice' });
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('about a server that does not tell the user', async () => {
    const { port } = await openPort(({ method }, response) => {
      if (method === 'POST') json(response, {}, 404);
      else json(response, { gitVersion: 'v1.27.0' });
    });
    expect((await port.info()).user).toBe('');
  });

  it('what the user may do, each question once a minute, a refused one sooner', async () => {
    const { port, seen, clock } = await openPort(({ body }, response) => {
      const { spec } = JSON.parse(body) as { spec: { resourceAttributes: { verb: string } } };
      json(response, {
        status: { allowed: spec.resourceAttributes.verb === 'get', reason: 'RBAC' },
      });
    });
    const request = {
      group: 'apps',
      resource: 'deployments',
      subresource: 'scale',
      namespace: 'shop',
    };
    expect(await port.can({ ...request, verb: 'patch' })).toEqual({
      allowed: false,
      reason: 'RBAC',
    });
    expect(await port.can({ ...request, verb: 'get' })).toMatchObject({ allowed: true });
    await port.can({ ...request, verb: 'get' });
    expect(seen).toHaveLength(2);
    clock.advance(10_001);
    await port.can({ ...request, verb: 'get' });
    expect(seen).toHaveLength(2);
    await port.can({ ...request, verb: 'patch' });
    expect(seen).toHaveLength(3);
    clock.advance(50_000);
    await port.can({ ...request, verb: 'get' });
    expect(seen).toHaveLength(4);
  });

  it('are asked of a path as of a resource', async () => {
    const { port, seen } = await openPort((_seen, response) =>
      json(response, { status: { allowed: true } }),
    );
    const request = { verb: 'get', path: '/metrics' };
    expect(await port.can(request)).toEqual({ allowed: true, reason: '' });
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      spec: { nonResourceAttributes: request },
    });
  });
});

describe('patches', () => {
  const echo = () => openPort((_seen, response) => json(response, { metadata: { name: 'api' } }));

  it.each([
    ['merge', 'application/merge-patch+json'],
    ['json', 'application/json-patch+json'],
    ['strategic', 'application/strategic-merge-patch+json'],
  ] as const)('as %s', async (type, contentType) => {
    const { port, seen } = await echo();
    await port.patch(API, { type, body: { spec: { replicas: 3 } } });
    expect(seen[0]).toMatchObject({
      method: 'PATCH',
      url: '/apis/apps/v1/namespaces/shop/deployments/api?fieldManager=ekscope',
      headers: { 'content-type': contentType },
      body: '{"spec":{"replicas":3}}',
    });
  });

  it('a subresource, as a dry run', async () => {
    const { port, seen } = await echo();
    await port.patch(API, { type: 'merge', body: {}, subresource: 'scale', dryRun: true });
    expect(seen[0]?.url).toBe(
      '/apis/apps/v1/namespaces/shop/deployments/api/scale?fieldManager=ekscope&dryRun=All',
    );
  });

  it('nothing when read-only, not even as a dry run', async () => {
    const { port, seen } = await openPort((_seen, response) => json(response, {}), {
      readonly: true,
    });
    await expect(port.patch(API, { type: 'merge', body: {}, dryRun: true })).rejects.toThrow(
      'read-only: patch deployments/api in shop is refused',
    );
    expect(seen).toHaveLength(0);
  });
});

describe('usage', () => {
  function sink() {
    const told: { rows: Map<string, UsageRow>; statuses: SourceStatus[] } = {
      rows: new Map(),
      statuses: [],
    };
    return {
      told,
      relist: () => told.rows.clear(),
      put: (rows: readonly UsageRow[]) => rows.forEach((row) => told.rows.set(row.name, row)),
      remove: () => undefined,
      synced: () => undefined,
      status: (status: SourceStatus) => void told.statuses.push(status),
    };
  }

  it('is polled every 15 s and is live', async () => {
    const { port, clock, seen } = await openPort((_seen, response) =>
      json(response, {
        kind: 'PodMetricsList',
        metadata: {},
        items: [
          {
            metadata: { name: 'api', namespace: 'shop' },
            timestamp: '2026-01-01T00:00:00Z',
            containers: [{ name: 'c', usage: { cpu: '250m', memory: '64Mi' } }],
          },
        ],
      }),
    );
    const usage = sink();
    port.watch('podusage', { namespace: '' }, usage);
    await until(() => usage.told.statuses.at(-1)?.state === 'live');
    expect(usage.told.rows.get('api')).toMatchObject({ cpu: 0.25, memory: 67_108_864 });
    expect(seen[0]?.url).toBe('/apis/metrics.k8s.io/v1beta1/pods?limit=500');
    clock.advance(15_000);
    await until(() => seen.length === 2);
  });

  it('of many is asked for rarely, but as often as ever for the namespaces that are looked at', async () => {
    const items = Array.from({ length: 16_000 }, (_, i) => ({
      metadata: { name: `p${i}`, namespace: i < 12_000 ? 'large' : `n${i % 4}` },
    }));
    const of = (namespace: string | undefined) =>
      items.filter(({ metadata }) => !namespace || metadata.namespace === namespace);
    const { port, clock, seen } = await openPort(({ url }, response) =>
      json(response, { metadata: {}, items: of(/namespaces\/(\w+)/.exec(url)?.[1]) }),
    );
    const usage = sink();
    port.watch('podusage', { namespace: '' }, usage);
    await until(() => usage.told.statuses.at(-1)?.state === 'live');
    expect(usage.told.rows.size).toBe(16_000);
    expect(port.encodings().podusage).toBe(
      'JSON, polled every 74 s, what is on the screen every 15 s',
    );
    port.look(['n1', 'large', 'nothing', 'n2', 'n3']);
    clock.advance(15_000);
    await until(() => seen.length === 3);
    const asked = seen.slice(1).map(({ url }) => url.replace(/\?.*/, ''));
    // What is too much stays for the next round of all.
    expect(asked).toEqual(
      ['n1', 'n2'].map((name) => `/apis/metrics.k8s.io/v1beta1/namespaces/${name}/pods`),
    );
    port.look([]);
    const from = clock.now();
    await until(() => {
      clock.advance(500);
      return seen.length === 4;
    });
    expect(clock.now() - from).toBeGreaterThan(45_000);
    expect(seen.at(-1)?.url).toBe('/apis/metrics.k8s.io/v1beta1/pods?limit=500');
  });

  it('that failed for what is looked at is asked for as a whole, and is live again', async () => {
    const items = Array.from({ length: 24_000 }, (_, i) => ({
      metadata: { name: `p${i}`, namespace: i < 23_000 ? 'large' : 'shop' },
    }));
    const { port, clock, seen } = await openPort(({ url }, response) => {
      const isPart = url.includes('/namespaces/');
      json(response, isPart ? {} : { metadata: {}, items }, isPart ? 500 : 200);
    });
    const usage = sink();
    const state = () => usage.told.statuses.at(-1)?.state;
    port.watch('podusage', { namespace: '' }, usage);
    await until(() => state() === 'live');
    port.look(['shop']);
    clock.advance(15_000);
    await until(() => state() === 'stale');
    clock.advance(60_000);
    await until(() => state() === 'live');
    expect(seen).toHaveLength(3);
  });

  it('waits for the lists that were asked for with it, not for one that fails', async () => {
    const held: (() => void)[] = [];
    const { port, seen } = await openPort(({ url }, response) => {
      if (url.includes('/nodes')) json(response, {}, 500);
      else if (url.includes('metrics')) json(response, { metadata: {}, items: [] });
      else if (url.includes('limit=')) held.push(() => json(response, { metadata: {}, items: [] }));
      else json(response, {}, 400);
    });
    const usage = sink();
    port.watch('podusage', { namespace: '' }, usage);
    port.watch('pods', { namespace: '' }, { ...sink(), put: () => undefined });
    port.watch('nodes', { namespace: '' }, { ...sink(), put: () => undefined });
    await until(() => held.length === 1 && seen.some(({ url }) => url.includes('/nodes')));
    expect(seen.filter(({ url }) => url.includes('metrics'))).toEqual([]);
    held[0]?.();
    await until(() => usage.told.statuses.at(-1)?.state === 'live');
  });

  it('of the namespaces that may be read, where the whole cluster is refused', async () => {
    let all = false;
    const { port, clock } = await openPort(
      ({ url }, response) => {
        const permitted = all || url.includes('/namespaces/shop/');
        const item = { metadata: { name: 'api', namespace: 'shop' }, containers: [] };
        json(response, permitted ? { metadata: {}, items: [item] } : {}, permitted ? 200 : 403);
      },
      { fallbackNamespaces: ['shop', 'secret'] },
    );
    const usage = sink();
    port.watch('podusage', { namespace: '' }, usage);
    await until(() => usage.told.statuses.at(-1)?.state === 'live');
    expect(usage.told.statuses.at(-1)?.namespaces).toEqual(['shop']);
    expect([...usage.told.rows.keys()]).toEqual(['api']);
    all = true;
    await until(() => {
      clock.advance(1_000);
      return usage.told.statuses.at(-1)?.namespaces === null;
    });
  });

  it.each([500, 503])(
    'becomes unknown where its server answers %i for long, for old usage is no usage',
    async (code) => {
      let status = 200;
      const item = { metadata: { name: 'api', namespace: 'shop' }, containers: [] };
      const { port, clock } = await openPort((_seen, response) =>
        json(response, { metadata: {}, items: [item] }, status),
      );
      const usage = sink();
      port.watch('podusage', { namespace: '' }, usage);
      await until(() => usage.told.statuses.at(-1)?.state === 'live');
      status = code;
      clock.advance(16_000);
      await until(() => usage.told.statuses.at(-1)?.state !== 'live');
      expect(usage.told.rows.size).toBe(1);
      await until(() => {
        clock.advance(1_000);
        return usage.told.rows.size === 0;
      });
    },
  );

  it.each([404, 503])(
    'is absent where metrics-server is (%i), and looked for again',
    async (code) => {
      let status = code;
      const { port, clock } = await openPort((_seen, response) =>
        json(response, { metadata: {}, items: [], message: 'service unavailable' }, status),
      );
      const usage = sink();
      port.watch('nodeusage', { namespace: '' }, usage);
      await until(() => usage.told.statuses.at(-1)?.state === 'absent');
      expect(usage.told.statuses.at(-1)).toMatchObject({
        reason: 'metrics-server is not installed or not answering',
        retryAt: clock.now() + 60_000,
      });
      status = 200;
      clock.advance(60_000);
      await until(() => usage.told.statuses.at(-1)?.state === 'live');
    },
  );
});
