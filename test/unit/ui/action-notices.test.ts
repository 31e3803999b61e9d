import { expect, it } from 'vitest';
import type { Operation, Operations } from '../../../src/actions/engine/view.ts';
import { contextKey, NO_CLUSTER, type ClusterKey } from '../../../src/domain/cluster-key.ts';
import { followOperations } from '../../../src/ui/action-notices.ts';

/** A list of operations that a test changes. */
function listed(...looked: readonly ClusterKey[]) {
  let all: readonly Operation[] = [];
  let tell = (): void => undefined;
  const flashes: string[] = [];
  const operations = {
    get all() {
      return all;
    },
    subscribe: (listener: () => void) => {
      tell = listener;
      return () => undefined;
    },
  } as Partial<Operations> as Operations;
  const scope = looked.map((cluster) => ({ cluster }));
  followOperations(operations, { scope, tell: (text) => flashes.push(text) });
  return {
    flashes,
    become: (...next: readonly Operation[]) => {
      all = next;
      tell();
    },
  };
}

const operation = (id: number, change: Partial<Operation>): Operation => ({
  ...{ id, title: '', cluster: NO_CLUSTER, where: '', startedAt: 0, at: 0, state: 'working' },
  ...{ text: `op ${id}`, steps: [], lines: [], undo: false, stoppable: false, together: null },
  ...change,
});

it('says once what an operation says', () => {
  const { flashes, become } = listed(NO_CLUSTER);
  become(operation(1, {}));
  become(operation(1, {}));
  become(operation(1, { state: 'done', undo: true }));
  expect(flashes).toEqual(['… op 1', '✓ op 1 · U undo']);
});

it('says of another cluster than is looked at which it is, and offers nothing there', () => {
  const { flashes, become } = listed(contextKey('eu'));
  become(operation(1, { state: 'done', undo: true, where: 'shop · us-east-1' }));
  expect(flashes).toEqual(['✓ op 1 · on shop · us-east-1']);
});

it('offers to take back the newest also where it was done before that could be', () => {
  const { flashes, become } = listed(NO_CLUSTER);
  become(operation(1, { state: 'done' }));
  become(operation(1, { state: 'done', undo: true }));
  become(operation(1, { state: 'done', undo: true }));
  expect(flashes).toEqual(['✓ op 1', '✓ op 1 · U undo']);
});

it('says of each cluster what was done there at once, the worst first', () => {
  const { flashes, become } = listed(NO_CLUSTER);
  const group = Symbol('scale');
  const at = (id: number, name: string, change: Partial<Operation>) =>
    operation(id, { together: { group, name }, ...change });
  become(at(1, 'eu', { state: 'failed' }), at(2, 'us', { state: 'done', undo: true }));
  expect(flashes.at(-1)).toBe('✗ eu: op 1 · ✓ us: op 2 · U undo');
});

it('says nothing of an earlier one that is the last again', () => {
  const { flashes, become } = listed(NO_CLUSTER);
  const first = operation(1, { state: 'done', undo: true });
  become(first);
  become({ ...first, undo: false }, operation(2, { state: 'done', undo: true }));
  become(first, operation(2, { state: 'undone' }), operation(3, { state: 'done' }));
  expect(flashes).toEqual(['✓ op 1 · U undo', '✓ op 2 · U undo', '✓ op 3']);
});
