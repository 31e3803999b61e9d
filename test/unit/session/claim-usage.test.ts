/** How full the volumes of claims are: which kubelets are asked, how often, and what is said where one may not. */
import { beforeEach, expect, it } from 'vitest';
import { persistentvolumeclaims } from '../../../src/resources/persistentvolumeclaims.ts';
import type { ClaimFill } from '../../../src/ports/kube.ts';
import { followClaimUsage } from '../../../src/session/claim-usage.ts';
import { Store } from '../../../src/store/index.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { podRow, rowOf } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const GIB = 2 ** 30;
const NODES = ['n1', 'n2'];

let clock: VirtualClock;
let store: Store;
let looked: ReadonlySet<string>;
let asked: string[];
let answer: (node: string) => Promise<readonly ClaimFill[]>;
let stop: () => void;

const fill = (name: string, used = 19): ClaimFill => ({
  ...{ namespace: 'default', name, used: used * GIB, capacity: 20 * GIB },
  ...{ inodesUsed: 1, inodes: 100, at: 1 },
});
const claimOf = (node: string): string => `data-${node}`;

/** Lets time go by, and what was asked be answered. */
async function pass(ms: number): Promise<void> {
  const until = clock.now() + ms;
  do {
    clock.advance(Math.min(1_000, until - clock.now()));
    for (let i = 0; i < 20; i++) await Promise.resolve();
  } while (clock.now() < until);
}

beforeEach(async () => {
  clock = new VirtualClock();
  store = new Store({ clock });
  looked = new Set();
  asked = [];
  answer = (node) => Promise.resolve([fill(claimOf(node))]);
  const put = (table: 'pods' | 'persistentvolumeclaims', rows: readonly object[]) => {
    const sink = store.sink(table);
    sink.relist();
    sink.put(rows as never);
    sink.synced();
    sink.status({ ...IDLE, state: 'live', synced: true });
  };
  put(
    'pods',
    NODES.map((node) =>
      podRow({ name: `db-${node}`, node, uses: [`persistentvolumeclaims/${claimOf(node)}`] }),
    ),
  );
  put(
    'persistentvolumeclaims',
    NODES.map((node) => {
      const name = claimOf(node);
      return rowOf('persistentvolumeclaims', { name, uid: name, phase: 'Bound', volume: 'pv' });
    }),
  );
  clock.advance(200);
  stop = followClaimUsage({
    ...{ clock, store, need: () => () => undefined, looked: () => looked },
    kube: {
      volumeStats: ({ name }) => {
        asked.push(name);
        return answer(name);
      },
    },
  });
  await pass(0);
});

const row = (node: string) => store.named('persistentvolumeclaims', 'default', claimOf(node));

it('asks the kubelets of nodes with claims, each once a minute', async () => {
  expect(asked).toEqual(NODES);
  expect(store.status('claimusage')).toMatchObject({ state: 'live', synced: true });
  await pass(30_000);
  expect(asked).toHaveLength(2);
  await pass(31_000);
  expect(asked).toHaveLength(4);
  stop();
  await pass(120_000);
  expect(asked).toHaveLength(4);
});

it('asks those of the rows on the screen alone, and what comes to it at once', async () => {
  looked = new Set([claimOf('n2')]);
  await pass(61_000);
  expect(asked.slice(2)).toEqual(['n2']);
  looked = new Set([claimOf('n1')]);
  await pass(3_100);
  expect(asked.slice(3)).toEqual(['n1']);
});

it('is written into the claim, which is nearly full', () => {
  const claim = row('n1');
  if (claim === undefined) throw new Error('no claim');
  expect(claim.fill).toMatchObject({ used: 19 * GIB, capacity: 20 * GIB });
  const health = persistentvolumeclaims.health(claim, { now: 1, time: 'age' });
  expect(health).toEqual({ level: 'warn', cause: 'nearly full: 95%, 19Gi of 20Gi' });
});

it('tells what is missing where it may not, asks no other node, and tries again', async () => {
  answer = () => Promise.reject(Object.assign(new Error('may not get nodes/proxy'), { code: 403 }));
  await pass(61_000);
  expect(asked.length).toBeLessThanOrEqual(4);
  expect(store.status('claimusage')).toMatchObject({
    ...{ state: 'denied', reason: 'may not get nodes/proxy' },
    hint: 'a role with get on nodes/proxy shows how full volumes are',
  });
  answer = (node) => Promise.resolve([fill(claimOf(node))]);
  await pass(120_100);
  expect(store.status('claimusage').state).toBe('live');
});

it('tells the others where one does not answer, and forgets what is too old', async () => {
  answer = (node) =>
    node === 'n1' ? Promise.reject(new Error('no route')) : Promise.resolve([fill(claimOf(node))]);
  await pass(61_000);
  expect(store.status('claimusage')).toMatchObject({ state: 'live', reason: 'n1: no route' });
  expect(row('n1')?.fill).not.toBeNull();
  for (let i = 0; i < 16; i++) await pass(61_000);
  await expect.poll(() => row('n1')?.fill).toBeNull();
  expect(row('n2')?.fill).not.toBeNull();
});

it('forgets a claim that is mounted there no more', async () => {
  answer = () => Promise.resolve([]);
  await pass(61_000);
  expect(row('n1')?.fill).toBeNull();
});
