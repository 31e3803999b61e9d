import { describe, expect, it } from 'vitest';
import { prefixesOf } from '../../../../src/ui/logs/prefix.ts';

const names = (pods: readonly string[], containers: readonly string[], columns: number): string[] =>
  prefixesOf(
    pods.flatMap((pod) => containers.map((container) => ({ pod, container }))),
    columns,
  ).map(([text]) => text.trimEnd());

const HASHES = ['5s8gs', 'x2x9k', 'b7c4d'];
const DEPLOYMENT = HASHES.map((hash) => `clickstream-aggregator-7d9f8b6c4f-${hash}`);

describe('prefixes of log lines', () => {
  it('of one stream are none', () => {
    expect(names(['api'], ['app'], 120)).toEqual([]);
  });

  it('of one pod are its containers', () => {
    expect(names(['api-x2x'], ['app', 'istio-proxy'], 80)).toEqual(['app', 'istio-proxy']);
  });

  it('are whole names where there is room', () => {
    expect(names(DEPLOYMENT, ['app'], 200)).toEqual(DEPLOYMENT);
    expect(names(['api-1', 'web-1'], ['app'], 80)).toEqual(['api-1', 'web-1']);
  });

  it('are what tells the pods of one owner apart, and the container, where there is none', () => {
    expect(names(DEPLOYMENT, ['app'], 80)).toEqual(HASHES);
    expect(names(DEPLOYMENT, ['app', 'istio-proxy'], 80)).toEqual(
      HASHES.flatMap((hash) => [`${hash}/app`, `${hash}/istio-proxy`]),
    );
  });

  it('tell pods of two roll-outs apart', () => {
    const pods = ['orders-worker-5b4c7d8e9f-aaaaa', 'orders-worker-66f7f8f9f0-aaaaa'];
    expect(names(pods, ['app'], 80)).toEqual(['5b4c7d8e9f-aaaaa', '66f7f8f9f0-aaaaa']);
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
        expect(name.length).toBeLessThanOrEqual(Math.floor(columns * 0.3));
      }
    },
  );

  it('are of one width, and a pod keeps its tone', () => {
    const prefixes = prefixesOf(
      DEPLOYMENT.flatMap((pod) => ['a', 'long'].map((container) => ({ pod, container }))),
      80,
    );
    expect(new Set(prefixes.map(([text]) => text.length)).size).toBe(1);
    expect(prefixes[0]?.[1]).toBe(prefixes[1]?.[1]);
    expect(prefixes[0]?.[1]).not.toBe(prefixes[2]?.[1]);
  });
});
