import { expect, it } from 'vitest';
import { NO_CHOICE } from '../../support/scopes.ts';
import { arnKey, contextKey } from '../../../src/domain/cluster-key.ts';
import type { ClusterRow } from '../../../src/domain/rows.ts';
import { IDLE } from '../../../src/domain/status.ts';
import type { AwsPort, AwsScope } from '../../../src/ports/aws.ts';
import type { Sink } from '../../../src/ports/sink.ts';
import { Session, type ConnectionCore, type ContextInfo } from '../../../src/session/index.ts';
import { clusterRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ARN = 'arn:aws:eks:eu-central-1:123456789012:cluster/prod';
const context = (given: Partial<ContextInfo>): ContextInfo => ({
  ...{ name: 'c', server: '', namespace: '', current: false, eks: null, problem: '' },
  ...given,
});

function setUp(row: ClusterRow, contexts: readonly ContextInfo[] = []) {
  let sink: Sink<ClusterRow> | null = null;
  const scopes: AwsScope[] = [];
  const calls: string[] = [];
  const aws = {
    follow: (_table: string, _scopes: readonly AwsScope[], into: Sink<ClusterRow>) => {
      sink = into;
      return () => undefined;
    },
    door: (scope: AwsScope) => {
      scopes.push(scope);
      const call = (action: string) => Promise.resolve(calls.push(action));
      return { scope, call };
    },
    endpoint: '',
  } as unknown as AwsPort;
  const session = new Session<ConnectionCore>({
    ...{ clock: new VirtualClock(), contexts, aws, favorites: [], goneMs: 0 },
    kube: () => {
      throw new Error('nothing is connected to');
    },
    awsProblem: { reason: '', hint: '' },
    scopes: [{ profile: 'p', region: 'eu-central-1' }],
    choosing: NO_CHOICE,
    actions: (core) => core,
    workspaces: () => null,
    policy: {
      isReadonly: (names) => names.includes('prod'),
      isProtected: (names) => names.includes('https://prod'),
    },
    frameMs: () => 100,
  });
  session.needClusters();
  const told = sink as Sink<ClusterRow> | null;
  told?.put([row]);
  told?.status({ ...IDLE, state: 'live', synced: true });
  return { session, scopes, calls };
}

it('a cluster of the fleet is acted on without connecting to it', async () => {
  const row = clusterRow({ name: 'prod', uid: ARN, endpoint: 'https://prod', profile: 'p' });
  const { session, scopes, calls } = setUp(row);
  const core = session.actorOn(arnKey(ARN))?.actions;
  expect(core).toMatchObject({ title: 'prod', readonly: true, isProtected: true });
  expect(core?.eks).toEqual({ name: 'prod', arn: ARN, profile: 'p', region: 'eu-central-1' });
  expect(scopes.at(-1)).toEqual(core?.eks);
  await core?.door?.call('eks:DescribeCluster', { name: 'prod' });
  await expect(core?.door?.call('eks:DescribeCluster', { name: 'other' })).rejects.toThrow(
    'refused',
  );
  expect(calls).toEqual(['eks:DescribeCluster']);
  await expect(core?.kube.info()).rejects.toThrow('prod is not connected to: enter connects');
  expect(session.actorOn(arnKey(ARN))?.actions).toBe(core);
  expect([...session.connections]).toEqual([]);
});

it('a context that AWS told nothing of is no EKS cluster', () => {
  const { session } = setUp(clusterRow({ name: 'x', uid: 'x' }), [context({ name: 'dev' })]);
  expect(session.actorOn(contextKey('dev'))?.actions).toMatchObject({ eks: null, door: null });
  expect(session.actorOn(contextKey('none'))).toBeNull();
});
