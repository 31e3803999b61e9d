import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arnKey, contextKey } from '../../../src/domain/cluster-key.ts';
import { clustersNamed, wordOf, type NamedCluster } from '../../../src/domain/cluster-names.ts';

const arn = (account: string, name: string): string =>
  `arn:aws:eks:eu-central-1:${account}:cluster/${name}`;
const ofEks = (account: string, name: string, context = ''): NamedCluster => ({
  id: arnKey(arn(account, name)),
  name,
  context,
});
const ofContext = (context: string, name = context): NamedCluster => ({
  id: contextKey(context),
  name,
  context,
});

describe('a word for a cluster', () => {
  const first = ofContext(arn('111111111111', 'prod'), 'prod');
  const second = ofContext(arn('222222222222', 'prod'), 'prod');
  const literal = ofContext('prod');
  const eks = ofEks('333333333333', 'prod');

  it('is a name where one cluster has it', () => {
    expect(clustersNamed([eks, ofContext('staging')], 'prod')).toEqual([eks]);
    expect(clustersNamed([eks], 'staging')).toEqual([]);
    expect(clustersNamed([eks, ofContext('')], '')).toEqual([]);
  });

  it('means nobody for certain where accounts share a name, and one by its ARN', () => {
    expect(clustersNamed([first, second], 'prod')).toEqual([first, second]);
    expect(clustersNamed([first, second], first.context)).toEqual([first]);
    expect(clustersNamed([eks, first], eks.id)).toEqual([eks]);
    expect([first, second].map((row) => wordOf(row, [first, second]))).toEqual([
      first.context,
      second.context,
    ]);
  });

  it('is a context before it is a name', () => {
    expect(clustersNamed([eks, first, literal], 'prod')).toEqual([literal]);
    expect(wordOf(eks, [eks, literal])).toBe(eks.id);
  });

  it('is offered only where it leads to that cluster alone', () => {
    const names = fc.constantFrom('prod', 'dev', arn('1', 'prod'), arn('2', 'prod'));
    const row = fc.oneof(
      fc
        .record({ account: fc.constantFrom('1', '2'), name: names })
        .map(({ account, name }) => ofEks(account, name)),
      fc
        .record({ context: names, name: names })
        .map(({ context, name }) => ofContext(context, name)),
    );
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ id }) => id }), (rows) => {
        for (const one of rows) {
          const word = wordOf(one, rows);
          if (word !== null) expect(clustersNamed(rows, word)).toEqual([one]);
        }
      }),
    );
  });
});
