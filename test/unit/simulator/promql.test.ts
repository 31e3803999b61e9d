/** PromQL as the simulated region answers it: as Prometheus would, or not at all. */
import { describe, expect, it } from 'vitest';
import type { PromSource } from '../../../src/simulator/prometheus.ts';
import { Evaluation } from '../../../src/simulator/promql/evaluate.ts';
import { parsePromql } from '../../../src/simulator/promql/syntax.ts';

const NOW = Date.UTC(2026, 10, 24, 6, 0, 0);
const source = (
  pod: string,
  kind: PromSource['kind'],
  read: PromSource['read'],
  since = 0,
): PromSource => ({ labels: { pod, job: 'x' }, kind, read, since });

const SOURCES: Readonly<Record<string, readonly PromSource[]>> = {
  memory: [source('a', 'gauge', () => 3), source('b', 'gauge', () => 5)],
  limit: [source('a', 'gauge', () => 6)],
  zero: [source('a', 'gauge', () => 0)],
  cpu: [
    source('a', 'flow', () => 0.5),
    source('b', 'flow', (at) => (at < NOW - 100_000 ? 1 : 2), NOW - 3_600_000),
    source('new', 'flow', () => 9, NOW - 60_000),
  ],
  restarts: [source('a', 'count', (at) => (at >= NOW - 60_000 ? 4 : 3))],
};

const ask = (query: string, at = NOW): readonly (readonly [string, number])[] =>
  new Evaluation((name) => SOURCES[name] ?? [])
    .at(parsePromql(query), at)
    .map(({ labels, value }) => [Object.values(labels).join(), value]);

describe('what is asked', () => {
  it.each([
    [
      'memory',
      [
        ['a,x', 3],
        ['b,x', 5],
      ],
    ],
    ['memory{pod="a"}', [['a,x', 3]]],
    ['memory{pod!="a",job=~"x|y"}', [['b,x', 5]]],
    ['{__name__="memory",pod!~"a|c"}', [['b,x', 5]]],
    [
      'memory{pod=~"."}',
      [
        ['a,x', 3],
        ['b,x', 5],
      ],
    ],
    ['memory{pod=~""}', []],
    [
      'memory{none=""}',
      [
        ['a,x', 3],
        ['b,x', 5],
      ],
    ],
    ['nothing', []],
    ['sum(memory)', [['', 8]]],
    ['sum(nothing)', []],
    ['max by (job) (memory)', [['x', 5]]],
    [
      'count(memory) by (pod)',
      [
        ['a', 1],
        ['b', 1],
      ],
    ],
    ['avg(memory) - min(memory)', [['', 1]]],
    ['memory / limit', [['a,x', 0.5]]],
    ['100 * (1 - sum(limit) / 24) # a comment', [['', 75]]],
    ['2 + 3 * 4', [['', 14]]],
    ['-memory{pod="a"}', [['a,x', -3]]],
    ['sum(zero) / sum(zero)', [['', NaN]]],
    [
      'memory or limit',
      [
        ['a,x', 3],
        ['b,x', 5],
      ],
    ],
    [
      'label_replace(sum(memory), "line", "c0", "", "") or label_replace(sum(limit), "line", "c1", "", "")',
      [
        ['c0', 8],
        ['c1', 6],
      ],
    ],
    ['increase(restarts[5m])', [['a,x', 1]]],
    ['rate(cpu{pod="a"}[300s])', [['a,x', 0.5]]],
  ] as const)('%s', (query, answer) => {
    expect(ask(query)).toEqual(answer);
  });

  it('has no rate of what was not there all the while', () => {
    expect(ask('rate(cpu[5m])').map(([of]) => of)).toEqual(['a,x', 'b,x']);
    expect(ask('rate(cpu{pod="new"}[1m])')).toEqual([['new,x', 9]]);
    expect(ask('memory', -1)).toEqual([]);
  });

  it('has counters that grow by what they count', () => {
    const counted = (at: number) => ask('cpu{pod="b"}', at)[0]?.[1] ?? NaN;
    const [before, now] = [counted(NOW - 1_800_000), counted(NOW - 900_000)];
    expect(before).toBeCloseTo(1800);
    expect(now - before).toBeCloseTo(900);
  });

  it('costs the samples that it goes through', () => {
    const evaluation = new Evaluation((name) => SOURCES[name] ?? []);
    evaluation.at(parsePromql('sum(memory)'), NOW);
    expect(evaluation.samples).toBe(2);
    evaluation.at(parsePromql('rate(cpu{pod="a"}[5m])'), NOW);
    expect(evaluation.samples).toBe(12);
  });
});

describe('what is wrong, or not served, is said', () => {
  it.each([
    ['', /unexpected end of input/],
    ['sum(memory', /unexpected end of input, expected \)/],
    ['memory{pod=a}', /unexpected a in label matching, expected string/],
    ['memory{pod="a}', /unexpected character/],
    ['memory $', /1:8: parse error: unexpected character: "\$"/],
    ['memory memory', /unexpected memory/],
    ['memory{pod=~"("}', /error parsing regexp/],
    ['topk(3, memory)', /the function topk is not served/],
    ['sum without (pod) (memory)', /'without' is not served/],
    ['memory / on (pod) limit', /'on' is not served/],
    ['memory offset 5m', /'offset' is not served/],
    ['rate(memory)', /expected type range vector/],
    ['memory[5m]', /range vector is no answer/],
    ['"text"', /invalid expression type "string"/],
    ['{pod="a"}', /without the name of one metric is not served/],
  ])('%s', (query, message) => {
    expect(() => ask(query)).toThrow(message);
  });
});
