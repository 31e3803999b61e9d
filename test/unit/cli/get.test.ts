import { describe, expect, it } from 'vitest';
import { get, getRequest, type GetResult } from '../../../src/cli/get.ts';
import type { TableId } from '../../../src/domain/tables.ts';
import type { SourceStatus } from '../../../src/domain/status.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { Store } from '../../../src/store/index.ts';
import { nodeRow, podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const LIVE: SourceStatus = { ...IDLE, state: 'live', synced: true };

/** `ekscope get …` of two pods and a node; what is not given is live. */
async function run(
  words: string,
  flags: { readonly namespace?: string },
  statuses: Partial<Record<TableId, Partial<SourceStatus>>> = {},
): Promise<GetResult> {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  const need = (tables: readonly TableId[]) => {
    store.sink('pods').put([podRow({ name: 'api', namespace: 'shop' }), podRow({ name: 'dns' })]);
    store.sink('nodes').put([nodeRow({ name: 'one' })]);
    for (const table of tables) {
      store.sink(table).synced();
      store.sink(table).status({ ...LIVE, ...statuses[table] });
    }
    return () => undefined;
  };
  const request = getRequest(words.split(' '), { output: 'name', ...flags });
  return get(request, { store, need }, clock, 1000);
}

describe('what get could not know', () => {
  it('is nothing where the namespace that was asked for is here', async () => {
    const part = { namespaces: ['shop'] };
    expect(await run('pods', { namespace: 'shop' }, { pods: part, podusage: part })).toEqual({
      out: 'pod/api\n',
      problems: [],
      code: 0,
    });
  });

  it('is the other namespaces, where all were asked for or are summed up', async () => {
    const part = { namespaces: ['shop'] };
    expect((await run('pods', {}, { pods: part })).problems).toEqual([
      'pods: only of namespaces shop',
    ]);
    expect((await run('nodes', { namespace: 'shop' }, { pods: part })).problems).toEqual([
      'pods: only of namespaces shop',
    ]);
  });

  it('is what a live source leaves out', async () => {
    const lacks = { reason: '2 nodes could not be read', hint: '' };
    expect((await run('pods', {}, { nodes: lacks })).problems).toEqual([
      'nodes: 2 nodes could not be read',
    ]);
  });

  it('is why it was refused, with what to do', async () => {
    const refused = {
      state: 'denied',
      reason: 'pods is forbidden',
      hint: 'ask for a role',
      namespaces: ['shop'],
    } as const;
    expect((await run('pods', { namespace: 'shop' }, { pods: refused })).problems).toEqual([
      'pods: pods is forbidden (ask for a role)',
    ]);
  });
});
