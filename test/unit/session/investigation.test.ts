import { describe, expect, it } from 'vitest';
import type { Work } from '../../../src/core/work.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import { IDLE } from '../../../src/domain/status.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import {
  finding,
  rowsWhere,
  type Answer,
  type Finding,
  type World,
} from '../../../src/domain/why/finding.ts';
import type { KubeObject } from '../../../src/ports/kube.ts';
import { Investigation } from '../../../src/session/investigation.ts';
import { Store } from '../../../src/store/index.ts';
import { nodeRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const cluster = contextKey('lab');

/** A server that answers when the test wants. */
function bench() {
  const clock = new VirtualClock();
  const store = new Store({ clock, frameMs: () => 0, cluster });
  const needed: string[] = [];
  const asked: { what: string; answer: (value: unknown) => void; fail: (error: Error) => void }[] =
    [];
  const ask = (what: string) =>
    new Promise<never>((answer, fail) =>
      asked.push({ what, answer: answer as (value: unknown) => void, fail }),
    );
  let news = 0;
  const investigation = new Investigation(
    {
      cluster,
      store,
      kube: {
        get: ({ version, resource, namespace, name }) =>
          ask(`${version === 'v1' ? '' : `${version} `}${resource}/${namespace}/${name}`),
        list: ({ namespace }, { fieldSelector = '' }) => ask(`${namespace}: ${fieldSelector}`),
      },
      need: (tables: readonly TableId[]) => {
        needed.push(...tables);
        return () => needed.push(...tables.map((table) => `-${table}`));
      },
    },
    clock,
    () => news++,
  );
  const find = (rule: (world: World) => Answer | Work<Answer>): Finding | null => {
    const found: Answer[] = [];
    investigation.ask(rule, (answer) => found.push(answer));
    return found[0] ?? null;
  };
  return { clock, store, needed, asked, investigation, find, news: () => news };
}

/** What a look at the world comes to, as the sentence of a finding. */
const saying = (look: (world: World) => unknown) => (world: World) =>
  finding('said', JSON.stringify(look(world)));

const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

const live = { ...IDLE, state: 'live', synced: true } as const;

describe('an investigation', () => {
  it('reads what its rule looks for, once, and tells when it has come', async () => {
    const { asked, needed, investigation, find, news } = bench();
    expect([asked, needed]).toEqual([[], []]);
    const rule = saying((world) => world.object('pods', 'shop', 'api'));
    expect(find(rule)?.sentence).toContain('not read yet');
    find(rule);
    expect(asked.map(({ what }) => what)).toEqual(['pods/shop/api']);
    expect(investigation.isReading).toBe(true);
    asked[0]?.answer({ kind: 'Pod', metadata: { name: 'api' } } satisfies KubeObject);
    await settle();
    expect(news()).toBe(1);
    expect(investigation.isReading).toBe(false);
    expect(find(rule)?.sentence).toContain('"state":"known"');
  });

  it('reads objects and events anew after a while, and keeps what it had until then', async () => {
    const { clock, asked, find } = bench();
    const rule = saying((world) => world.events('Node', '', 'n1'));
    find(rule);
    expect(asked[0]?.what).toBe('default: involvedObject.kind=Node,involvedObject.name=n1');
    const message = 'Kubelet stopped';
    asked[0]?.answer([{ reason: 'NodeNotReady', message, source: { component: 'kubelet' } }]);
    await settle();
    clock.advance(14_000);
    find(rule);
    expect(asked).toHaveLength(1);
    clock.advance(2_000);
    expect(find(rule)?.sentence).toContain(message);
    expect(asked).toHaveLength(2);
  });

  it('asks a server for what it has of a kind in an older version', async () => {
    const { asked, find } = bench();
    const kind = {
      ...{ group: 'resource.k8s.io', resource: 'claims', kind: 'Claim', namespaced: true },
      ...{ version: 'v1', older: ['v1beta2', 'v1beta1'] },
    };
    const rule = saying((world) => ['a', 'b', 'c'].map((name) => world.other(kind, 'shop', name)));
    find(rule);
    const missing = Object.assign(new Error('not found'), { code: 404 });
    const fail = async (error: Error, ...which: number[]): Promise<void> => {
      for (const i of which) asked[i]?.fail(error);
      await settle();
    };
    await fail(missing, 0, 1, 2);
    await fail(missing, 3);
    await fail(Object.assign(new Error('forbidden'), { code: 403 }), 4);
    asked[5]?.answer({ spec: {} });
    await settle();
    await fail(missing, 6);
    expect(asked.map(({ what }) => what)).toEqual([
      ...['claims/shop/a', 'claims/shop/b', 'claims/shop/c'],
      ...['v1beta2 claims/shop/a', 'v1beta2 claims/shop/b', 'v1beta2 claims/shop/c'],
      'v1beta1 claims/shop/a',
    ]);
    expect(JSON.parse(find(rule)?.sentence ?? '')).toEqual([
      { state: 'absent' },
      { state: 'unread', why: 'forbidden' },
      { state: 'known', value: { spec: {} } },
    ]);
  });

  it('tells what is not there from what may not be read', async () => {
    const { asked, find } = bench();
    const rule = saying((world) => [
      world.object('pods', 'shop', 'gone'),
      world.object('pods', 'shop', 'secret'),
    ]);
    find(rule);
    asked[0]?.fail(Object.assign(new Error('not found'), { code: 404 }));
    asked[1]?.fail(Object.assign(new Error('pods are forbidden to dev'), { code: 403 }));
    await settle();
    expect(JSON.parse(find(rule)?.sentence ?? '')).toEqual([
      { state: 'absent' },
      { state: 'unread', why: 'pods are forbidden to dev' },
    ]);
  });

  it('follows a table that is looked into until it is stopped', () => {
    const { store, needed, investigation, find } = bench();
    function* rule(world: World): Work<Answer> {
      const nodes = yield* rowsWhere(world, 'nodes', () => true);
      return saying(() => [world.unread('nodes', ''), nodes.length])(world);
    }
    expect(find(rule)?.sentence).toBe('["not read yet",0]');
    find(rule);
    expect(needed).toEqual(['nodes']);
    const sink = store.sink('nodes');
    sink.put([nodeRow({ name: 'n1' })]);
    sink.synced();
    sink.status(live);
    expect(find(rule)?.sentence).toBe('["",1]');
    investigation.stop();
    expect(needed).toEqual(['nodes', '-nodes']);
  });

  it('says what rows a right or a choice leaves out', () => {
    const { store, find } = bench();
    const rule = saying((world) => [world.unread('pods', ''), world.unread('pods', 'shop')]);
    find(rule);
    const sink = store.sink('pods');
    sink.status({ ...IDLE, state: 'denied', reason: 'pods are forbidden to dev' });
    expect(find(rule)?.sentence).toBe('["pods are forbidden to dev","pods are forbidden to dev"]');
    sink.synced();
    sink.status({ ...live, namespaces: ['shop'] });
    expect(find(rule)?.sentence).toBe('["read in shop alone",""]');
  });
});
