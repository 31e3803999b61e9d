import { describe, expect, it } from 'vitest';
import { decoderOf, tableDef } from '../../../src/domain/tables/index.ts';
import { ec2nodeclasses } from '../../../src/resources/ec2nodeclasses.ts';
import { nodeclasses } from '../../../src/resources/nodeclasses.ts';
import { nodeclaims } from '../../../src/resources/nodeclaims.ts';
import { nodepools } from '../../../src/resources/nodepools.ts';
import { nodes } from '../../../src/resources/nodes.ts';
import type { Query } from '../../../src/ports/query.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { kindRow, nodeRow } from '../../support/rows.ts';

const NOW = Date.parse('2026-11-24T06:00:00Z');
const ctx = { now: NOW, time: 'age' } as const;
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();
const metadata = (name: string, minutes = 5, labels = {}): object => ({
  name,
  uid: name,
  labels,
  creationTimestamp: ago(minutes),
});
const condition = (type: string, status: string, reason = '', message = ''): object => ({
  type,
  status,
  reason,
  message,
});

describe('node pools', () => {
  const decode = (spec: object, status: object) =>
    decoderOf('nodepools').json({ metadata: metadata('p'), spec, status });
  const ready = [condition('Ready', 'True')];

  it('are read with what their nodes are like', () => {
    const row = decode(
      {
        weight: 10,
        limits: { cpu: 64 },
        disruption: {
          consolidationPolicy: 'WhenEmpty',
          consolidateAfter: '1m',
          budgets: [{ nodes: '10%' }, { nodes: '0', schedule: '@daily', duration: '1h' }],
        },
        template: {
          spec: {
            nodeClassRef: { name: 'default' },
            requirements: [
              { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot', 'on-demand'] },
              { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['5'] },
              { key: 'team', operator: 'Exists' },
            ],
          },
        },
      },
      { conditions: ready, resources: { cpu: '8', nodes: '2' } },
    );
    expect(row).toMatchObject({
      weight: 10,
      limits: { cpu: '64' },
      nodes: 2,
      nodeClass: 'default',
      budgets: ['10%', '0 at @daily for 1h'],
      requirements: ['capacity-type spot or on-demand', 'instance-generation over 5', 'team any'],
    });
    expect(nodepools.health(row, ctx).level).toBe('ok');
  });

  it('are a problem at their limit, and where they are not ready', () => {
    const full = decode(
      { limits: { memory: '1Gi' } },
      { conditions: ready, resources: { memory: '1024Mi' } },
    );
    expect(nodepools.health(full, ctx)).toEqual({
      level: 'warn',
      cause: 'its limit of memory is reached',
    });
    const conditions = [
      condition('NodeClassReady', 'False', 'NodeClassNotReady', 'no subnets'),
      condition('Ready', 'False'),
    ];
    expect(nodepools.health(decode({}, { conditions }), ctx)).toEqual({
      level: 'bad',
      cause: 'NodeClassNotReady: no subnets',
    });
  });
});

describe('node claims', () => {
  const decode = (minutes: number, status: object) =>
    decoderOf('nodeclaims').json({
      metadata: metadata('c', minutes, { 'karpenter.sh/nodepool': 'p' }),
      spec: {},
      status,
    });
  const waiting = [
    condition('Launched', 'True'),
    condition('Registered', 'Unknown', 'NodeNotFound', 'Node not registered with cluster'),
  ];

  it('say how far they have come and what is in the way', () => {
    const failed = decode(1, {
      conditions: [condition('Launched', 'Unknown', 'LaunchFailed', 'not authorized')],
    });
    expect([failed.phase, failed.pool]).toEqual(['Launching', 'p']);
    expect(nodeclaims.health(failed, ctx)).toEqual({
      level: 'bad',
      cause: 'LaunchFailed: not authorized',
    });
    expect(nodeclaims.health(decode(2, { conditions: waiting }), ctx).level).toBe('busy');
    expect(nodeclaims.health(decode(20, { conditions: waiting }), ctx)).toEqual({
      level: 'bad',
      cause: 'its node has not registered for 20m',
    });
  });

  it('that have drifted are to be replaced, and not ill', () => {
    const done = ['Launched', 'Registered', 'Initialized', 'Ready'].map((type) =>
      condition(type, 'True'),
    );
    const drifted = condition('Drifted', 'True', 'AMIDrift', 'AMIDrift');
    expect(nodeclaims.health(decode(20, { conditions: done }), ctx).level).toBe('ok');
    expect(nodeclaims.health(decode(20, { conditions: [...done, drifted] }), ctx)).toEqual({
      level: 'busy',
      cause: 'to be replaced: AMIDrift',
    });
  });

  it('lead to their node once there is one', () => {
    const providerID = 'aws:///eu-central-1a/i-0a1';
    const row = decode(5, { conditions: waiting, providerID, nodeName: '' });
    expect(row.instanceId).toBe('i-0a1');
    const { enter } = nodeclaims;
    expect(enter?.is === 'link' && enter.target(row, null as never)).toEqual({
      none: 'c has no node yet: registering',
    });
  });
});

describe('the node of a claim', () => {
  const kind = kindRow('nodeclaims', 'karpenter.sh', 'NodeClaim');
  const query = (offered: boolean) =>
    ({
      get: () => (offered ? kind : undefined),
      status: () => ({ ...IDLE, synced: true }),
    }) as unknown as Query;
  const to = (compute: 'karpenter' | 'auto' | 'managed', offered = true) =>
    nodes.links?.['J']?.target(
      nodeRow({ name: 'ip-10-0-0-1', compute, nodegroup: `${compute}/p` }),
      query(offered),
    );

  it('leads back to it, and elsewhere to its group', () => {
    for (const compute of ['karpenter', 'auto'] as const) {
      const target = to(compute);
      expect(target).toMatchObject({ to: 'nodeclaims' });
      const only = target && 'only' in target ? (target.only as (claim: object) => boolean) : null;
      expect([{ node: 'ip-10-0-0-1' }, { node: '' }].map((claim) => only?.(claim))).toEqual([
        true,
        false,
      ]);
    }
    for (const target of [to('managed'), to('karpenter', false)])
      expect(target).not.toHaveProperty('to');
  });
});

it('node classes say what their selectors did not find', () => {
  const row = decoderOf('ec2nodeclasses').json({
    metadata: metadata('gpu'),
    spec: { amiSelectorTerms: [{ alias: 'al2023@latest' }], role: 'node' },
    status: {
      securityGroups: [{ id: 'sg-1', name: 'nodes' }],
      conditions: [
        condition('SubnetsReady', 'False', 'SubnetsNotFound', 'did not match any Subnets'),
        condition('Ready', 'False'),
      ],
    },
  });
  expect(row).toMatchObject({
    image: 'al2023@latest',
    subnets: [],
    securityGroups: ['sg-1 nodes'],
  });
  expect(ec2nodeclasses.health(row, ctx).cause).toBe('SubnetsNotFound: did not match any Subnets');
});

it('what waits for subnets is not told before that there are none', () => {
  const conditions = [
    condition(
      'ValidationSucceeded',
      'Unknown',
      'DependenciesNotReady',
      'Awaiting Subnet resolution',
    ),
    condition('SubnetsReady', 'False', 'SubnetsNotFound', 'did not match any Subnets'),
    condition('Ready', 'False', 'UnhealthyDependents', 'SubnetsReady=False'),
  ];
  for (const [table, { health }] of [
    ['nodeclasses', nodeclasses],
    ['ec2nodeclasses', ec2nodeclasses],
  ] as const) {
    const row = decoderOf(table).json({
      metadata: metadata('p'),
      spec: {},
      status: { conditions },
    });
    expect(health(row as never, ctx).cause).toBe('SubnetsNotFound: did not match any Subnets');
  }
});

it('bytes of node pools are told in units that are read', () => {
  const resources = { memory: '32480690Ki', cpu: '8' };
  const row = decoderOf('nodepools').json({
    metadata: metadata('p'),
    spec: { limits: { memory: '65536Mi' } },
    status: { resources },
  });
  const memory = nodepools.columns.find(({ id }) => id === 'memory');
  expect(memory?.value(row, ctx)).toBe('31Gi/64Gi');
});

it('a cluster without Karpenter is none the worse for it', () => {
  const tables = ['nodepools', 'nodeclaims', 'ec2nodeclasses'] as const;
  expect(tables.map((table) => tableDef(table).failsAlone)).toEqual([true, true, true]);
});

describe('node classes of Auto Mode', () => {
  const row = decoderOf('nodeclasses').json({
    metadata: metadata('default'),
    spec: { role: 'auto-node', ephemeralStorage: { size: '80Gi' } },
    status: {
      subnets: [{ id: 'subnet-1', zone: 'eu-central-1a' }],
      securityGroups: [],
      conditions: [
        condition('SecurityGroupsReady', 'False', 'NotFound', 'none'),
        condition('Ready', 'False'),
      ],
    },
  });

  it('are read, with what keeps them from launching', () => {
    expect(row).toMatchObject({
      ...{ role: 'auto-node', storage: '80Gi', subnets: ['subnet-1 eu-central-1a'] },
      ...{ ready: 'False', trouble: 'NotFound: none' },
    });
  });

  it('are what pools of Auto Mode lead to, and no pools of Karpenter', () => {
    const ref = (kind: string) => ({
      template: { spec: { nodeClassRef: { kind, name: 'default' } } },
    });
    const pools = ['NodeClass', 'EC2NodeClass', ''].map((kind) =>
      decoderOf('nodepools').json({
        metadata: metadata(`of ${kind}`),
        spec: ref(kind),
        status: {},
      }),
    );
    const open = (def: typeof nodeclasses | typeof ec2nodeclasses) => {
      const { enter } = def;
      if (enter?.is !== 'link') throw new Error('no link');
      const target = enter.target(row as never, {} as Query);
      const only = ('only' in target ? target.only : undefined) as
        ((pool: unknown) => boolean) | undefined;
      return pools.filter((pool) => only?.(pool)).map(({ name }) => name);
    };
    expect(open(nodeclasses)).toEqual(['of NodeClass']);
    expect(open(ec2nodeclasses)).toEqual(['of EC2NodeClass', 'of ']);
  });
});
