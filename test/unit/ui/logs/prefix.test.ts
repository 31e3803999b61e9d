import { describe, expect, it } from 'vitest';
import { contextKey } from '../../../../src/domain/cluster-key.ts';
import { plain } from '../../../../src/core/styled.ts';
import { prefixesOf } from '../../../../src/ui/logs/prefix.ts';

const [ONE, TWO] = [contextKey('one'), contextKey('two')];

const sourcesOf = (pods: readonly string[], containers: readonly string[], cluster = ONE) =>
  pods.flatMap((pod) => containers.map((container) => ({ cluster, pod, container })));

const names = (pods: readonly string[], containers: readonly string[], columns: number): string[] =>
  prefixesOf(sourcesOf(pods, containers), [], columns).cells.map((cell) => plain(cell).trimEnd());

const HASHES = ['5s8gs', 'x2x9k', 'b7c4d'];
const DEPLOYMENT = HASHES.map((hash) => `clickstream-aggregator-7d9f8b6c4f-${hash}`);

describe('prefixes of log lines', () => {
  it('of one stream are none', () => {
    expect(names(['api'], ['app'], 120)).toEqual([]);
  });

  it('of one pod are its containers', () => {
    expect(names(['api-x2x'], ['app', 'istio-proxy'], 80)).toEqual(['app', 'istio-proxy']);
  });

  it('are whole names where these are short', () => {
    expect(names(['api-1', 'web-1'], ['app'], 80)).toEqual(['api-1', 'web-1']);
  });

  it.each([80, 120, 200])(
    'are what tells the pods of one owner apart; what they share is said once, at %i columns',
    (columns) => {
      expect(names(DEPLOYMENT, ['app'], columns)).toEqual(HASHES);
      const { shared } = prefixesOf(sourcesOf(DEPLOYMENT, ['app']), [], columns);
      expect(shared).toBe('clickstream-aggregator-7d9f8b6c4f-');
    },
  );

  it('have the container where there are several, cut where there is no room', () => {
    const both = ['app', 'istio-proxy'];
    const all = (second: string) => HASHES.flatMap((hash) => [`${hash}/app`, `${hash}/${second}`]);
    expect(names(DEPLOYMENT, both, 120)).toEqual(all('istio-proxy'));
    expect(names(DEPLOYMENT, both, 80)).toEqual(all('ist…xy'));
  });

  it('tell pods of two roll-outs apart, and which is which where there is room', () => {
    const pods = ['orders-worker-5b4c7d8e9f-aaaaa', 'orders-worker-66f7f8f9f0-bbbbb'];
    expect(names(pods, ['app'], 120)).toEqual(['5b4c7d8e9f-aaaaa', '66f7f8f9f0-bbbbb']);
    expect(names(pods, ['app'], 80)).toEqual(['5b4c7d…aaaaa', '66f7f8…bbbbb']);
    const alike = ['orders-worker-5b4c7d8e9f-aaaaa', 'orders-worker-66f7f8f9f0-aaaaa'];
    expect(new Set(names(alike, ['app'], 80)).size).toBe(2);
  });

  it.each([60, 80, 120, 200])(
    'of many owners keep the end of each name, at %i columns',
    (columns) => {
      const pods = Array.from(
        { length: 28 },
        (_, i) =>
          `${i % 2 ? 'clickstream-aggregator' : 'recommendation-engine'}-6c5d4b-${i + 100}xz`,
      );
      const found = names(pods, ['app', 'a-very-long-sidecar-name'], columns);
      expect(new Set(found).size).toBe(56);
      for (const [i, name] of found.entries()) {
        expect(name).toContain(`${Math.floor(i / 2) + 100}xz/`);
        expect(name.length).toBeLessThanOrEqual(Math.max(9, Math.floor(columns * 0.2)));
      }
    },
  );

  it('are of one width, and a pod keeps its tone', () => {
    const prefixes = prefixesOf(sourcesOf(DEPLOYMENT, ['a', 'long']), [], 80).cells;
    expect(new Set(prefixes.map((cell) => plain(cell).length)).size).toBe(1);
    const tones = prefixes.map(([first]) => first?.[1]);
    expect(tones[0]).toBe(tones[1]);
    expect(tones[0]).not.toBe(tones[2]);
  });
});

describe('prefixes of log lines of several clusters', () => {
  const beside = (one: string, two: string) =>
    [
      { cluster: ONE, name: one, tone: 'cluster1' },
      { cluster: TWO, name: two, tone: 'cluster4' },
    ] as const;

  it('begin with the cluster, in its own tone', () => {
    const sources = [
      ...sourcesOf(['api-1', 'api-2'], ['app']),
      ...sourcesOf(['api-1'], ['app'], TWO),
    ];
    const prefixes = prefixesOf(sources, beside('prod-eu', 'staging-2'), 120).cells;
    expect(prefixes.map(plain)).toEqual(['prod-eu   api-1', 'prod-eu   api-2', 'staging-2 api-1']);
    expect(prefixes.map(([first]) => first?.[1])).toEqual(['cluster1', 'cluster1', 'cluster4']);
    // A pod of the same name has the same tone: the cluster tells them apart.
    expect(prefixes[0]?.at(-1)?.[1]).toBe(prefixes[2]?.at(-1)?.[1]);
  });

  it('are the cluster alone where the containers are called alike', () => {
    const sources = [...sourcesOf(['db-0'], ['app']), ...sourcesOf(['db-0'], ['app'], TWO)];
    const both = beside('prod-eu', 'prod-us');
    expect(prefixesOf(sources, both, 80).cells.map(plain)).toEqual(['prod-eu', 'prod-us']);
    expect(prefixesOf(sources.slice(0, 1), both, 80).cells.map(plain)).toEqual(['prod-eu']);
  });

  it.each([60, 80, 120])('tell clusters and pods apart, at %i columns', (columns) => {
    const sources = [...sourcesOf(DEPLOYMENT, ['app']), ...sourcesOf(DEPLOYMENT, ['app'], TWO)];
    const both = beside(
      'acme-payments-production-eu-central-1',
      'acme-payments-production-us-east-2',
    );
    const found = prefixesOf(sources, both, columns).cells.map(plain);
    expect(new Set(found).size).toBe(6);
    for (const text of found) expect(text.length).toBeLessThanOrEqual(Math.floor(columns * 0.3));
  });
});
