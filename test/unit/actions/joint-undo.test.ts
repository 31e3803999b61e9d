/** What was done on several clusters at once, taken back at once. */
import { describe, expect, it } from 'vitest';
import { Joint } from '../../../src/actions/engine/joint/flow.ts';
import { refusedPart } from '../../../src/actions/engine/joint/refused.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import { settle } from './bench.ts';
import { Pair, api, confirm, realPatches, reasons, stages, submit, web } from './pair.ts';

describe('taking it back', () => {
  async function scaled(pair: Pair): Promise<readonly number[]> {
    const flow = await pair.start('scale', 'deployments', api);
    flow.change('replicas', '5');
    await submit(flow);
    await confirm(flow);
    for (const name of ['eu', 'us'] as const)
      pair.target(name, 'deployments', {
        ...api,
        ...{ desired: 5, current: 5, available: 5, generation: api.generation + 1 },
        ...{ observedGeneration: api.generation + 1 },
      });
    await settle();
    return pair.eu.operations.all.map(({ id }) => id);
  }

  async function undo(pair: Pair, ids: readonly number[]): Promise<Joint> {
    const parts = (['eu', 'us'] as const).map((name, i) => {
      const flow = pair.runner(name).undoPart(ids[i] ?? -1);
      if (flow === null) throw new Error('nothing to take back');
      return { cluster: contextKey(name), name, tone: 'text' as const, flow };
    });
    const flow = new Joint('Undo', parts, pair.eu.operations);
    await settle();
    return flow;
  }

  it('is asked on the cluster where it was done: another says which that is', async () => {
    const pair = new Pair();
    expect(pair.runner('us').undo()).toBe('there is nothing to take back');
    const target = pair.target('eu', 'deployments', api);
    const flow = pair.runner('eu').start('scale', [target], { replicas: '5' });
    await settle();
    flow.confirm();
    await settle();
    expect(pair.runner('us').undo()).toBe(
      'there is nothing to take back here: the last action was on prod · account 1111 · eu-central-1',
    );
  });

  it('is one dialog, and each cluster is as it was', async () => {
    const pair = new Pair();
    const ids = await scaled(pair);
    const [first, second] = pair.eu.operations.all;
    expect(first?.together?.group).toBe(second?.together?.group);
    const flow = await undo(pair, ids);
    expect(stages(flow)).toEqual(['confirm', 'confirm']);
    await confirm(flow);
    expect(realPatches(pair.eu)).toEqual(['context:eu api', 'context:eu api']);
    expect(realPatches(pair.us)).toEqual(['context:us api', 'context:us api']);
    expect(pair.operations.slice(0, 2)).toEqual(['context:eu undone', 'context:us undone']);
  });

  it('says where it cannot be, and does the rest', async () => {
    const pair = new Pair();
    const ids = await scaled(pair);
    const other = pair.runner('us').start('restart', [pair.target('us', 'deployments', web)]);
    await settle();
    other.confirm();
    await settle();
    const flow = await undo(pair, ids);
    expect(stages(flow)).toEqual(['confirm', 'refused']);
    expect(reasons(flow)[1]).toContain('something else was done here since');
  });

  it('says which cluster is not connected any more', async () => {
    const pair = new Pair();
    const [id = -1] = await scaled(pair);
    const eu = pair.runner('eu').undoPart(id);
    if (eu === null) throw new Error('nothing to take back');
    const flow = new Joint(
      'Undo',
      [
        { cluster: contextKey('eu'), name: 'eu', tone: 'text', flow: eu },
        {
          ...{ cluster: contextKey('us'), name: 'us', tone: 'text' },
          flow: refusedPart('Undo', 'us', 'not connected any more'),
        },
      ],
      pair.eu.operations,
    );
    await settle();
    expect(stages(flow)).toEqual(['confirm', 'refused']);
    await confirm(flow);
    expect(realPatches(pair.us)).toEqual(['context:us api']);
  });
});
