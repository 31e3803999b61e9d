import { describe, expect, it } from 'vitest';
import { intern, internSet } from '../../../../src/domain/wire/intern.ts';
import { podOf } from '../pods.ts';

describe('shared values', () => {
  it('are one object for the labels of all pods of a replica set', () => {
    const labels = { app: 'api', 'pod-template-hash': '78d7d7b5cd' };
    const [a, b] = [podOf({ metadata: { labels } }), podOf({ metadata: { labels } })];
    expect(a.labels).toEqual(labels);
    expect(b.labels).toBe(a.labels);
  });

  it('are one object for containers that differ in a port alone, however they take turns', () => {
    const container = (name: string, containerPort: number) => ({
      name,
      ports: [{ containerPort }],
    });
    const spec = { containers: [container('api', 8080), container('proxy', 8081)] };
    const [a, b] = [podOf({ spec }), podOf({ spec })];
    expect(a.containers.map(({ spec }) => spec.ports)).toEqual([['8080/TCP'], ['8081/TCP']]);
    for (const [i, { spec }] of b.containers.entries()) expect(spec).toBe(a.containers[i]?.spec);
  });

  it('are not confused where names and values only join to the same text', () => {
    expect(internSet({ a: 'b=c' })).not.toBe(internSet({ 'a=b': 'c' }));
    expect(internSet({ a: 'b', c: 'd' })).not.toBe(internSet({ a: 'b' }));
  });

  it('stay true when a pool starts anew', () => {
    for (let i = 0; i < 60_000; i++) {
      if (intern(`word-${i}`) !== `word-${i}`) throw new Error(`word-${i}`);
    }
    for (let i = 0; i < 25_000; i++) {
      if (internSet({ i: String(i) })['i'] !== String(i)) throw new Error(`set ${i}`);
    }
    expect(intern('word-0')).toBe('word-0');
    expect(internSet({ i: '0' })).toEqual({ i: '0' });
  });
});
