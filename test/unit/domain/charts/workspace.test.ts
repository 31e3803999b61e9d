import { describe, expect, it } from 'vitest';
import {
  candidates,
  owning,
  workspaceName,
  type Scraper,
  type Workspace,
} from '../../../../src/domain/charts/workspace.ts';

const cluster = { name: 'shop', arn: 'arn:shop' };
const workspace = (id: string, change: Partial<Workspace> = {}): Workspace => ({
  ...{ id, arn: `arn:${id}`, region: '', alias: '', isActive: true, tags: {} },
  ...change,
});
const scraper = (workspaceArn: string, change: Partial<Scraper> = {}): Scraper => ({
  ...{ id: 's-1', isActive: true, clusterArn: cluster.arn, workspaceArn },
  ...change,
});
const found = (workspaces: readonly Workspace[], scrapers: readonly Scraper[] = []) =>
  candidates(cluster, workspaces, scrapers).map(({ workspace: { id }, why }) => [id, why]);

describe('the workspace of a cluster', () => {
  const named = workspace('c', { alias: 'shop' });
  const tagged = workspace('b', { tags: { 'eks:cluster-name': 'shop' } });

  it('is the one that its scraper sends to, whatever others are called', () => {
    expect(found([named, tagged, workspace('a')], [scraper('arn:a')])).toEqual([
      ['a', 'scraper s-1 sends shop into it'],
    ]);
  });

  it('is not one that the scraper of another cluster sends to, or one that is no longer active', () => {
    const others = [
      scraper('arn:a', { clusterArn: 'arn:other' }),
      scraper('arn:b', { isActive: false }),
    ];
    expect(found([workspace('a'), workspace('b', { isActive: false })], others)).toEqual([
      ['a', ''],
    ]);
  });

  it('is the one whose tag or alias says so', () => {
    expect(found([workspace('a'), named, tagged])).toEqual([
      ['b', 'its tag eks:cluster-name names shop'],
    ]);
    expect(found([workspace('a'), named])).toEqual([['c', 'its alias is the name of the cluster']]);
    const tags = { 'kubernetes.io/cluster/shop': 'owned' };
    expect(found([workspace('a', { tags })])[0]?.[1]).toContain('kubernetes.io/cluster/shop');
    const others = { team: 'shop', cluster: 'shop-2', clustering: 'shop' };
    expect(found([workspace('a', { tags: others })])).toEqual([['a', '']]);
  });

  it('may be any of a few where nothing says so', () => {
    const all = Array.from({ length: 9 }, (_, i) => workspace(String(i)));
    expect(found(all)).toHaveLength(5);
    expect(found([])).toEqual([]);
  });

  it('is called by its alias', () => {
    expect(workspaceName(named)).toBe('shop (c)');
    expect(workspaceName(workspace('a'))).toBe('a');
  });
});

describe('what is its own in a workspace', () => {
  const sure = { workspace: workspace('a'), why: 'a scraper says so' };
  const unsure = { workspace: workspace('a'), why: '' };

  it('has a label with its name or its ARN', () => {
    expect(owning(cluster, sure, [{ cluster: 'other' }, { cluster: 'shop' }])).toEqual({
      ...{ is: 'own', own: { label: 'cluster', value: 'shop' }, why: 'a scraper says so' },
    });
    expect(owning(cluster, unsure, [{ clusterArn: 'arn:shop', cluster: 'x' }])).toEqual({
      ...{ is: 'own', own: { label: 'clusterArn', value: 'arn:shop' } },
      why: 'label clusterArn in it is its ARN',
    });
  });

  it('is all of it where a scraper sends and nobody else does', () => {
    expect(owning(cluster, sure, [{}])).toMatchObject({ is: 'own', own: null });
    expect(owning(cluster, sure, [{ cluster: 'alias-of-ours' }])).toMatchObject({
      own: { label: 'cluster', value: 'alias-of-ours' },
    });
  });

  it('is never that of a cluster of the same name elsewhere', () => {
    const elsewhere = { cluster_arn: 'arn:elsewhere:shop', cluster: 'shop' };
    expect(owning(cluster, sure, [elsewhere])).toMatchObject({
      ...{ is: 'not', reason: 'what is sent to workspace a is of another cluster' },
    });
    // A name that both have tells neither apart.
    expect(owning(cluster, sure, [elsewhere, { cluster: 'shop' }])).toMatchObject({ is: 'not' });
    const ours = { cluster_arn: 'arn:shop', cluster: 'shop' };
    expect(owning(cluster, sure, [elsewhere, ours])).toMatchObject({
      own: { label: 'cluster_arn', value: 'arn:shop' },
    });
  });

  it('is not told from that of others where no label names it: nothing is taken for its own', () => {
    expect(owning(cluster, sure, [{}, { cluster: 'other' }])).toMatchObject({
      ...{ is: 'not', reason: expect.stringContaining('several clusters send') as string },
    });
    expect(owning(cluster, unsure, [{}])).toMatchObject({
      ...{ is: 'not', reason: 'nothing in workspace a says that it is of shop' },
    });
    expect(owning(cluster, sure, [])).toMatchObject({
      ...{ is: 'not', reason: 'nothing is sent to workspace a at the moment' },
    });
  });
});
