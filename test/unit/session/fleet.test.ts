import { describe, expect, it } from 'vitest';
import { arnKey } from '../../../src/domain/cluster-key.ts';
import type { ClusterRow } from '../../../src/domain/rows.ts';
import type { Sink } from '../../../src/ports/sink.ts';
import { contextRow, Fleet, sameServer, shortName } from '../../../src/session/fleet.ts';
import type { ContextInfo } from '../../../src/session/index.ts';

const context = (name: string, server: string): ContextInfo => ({
  name,
  server,
  namespace: '',
  current: false,
  eks: null,
  problem: '',
});

function collect(): { rows: Map<string, ClusterRow>; sink: Sink<ClusterRow> } {
  const rows = new Map<string, ClusterRow>();
  return {
    rows,
    sink: {
      relist: () => {},
      put: (put) => {
        for (const row of put) rows.set(row.uid, row);
      },
      remove: (removed) => {
        for (const { uid } of removed) rows.delete(uid);
      },
      synced: () => {},
      status: () => {},
    },
  };
}

const eks = (name: string, endpoint: string): ClusterRow => ({
  ...contextRow(context(name, endpoint)),
  uid: `arn:${name}`,
  id: arnKey(`arn:${name}`),
  name,
  source: 'eks',
  context: '',
  endpoint,
});

describe('sameServer', () => {
  it('compares addresses, not spellings', () => {
    expect(sameServer('https://A.eks.amazonaws.com', 'https://a.eks.amazonaws.com:443/')).toBe(
      true,
    );
    expect(sameServer('https://a:6443', 'https://a:7443')).toBe(false);
    expect(sameServer('', '')).toBe(false);
  });
});

describe('Fleet', () => {
  it('joins a context with the EKS cluster that is its server, and no other of the same name', () => {
    const { rows, sink } = collect();
    const fleet = new Fleet(
      [context('prod', 'https://one:443'), context('dev', 'https://dev')],
      sink,
    );
    const aws = fleet.sink(() => {});
    aws.put([eks('prod', 'https://one'), eks('prod-namesake', 'https://two')]);
    expect([...rows.keys()].sort()).toEqual(['arn:prod', 'arn:prod-namesake', 'context:dev']);
    expect(rows.get('arn:prod')).toMatchObject({ source: 'both', context: 'prod' });
    expect(rows.get('arn:prod-namesake')).toMatchObject({ source: 'eks', context: '' });
  });

  it('a cluster that AWS no longer lists is a context again', () => {
    const { rows, sink } = collect();
    const fleet = new Fleet([context('prod', 'https://one')], sink);
    const aws = fleet.sink(() => {});
    aws.relist();
    aws.put([eks('prod', 'https://one')]);
    aws.synced();
    aws.relist();
    aws.synced();
    expect([...rows.values()].map(({ uid, source }) => [uid, source])).toEqual([
      ['context:prod', 'context'],
    ]);
  });

  it('counts stay when AWS describes the cluster again', () => {
    const { rows, sink } = collect();
    const fleet = new Fleet([], sink);
    const aws = fleet.sink(() => {});
    aws.put([eks('prod', 'https://one')]);
    fleet.count('https://one', 3, 40, 'v1.36.3');
    aws.put([eks('prod', 'https://one')]);
    expect(rows.get('arn:prod')).toMatchObject({ nodes: 3, pods: 40 });
  });
});

it('a context named by its ARN is shown by its cluster name', () => {
  expect(shortName('arn:aws:eks:eu-central-1:111122223333:cluster/shop-prod')).toBe('shop-prod');
  expect(shortName('kind-lab')).toBe('kind-lab');
});
