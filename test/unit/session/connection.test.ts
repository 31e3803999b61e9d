import { setImmediate as turn } from 'node:timers/promises';
import { NO_CHOICE } from '../../support/scopes.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import { IDLE, type SourceStatus } from '../../../src/domain/status.ts';
import type { KubeTableId } from '../../../src/domain/tables/index.ts';
import type { KubePort } from '../../../src/ports/kube.ts';
import type { Sink } from '../../../src/ports/sink.ts';
import { Session, type Connection, type SessionParts } from '../../../src/session/index.ts';
import { podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

interface Watch {
  readonly table: KubeTableId;
  readonly namespace: string;
  readonly sink: Sink<never>;
  stopped: boolean;
}

const LIVE: SourceStatus = { ...IDLE, state: 'live', synced: true };
const DENIED: SourceStatus = { ...IDLE, state: 'denied', reason: 'pods is forbidden' };
const MINUTE = 60_000;

let clock: VirtualClock;
let watches: Watch[];
let answer: () => Promise<Awaited<ReturnType<KubePort['info']>>>;
let session: Session;

beforeEach(() => {
  clock = new VirtualClock();
  watches = [];
  answer = () =>
    Promise.resolve({ version: 'v1.36.0', server: '', user: 'me', realUser: '', roundTrip: 3 });
  const kube = {
    watch: (table: KubeTableId, { namespace }: { namespace: string }, sink: Sink<never>) => {
      const watch: Watch = { table, namespace, sink, stopped: false };
      watches.push(watch);
      return () => {
        watch.stopped = true;
      };
    },
    info: () => answer(),
    retryNow: () => {},
    close: () => {},
  } as unknown as KubePort;
  const parts: SessionParts<unknown> = {
    clock,
    contexts: [
      {
        name: 'prod',
        server: 'https://prod',
        namespace: 'shop',
        current: true,
        eks: null,
        problem: '',
      },
    ],
    kube: () => kube,
    aws: null,
    awsProblem: { reason: 'no AWS region', hint: '' },
    scopes: [],
    choosing: NO_CHOICE,
    actions: () => undefined,
    favorites: [],
    policy: { isReadonly: () => false, isProtected: () => false },
    workspaces: () => null,
    frameMs: () => 100,
    goneMs: 15 * MINUTE,
  };
  session = new Session(parts);
});

const open = (namespace?: string): Connection => session.open(contextKey('prod'), namespace);
const running = (): string[] =>
  watches.filter(({ stopped }) => !stopped).map(({ table, namespace }) => `${table}@${namespace}`);

describe('a connection', () => {
  it('follows a table once, whoever needs it, and a minute longer than the last', () => {
    const connection = open();
    const one = connection.need(['pods']);
    const other = connection.need(['pods', 'nodes']);
    expect(running()).toEqual(['pods@', 'nodes@']);
    one();
    other();
    clock.advance(MINUTE - 1);
    expect(running()).toEqual(['pods@', 'nodes@']);
    clock.advance(1);
    expect(running()).toEqual([]);
  });

  it('narrows what is shown where all is watched, and starts anew where it is not', () => {
    const connection = open();
    connection.need(['pods', 'nodes']);
    connection.setNamespace('shop');
    expect(running()).toEqual(['pods@', 'nodes@']);
    const other = open('shop');
    expect(other).toBe(connection);
  });

  it('watches only the namespace it was started with, and widens on demand', () => {
    const connection = open('shop');
    connection.need(['pods', 'nodes']);
    expect(running()).toEqual(['pods@shop', 'nodes@']);
    connection.setNamespace('');
    expect(running()).toEqual(['nodes@', 'pods@']);
  });

  it('watches everywhere what tells of the cluster as a whole, where that is allowed', async () => {
    const connection = open('shop');
    connection.need(['pods', 'daemonsets']);
    expect(running()).toEqual(['pods@shop', 'daemonsets@']);
    connection.setNamespace('payments');
    expect(running()).toEqual(['daemonsets@', 'pods@payments']);
    watches[1]?.sink.status(DENIED);
    await turn();
    expect(running()).toEqual(['pods@payments', 'daemonsets@payments']);
  });

  it('asks for the chosen namespace alone where the whole cluster is refused', async () => {
    const connection = open();
    connection.need(['pods', 'nodes']);
    watches[0]?.sink.status(DENIED);
    connection.setNamespace('payments');
    expect(running()).toEqual(['nodes@', 'pods@payments']);
    connection.need(['deployments']);
    expect(running()).toContain('deployments@');
    watches.at(-1)?.sink.status(DENIED);
    await turn();
    expect(running()).toEqual(['nodes@', 'pods@payments', 'deployments@payments']);
    watches.at(-1)?.sink.status(DENIED);
    await turn();
    expect(running()).toContain('deployments@payments');
    connection.setNamespace('');
    expect(running()).toEqual(['nodes@', 'pods@', 'deployments@']);
  });

  it('starts nothing anew for a namespace where rows that were had before are refused later', () => {
    const connection = open();
    connection.need(['pods']);
    watches[0]?.sink.status({ ...DENIED, synced: true });
    connection.setNamespace('payments');
    expect(running()).toEqual(['pods@']);
  });

  it('says that rows of one namespace are not all there are', () => {
    const connection = open('shop');
    connection.need(['pods']);
    watches[0]?.sink.status(LIVE);
    expect(connection.store.status('pods').namespaces).toEqual(['shop']);
  });

  it('is live while the server answers, whatever is still loading', async () => {
    const connection = open();
    await turn();
    connection.need(['pods']);
    watches[0]?.sink.status({ ...IDLE, state: 'loading' });
    expect(connection.health.state).toBe('live');
  });

  it('tells what the server refused, since when, and asks again', async () => {
    const connection = open();
    await turn();
    answer = () => Promise.reject(Object.assign(new Error('connection refused'), { code: 0 }));
    clock.advance(20_000);
    await turn();
    const since = clock.now();
    const lost = { state: 'stale', reason: 'connection refused', since };
    expect(connection.health).toMatchObject(lost);
    clock.advance(20_000);
    await turn();
    expect(connection.health).toMatchObject(lost);
  });

  it('is live while its sources follow the server, whatever the server answers besides', async () => {
    const connection = open();
    await turn();
    connection.need(['pods']);
    answer = () => Promise.reject(Object.assign(new Error('busy'), { code: 503 }));
    clock.advance(20_000);
    await turn();
    expect(connection.health).toMatchObject({ state: 'stale', reason: 'busy' });
    watches[0]?.sink.status(LIVE);
    expect(connection.health.state).toBe('live');
    const lost = { ...LIVE, state: 'stale', reason: 'lost', since: clock.now() + 1 } as const;
    watches[0]?.sink.status(lost);
    expect(connection.health).toMatchObject({ state: 'stale', reason: 'busy' });
  });

  it('is not stale for one table that never came', () => {
    const connection = open();
    connection.need(['pods', 'serviceaccounts']);
    watches[0]?.sink.status(LIVE);
    watches[1]?.sink.status({ ...IDLE, state: 'stale', reason: 'no answer' });
    expect(connection.health.state).toBe('live');
    watches[1]?.sink.status({ ...IDLE, state: 'stale', reason: 'no answer', synced: true });
    expect(connection.health.state).toBe('stale');
  });

  it('counts into the clusters what it sees', () => {
    const connection = open();
    connection.need(['pods']);
    watches[0]?.sink.relist();
    watches[0]?.sink.put([podRow({ uid: 'a', name: 'a', namespace: 'shop' })] as never[]);
    watches[0]?.sink.synced();
    watches[0]?.sink.status(LIVE);
    clock.advance(200);
    expect(session.fleet.get('clusters', 'context:prod')?.pods).toBe(1);
  });

  it('tells the clusters the version that its server has', async () => {
    open();
    await turn();
    clock.advance(200);
    expect(session.fleet.get('clusters', 'context:prod')?.version).toBe('1.36');
  });
});
