import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import type { NodeRow } from '../../../src/domain/rows.ts';
import type { Query } from '../../../src/ports/query.ts';
import { describeNodeGroup } from '../../../src/resources/describe/nodegroup.ts';
import { rowOf } from '../../support/rows.ts';

/** What a group says that it costs, and the titles of its sections. */
function told(nodes: readonly Partial<NodeRow>[], change: object = {}) {
  const row = rowOf('nodegroups', { name: 'web', uid: 'web', kind: 'managed', ...change });
  const of = nodes.map((node, i) => rowOf('nodes', { name: `n${i}`, nodegroup: 'web', ...node }));
  const query = {
    status: (table: string) => ({ synced: table === 'nodes' }),
    rows: (table: string) => (table === 'nodes' ? of : []),
    get: () => undefined,
  } as unknown as Query;
  const sections = describeNodeGroup({ row, query, ctx: { now: 0, time: 'age' } } as never);
  const lines = sections.flatMap((section) => section.lines);
  const costs = lines.find(([label]) => label === 'Costs')?.[1];
  return { costs: costs && plain(costs as never), titles: sections.map(({ title }) => title) };
}

const EU = { region: 'eu-central-1', instanceType: 'm6i.large', capacity: 'on-demand' } as const;

describe('a node group', () => {
  it('says what its nodes cost together, by what is known of their prices', () => {
    expect(told([EU, EU]).costs).toBe('$0.230 an hour, $168 a month  :costs tells for whom');
    expect(told([EU, { ...EU, capacity: 'spot' }]).costs).toMatch(/^≤\$0\.230 an hour, ≤\$168/);
    expect(told([EU, { ...EU, instanceType: 'x9.large' }]).costs).toMatch(/^≥\$0\.115 an hour/);
    expect(told([{ ...EU, instanceType: 'x9.large' }]).costs).toBe('?');
    expect(told([]).costs).toBeUndefined();
    const fargate = { region: 'eu-central-1', compute: 'fargate', arch: 'amd64' } as const;
    const size = { fargateSize: { cpu: 1, gigabytes: 2 } };
    expect(told([{ ...fargate, ...size }, fargate], { kind: 'fargate' }).costs).toMatch(
      /^≥\$0\.057 an hour/,
    );
  });

  it('tells first of the update that it is at', () => {
    expect(told([EU], { update: 'VersionUpdate InProgress' }).titles[0]).toBe('Update');
    expect(told([EU]).titles[0]).toBe('Node group');
  });
});
