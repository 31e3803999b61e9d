import { expect, it } from 'vitest';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { coveredBy } from '../../src/domain/tables/pdbs.ts';
import { pdbs as pane } from '../../src/resources/pdbs.ts';
import { Store } from '../../src/store/index.ts';
import { rowOf } from '../support/rows.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { objectsOf, tableOf } from './fixtures.ts';

it('are printed as a real API server does', () => {
  const rows = objectsOf('pdbs').map((object) => decoderOf('pdbs').json(object));
  expect(tableOf('pdbs')).toMatchObject(
    rows.map((row) => ({
      Name: row.name,
      'Min Available': row.minAvailable || 'N/A',
      'Max Unavailable': row.maxUnavailable || 'N/A',
      'Allowed Disruptions': row.allowed,
    })),
  );
});

const ctx = { now: 0, time: 'age' } as const;
const usual = rowOf('pdbs', {
  ...{ name: 'api', selector: 'app=api', hasSelector: true, maxUnavailable: '1' },
  ...{ expected: 3, healthy: 3, desired: 2, allowed: 1, counted: true },
});

it('that the controller cannot count say why, and are no budgets without pods', () => {
  const row = (reason: string, status = 'False') =>
    decoderOf('pdbs').json({
      metadata: { name: 'pg', namespace: 'shop', generation: 1 },
      status: {
        observedGeneration: 1,
        conditions: [{ type: 'DisruptionAllowed', status, reason, message: 'no scale' }],
      },
    });
  expect(row('SyncFailed').failure).toBe('no scale');
  expect(row('InsufficientPods').failure).toBe('');
  expect(row('SufficientPods', 'True').failure).toBe('');
  const found = pane.health(row('SyncFailed'), ctx);
  expect(found).toEqual({ level: 'warn', cause: 'evictions fail: no scale' });
});

it('are a problem where they are about no pod, can never allow one, or pods are missing', () => {
  const of = (given: Partial<typeof usual>) => pane.health({ ...usual, ...given }, ctx);
  expect(of({})).toEqual({ level: 'ok', cause: '' });
  // Another pod is already away: that is what it is for.
  expect(of({ allowed: 0, healthy: 2 }).level).toBe('ok');
  expect(of({ expected: 0, healthy: 0, desired: 0 }).cause).toBe('selects no pod');
  for (const never of [{ maxUnavailable: '0' }, { maxUnavailable: '0%' }, { desired: 3 }]) {
    expect(of({ ...never, allowed: 0 })).toMatchObject({
      level: 'warn',
      cause: 'can never allow one: blocks every drain',
    });
  }
  expect(of({ healthy: 1, allowed: 0 }).cause).toBe('1 pod too few is healthy');
  expect(of({ healthy: 0, allowed: 0 }).cause).toBe('2 pods too few are healthy');
});

it('are a problem where another is about their pods too, for then none can be evicted', () => {
  const told = (...budgets: readonly (typeof usual)[]) => {
    const store = new Store({ clock: new VirtualClock() });
    const sink = store.sink('pdbs');
    sink.put(budgets);
    sink.synced();
    return [...store.rows('pdbs')].map((row) => pane.health(row, ctx).cause);
  };
  const of = (name: string, selector: string, given: Partial<typeof usual> = {}) =>
    rowOf('pdbs', { ...usual, uid: name, name, selector, ...given });
  const fails = (other: string) => `evictions fail: ${other} is about its pods too`;
  expect(told(of('a', 'app=api'), of('b', 'app=api'))).toEqual([fails('b'), fails('a')]);
  // One that asks for more is about some of the pods of one that asks for less.
  expect(told(of('a', 'app=api'), of('b', 'app=api,tier in (x,y)'), of('c', 'app=web'))).toEqual([
    fails('b'),
    fails('a'),
    '',
  ]);
  expect(told(of('a', ''), of('b', 'app=api'))).toEqual([fails('b'), fails('a')]);
  // Labels that may stand on one pod, or not: describe looks at the pods there are.
  expect(told(of('a', 'app=api'), of('b', 'tier=x'))).toEqual(['', '']);
  expect(told(of('a', 'app=api'), of('b', 'app=api', { namespace: 'other' }))).toEqual(['', '']);
  const none = { expected: 0, healthy: 0, desired: 0 };
  expect(told(of('a', 'app=api', none), of('b', 'app=api', none))).toEqual([
    'selects no pod',
    'selects no pod',
  ]);
});

it('are about the pods of their namespace that they select, with no selector about none', () => {
  const pod = { namespace: 'default', labels: { app: 'api' } };
  expect(coveredBy(usual)(pod)).toBe(true);
  expect(coveredBy(usual)({ ...pod, namespace: 'other' })).toBe(false);
  expect(coveredBy({ ...usual, selector: '' })(pod)).toBe(true);
  expect(coveredBy({ ...usual, selector: '', hasSelector: false })(pod)).toBe(false);
});
