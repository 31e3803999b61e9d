import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { arnKey, unlistedKey } from '../../../src/domain/cluster-key.ts';
import type { ClusterRow } from '../../../src/domain/rows.ts';
import { describeCluster } from '../../../src/resources/describe/cluster.ts';
import type { DescribeInput } from '../../../src/resources/define.ts';
import { rowOf } from '../../support/rows.ts';

const told = (change: Partial<ClusterRow>): ReadonlyMap<string, string> => {
  const row = rowOf('clusters', { name: 'shop', source: 'eks', ...change });
  const input = { row, ctx: { now: 0 } } as unknown as DescribeInput<ClusterRow>;
  return new Map(
    describeCluster(input).flatMap(({ title, lines }) =>
      lines.map((line) => [`${title}/${String(line[0])}`, plain(line[1] as never)] as const),
    ),
  );
};

describe('a cluster', () => {
  it('of which nothing could be read says why, what to do, and nothing else', () => {
    const lines = told({
      id: unlistedKey('data/eu-central-1'),
      error: 'the SSO session of profile data has expired',
      errorHint: 'aws sso login --profile data',
    });
    expect(lines.get('Cluster/What to do')).toBe(
      'L signs in here, or aws sso login --profile data',
    );
    expect(lines.get('AWS/ARN')).toBe('?');
    expect([...lines.keys()].filter((key) => /^(Control plane|Network)/.test(key))).toEqual([]);
  });

  it('that was read says how its secrets are encrypted', () => {
    const arn = 'arn:aws:eks:eu-central-1:111122223333:cluster/shop';
    const lines = told({ id: arnKey(arn), status: 'ACTIVE' });
    expect(lines.get('AWS/ARN')).toBe(arn);
    expect(lines.get('Control plane/Secrets encrypted')).toBe("with EKS's own key");
  });
});
