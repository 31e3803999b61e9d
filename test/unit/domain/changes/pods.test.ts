import { expect, it } from 'vitest';
import { ChangeLog } from '../../../../src/domain/changes/log.ts';
import { POD_CHANGES } from '../../../../src/domain/changes/pods.ts';
import { podRow } from '../../../support/rows.ts';
import { SIGHT } from './sight.ts';

it('counts pods that nobody made in a workload by what they are: pods', () => {
  const log = new ChangeLog();
  for (let i = 0; i < 7; i++) {
    const pod = { uid: `u${i}`, name: `bare-${i}`, namespace: 'shop', node: 'n1' };
    const before = podRow({ ...pod, workloadKind: '', workload: '' });
    const cause = 'DeletionByTaintManager: Taint manager: deleting due to NoExecute taint';
    for (const { seen } of POD_CHANGES) {
      for (const change of seen(before, { ...before, cause }, SIGHT)) log.add(change, true);
    }
  }
  const { put } = log.take();
  expect(put).toMatchObject([{ change: 'evicted', count: 7, kind: 'Pod', why: '7 of them' }]);
});

it('knows no keeper by a name that every object has', () => {
  const pod = podRow({ name: 'x', namespace: 'shop', ownerKind: 'constructor', ownerName: 'x' });
  const named = (table: unknown) => {
    throw new Error(`asked for ${String(table)}`);
  };
  const told = POD_CHANGES.flatMap(({ seen }) => [
    ...seen(pod, null, { ...SIGHT, query: { ...SIGHT.query, named } }),
  ]);
  expect(told).toEqual([]);
});
