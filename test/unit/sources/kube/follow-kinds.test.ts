import { describe, expect, it } from 'vitest';
import type { KindRow } from '../../../../src/domain/kinds.ts';
import { recorded } from '../../../recorded/fixtures.ts';
import { recordingSink } from '../../../support/recording-sink.ts';
import { openPort, until } from './open-port.ts';
import { json, type Answer } from './tls-server.ts';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const VERBS = ['get', 'list', 'watch'];

interface Group {
  readonly metadata: { readonly name?: string };
  readonly versions: readonly object[];
}

/** What a server offers, and what its watches are told. */
interface Offered {
  apis: readonly Group[];
  readonly watches: Parameters<Answer>[1][];
  /** Whether definitions may be watched. */
  watchable: boolean;
}

const resource = (name: string, more: object = {}) => ({
  resource: name,
  responseKind: { group: '', version: '', kind: name },
  scope: 'Namespaced',
  singularResource: '',
  verbs: VERBS,
  ...more,
});
const group = (name: string, resources: readonly object[], version = 'v1'): Group => ({
  metadata: { name },
  versions: [{ version, resources, freshness: 'Current' }],
});
const stale = (name: string): Group => ({
  metadata: { name },
  versions: [{ version: 'v1', freshness: 'Stale' }],
});
const END = `${JSON.stringify({
  type: 'BOOKMARK',
  object: {
    kind: 'Table',
    metadata: { resourceVersion: '1' },
    columnDefinitions: [],
    rows: [
      {
        cells: [],
        object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
      },
    ],
  },
})}\n`;
const CHANGE = `${JSON.stringify({
  type: 'ADDED',
  object: {
    kind: 'Table',
    metadata: { resourceVersion: '2' },
    columnDefinitions: null,
    rows: [{ cells: ['things.x'], object: null }],
  },
})}\n`;

/** Follows the kinds of a server of aggregated discovery. */
async function follow(first: readonly Group[], watchable = true) {
  const offered: Offered = { apis: first, watches: [], watchable };
  const sink = recordingSink<KindRow>();
  const opened = await openPort(({ url, headers }, response) => {
    if (url.includes('watch=1')) {
      if (!offered.watchable) {
        json(response, { kind: 'Status', message: 'no' }, 403);
        return;
      }
      offered.watches.push(response);
      response.writeHead(200, { 'Content-Type': 'application/json' }).write(END);
      return;
    }
    const items =
      url === '/api'
        ? [{ metadata: {}, versions: [{ version: 'v1', resources: [] }] }]
        : offered.apis;
    const body = JSON.stringify({ kind: 'APIGroupDiscoveryList', items });
    const etag = `"${body.length}-${JSON.stringify(items).split('x').length}"`;
    if (headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { 'Content-Type': AGGREGATED, etag }).end(body);
  });
  opened.port.followKinds(sink);
  await sink.until(({ last }) => last?.state === 'live');
  const asked = (path: string) => opened.seen.filter(({ url }) => url === path).length;
  return { ...opened, offered, sink, asked };
}

describe('what a server offers', () => {
  it('a real one: every kind that can be listed, in the version that it prefers', async () => {
    const { port } = await openPort(({ url }, response) => {
      if (!/^\/apis?$/.test(url)) json(response, { kind: 'Status', message: 'no' }, 403);
      else {
        const file = url === '/api' ? 'api.discovery.json' : 'apis.found.discovery.json';
        response.writeHead(200, { 'Content-Type': AGGREGATED }).end(recorded(file));
      }
    });
    const sink = recordingSink<KindRow>();
    port.followKinds(sink);
    await sink.until(({ last }) => last?.state === 'live');
    const { rows, last } = sink;
    expect(rows.get('pods.')).toMatchObject({
      ...{ name: 'pods', group: '', version: 'v1', kind: 'Pod', singular: 'pod' },
      ...{ shortNames: ['po'], categories: ['all'], namespaced: true },
    });
    expect(rows.get('widgets.alpha.example.com')).toMatchObject({
      ...{ version: 'v1', versions: ['v1', 'v1beta1'], kind: 'Widget', namespaced: true },
      ...{ shortNames: ['wd'], categories: ['all', 'toys'], singular: 'widget' },
    });
    expect(rows.get('widgets.beta.example.org')).toMatchObject({ namespaced: false });
    expect(rows.get('horizontalpodautoscalers.autoscaling')?.versions).toEqual(['v2', 'v1']);
    // They cannot be listed.
    expect([...rows.values()].some(({ name }) => /review|binding$|\//.test(name))).toBe(false);
    expect(last?.reason).toBe('metrics.k8s.io/v1beta1 does not answer: its kinds are not known');
  });

  it('an old one: by the document of each version, whichever of them cannot be had', async () => {
    const answers: Readonly<Record<string, object>> = {
      '/api': { kind: 'APIVersions', versions: ['v1'] },
      '/apis': {
        kind: 'APIGroupList',
        groups: [
          {
            name: 'x.io',
            versions: [{ version: 'v1beta1' }, { version: 'v1' }],
            preferredVersion: { version: 'v1' },
          },
          { name: 'broken.io', versions: [{ version: 'v1' }] },
        ],
      },
      '/api/v1': {
        resources: [
          { name: 'pods', kind: 'Pod', namespaced: true, verbs: VERBS },
          { name: 'pods/log', kind: 'Pod', namespaced: true, verbs: ['get'] },
        ],
      },
      '/apis/x.io/v1': { resources: [{ name: 'things', kind: 'Thing', verbs: VERBS }] },
      '/apis/x.io/v1beta1': { resources: [{ name: 'things', kind: 'Thing', verbs: VERBS }] },
    };
    const { port } = await openPort(({ url }, response) => {
      const answer = answers[url];
      if (answer) json(response, answer);
      else json(response, { kind: 'Status', message: 'unavailable' }, 503);
    });
    const sink = recordingSink<KindRow>();
    port.followKinds(sink);
    await sink.until(({ last }) => last?.state === 'live');
    expect([...sink.rows.keys()]).toEqual(['pods.', 'things.x.io']);
    expect(sink.rows.get('things.x.io')?.versions).toEqual(['v1', 'v1beta1']);
    expect(sink.last?.reason).toMatch(/^broken.io\/v1 does not answer/);
  });

  it('what could not stand in a path is no kind', async () => {
    const { sink } = await follow([
      group('x.io', [resource('a/b'), resource('..'), resource('c')]),
    ]);
    expect([...sink.rows.keys()]).toEqual(['c.x.io']);
  });

  it('a group that answers no more keeps its kinds, and the status names it', async () => {
    const { sink, offered, port } = await follow([group('x.io', [resource('a')])]);
    offered.apis = [stale('x.io'), group('y.io', [resource('b')])];
    port.retryNow();
    await sink.until(({ rows }) => rows.size === 2);
    expect(sink.last).toMatchObject({
      state: 'live',
      reason: 'x.io/v1 does not answer: its kinds are as last known',
    });
  });
});

describe('a kind that comes and goes', () => {
  it('is told after a definition has changed; nothing else is told or sent again', async () => {
    const { sink, offered, clock, asked } = await follow([group('x.io', [resource('a')])]);
    await until(() => offered.watches.length === 2);
    offered.apis = [group('x.io', [resource('a'), resource('b')])];
    offered.watches[0]?.write(CHANGE);
    await until(() => {
      clock.advance(50);
      return sink.rows.size === 2;
    });
    expect(sink.calls.filter((call) => /^(put|relist|remove)/.test(call))).toEqual([
      'relist',
      'put a',
      'put b',
    ]);
    offered.apis = [group('x.io', [resource('b')])];
    offered.watches[0]?.write(CHANGE);
    await until(() => {
      clock.advance(50);
      return sink.rows.size === 1;
    });
    expect(sink.calls).toContain('remove a.x.io');
    expect(asked('/api')).toBe(1);
  });

  it('is asked for a few times after a change, then no more', async () => {
    const { offered, clock, asked, port } = await follow([]);
    await until(() => offered.watches.length === 2);
    // The first list was followed by a look whether anything slipped through.
    await until(() => {
      clock.advance(50);
      return asked('/apis') === 2;
    });
    offered.watches[0]?.write(CHANGE);
    await until(() => {
      clock.advance(50);
      return asked('/apis') === 6;
    });
    clock.advance(10_000);
    // What was sent before has arrived before.
    await port.info();
    expect(asked('/apis')).toBe(6);
  });

  it('is asked for now and then where definitions may not be watched', async () => {
    const { sink, offered, clock, asked } = await follow([group('x.io', [resource('a')])], false);
    offered.apis = [group('x.io', [resource('a'), resource('b')])];
    const before = asked('/apis');
    await until(() => {
      clock.advance(1_000);
      return sink.rows.size === 2;
    });
    expect(asked('/apis') - before).toBeLessThanOrEqual(2);
    expect(sink.last?.state).toBe('live');
  });
});

it('a server that does not answer is asked again, and the kinds stay as they were', async () => {
  const sink = recordingSink<KindRow>();
  let broken = false;
  const { port, clock } = await openPort(({ url }, response) => {
    if (broken || !/^\/apis?$/.test(url)) json(response, { kind: 'Status', message: 'no' }, 500);
    else {
      const items = url === '/api' ? [] : [group('x.io', [resource('a')])];
      json(response, { kind: 'APIGroupDiscoveryList', items });
    }
  });
  port.followKinds(sink);
  await sink.until(({ last }) => last?.state === 'live');
  broken = true;
  port.retryNow();
  await until(() => {
    clock.advance(100);
    return sink.last?.state === 'stale';
  });
  expect(sink.last?.synced).toBe(true);
  expect(sink.rows.size).toBe(1);
  broken = false;
  await until(() => {
    clock.advance(100);
    return sink.last?.state === 'live';
  });
});
