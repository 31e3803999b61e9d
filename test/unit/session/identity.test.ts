/** Whatever the fleet holds: a cluster is reached at its own server, or not at all. */
import { NO_CHOICE } from '../../support/scopes.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arnKey, contextKey, listedKey, type ClusterKey } from '../../../src/domain/cluster-key.ts';
import { blankCluster } from '../../../src/domain/tables/clusters.ts';
import { refOf } from '../../../src/domain/ref.ts';
import type { ClusterRow, PodRow } from '../../../src/domain/rows.ts';
import type { AwsTableId } from '../../../src/domain/tables/index.ts';
import type { AwsPort, AwsScope } from '../../../src/ports/aws.ts';
import type { KubePort } from '../../../src/ports/kube.ts';
import type { Sink } from '../../../src/ports/sink.ts';
import { sameServer } from '../../../src/session/fleet.ts';
import {
  Session,
  UnreachableError,
  type ContextInfo,
  type KubeTarget,
} from '../../../src/session/index.ts';
import { podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** A session over these contexts and clusters, and where it connected to. */
function fleetOf(contexts: readonly ContextInfo[], clusters: readonly ClusterRow[]) {
  const targets: KubeTarget[] = [];
  const patched: string[] = [];
  const kube = {
    watch: (_table: string, _scope: unknown, sink: Sink<PodRow>) => {
      sink.put([podRow({ name: 'api', cluster: 'someone else' as ClusterKey })]);
      return () => {};
    },
    info: () => new Promise(() => {}),
    patch: (ref: { readonly name: string }) => {
      patched.push(ref.name);
      return Promise.resolve({ metadata: { name: ref.name } });
    },
    close: () => {},
  } as unknown as KubePort;
  const session = new Session({
    clock: new VirtualClock(),
    contexts,
    kube: (target) => {
      targets.push(target);
      return kube;
    },
    aws: {
      follow: (table: AwsTableId, _target: unknown, sink: Sink<ClusterRow>) => {
        if (table === 'clusters') sink.put(clusters);
        return () => {};
      },
      door: (scope: AwsScope) => ({ scope, call: () => Promise.reject(new Error('not asked')) }),
      endpoint: '',
      close: () => {},
    } as unknown as AwsPort,
    awsProblem: { reason: '', hint: '' },
    scopes: [{ profile: '', region: 'eu-central-1' }],
    choosing: NO_CHOICE,
    actions: () => undefined,
    favorites: [],
    policy: { isReadonly: () => false, isProtected: () => false },
    workspaces: () => null,
    frameMs: () => 100,
    goneMs: 0,
  });
  session.needClusters();
  return { session, targets, patched };
}

const context = (name: string, server: string, current = false): ContextInfo => ({
  name,
  server,
  namespace: '',
  current,
  eks: null,
  problem: '',
});

const cluster = (account: string, name: string, more: Partial<ClusterRow> = {}): ClusterRow => ({
  ...blankCluster(arnKey(`arn:aws:eks:eu-central-1:${account}:cluster/${name}`), name),
  account,
  region: 'eu-central-1',
  status: 'ACTIVE',
  ...more,
});

const production = context('production', 'https://production', true);

describe('a cluster that cannot be reached is refused, whatever the current context is', () => {
  it.each([
    [
      'is being made',
      cluster('1', 'new', { status: 'CREATING' }),
      'new is CREATING: it has no endpoint yet',
    ],
    [
      'was connected by the EKS Connector',
      cluster('1', 'far'),
      'EKS (ACTIVE) tells of no endpoint',
    ],
    [
      'may not be described',
      {
        ...blankCluster(listedKey('eu-central-1', 'bank'), 'bank'),
        error: 'needs eks:DescribeCluster',
      },
      'bank cannot be connected to: needs eks:DescribeCluster',
    ],
  ])('one that %s', (_what, row, message) => {
    const { session, targets } = fleetOf([production], [row]);
    expect(() => session.open(row.id)).toThrow(UnreachableError);
    expect(() => session.open(row.id)).toThrow(message);
    expect([targets, session.current]).toEqual([[], null]);
  });

  it('one that nobody knows', () => {
    const { session, targets } = fleetOf([production], []);
    expect(() => session.open(contextKey(''))).toThrow('no cluster');
    expect(targets).toEqual([]);
  });
});

describe('any fleet', () => {
  const server = fc.constantFrom(
    '',
    'https://one',
    'https://two',
    'https://three/k8s/A',
    'https://three/k8s/a',
  );
  const contexts = fc.uniqueArray(
    fc
      .record({
        name: fc.constantFrom('prod', 'dev', 'arn:aws:eks:eu-central-1:1:cluster/prod'),
        server,
        current: fc.boolean(),
      })
      .map(({ name, server: address, current }) => context(name, address, current)),
    { selector: ({ name }) => name },
  );
  const clusters = fc.uniqueArray(
    fc
      .record({
        account: fc.constantFrom('1', '2'),
        name: fc.constantFrom('prod', 'dev'),
        endpoint: server,
        status: fc.constantFrom('', 'ACTIVE', 'CREATING'),
        error: fc.constantFrom('', 'denied'),
      })
      .map(({ account, name, ...more }) => cluster(account, name, more)),
    { selector: ({ id }) => id },
  );

  it('leads from each row to its own server or nowhere', () => {
    fc.assert(
      fc.property(contexts, clusters, (given, described) => {
        const { session, targets } = fleetOf(given, described);
        for (const row of session.fleet.rows('clusters')) {
          const before = targets.length;
          try {
            session.open(row.id);
          } catch (error) {
            expect(error).toBeInstanceOf(UnreachableError);
            expect(targets.length).toBe(before);
            continue;
          }
          const target = targets.at(-1);
          if (target === undefined) throw new Error('nothing was opened');
          const reached =
            'context' in target
              ? given.find(({ name }) => name === target.context)?.server
              : target.server;
          if (row.source === 'context') expect(target).toEqual({ context: row.context });
          else expect(sameServer(reached ?? '', row.endpoint)).toBe(true);
          expect(session.current?.cluster).toBe(row.id);
        }
      }),
    );
  });
});

describe('what is read of a cluster', () => {
  it('bears its key, whatever a source says, and is not taken by another cluster', async () => {
    const { session, patched } = fleetOf([production, context('staging', 'https://staging')], []);
    const here = session.open(contextKey('production'));
    const there = session.open(contextKey('staging'));
    here.need(['pods']);
    const [pod] = here.store.rows('pods');
    if (pod === undefined) throw new Error('no pod');
    expect(pod.cluster).toBe('context:production');
    const patch = { type: 'merge', body: {} } as const;
    await expect(there.kube.patch(refOf('pods', pod), patch)).rejects.toThrow(
      'refused: this belongs to context:production, not to context:staging',
    );
    expect(patched).toEqual([]);
    await here.kube.patch(refOf('pods', pod), patch);
    expect(patched).toEqual(['api']);
  });

  it('is one connection, also when a context turns out to be an EKS cluster', () => {
    const eks = cluster('1', 'shop', { endpoint: 'https://production' });
    const { session } = fleetOf([production], [eks]);
    const byKey = session.open(eks.id);
    expect(session.open(contextKey('production'))).toBe(byKey);
    expect(byKey.context).toBe('production');
  });

  it('is asked of AWS only where one cluster alone has the address', () => {
    const tunnel = 'https://localhost:6443';
    const one = cluster('1', 'prod', { endpoint: tunnel });
    const two = cluster('2', 'prod', { endpoint: tunnel });
    const certain = fleetOf([context('tunnel', tunnel)], [one]).session.open(contextKey('tunnel'));
    expect(certain.eks?.arn).toBe(one.id);
    const open = fleetOf([context('tunnel', tunnel)], [one, two]).session;
    expect(open.open(contextKey('tunnel')).eks).toBeNull();
  });
});
