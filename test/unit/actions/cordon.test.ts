import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import type { NodeRow } from '../../../src/domain/rows.ts';
import { nodeRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const web1 = nodeRow({ name: 'web-1', uid: 'u1', pods: 12 });
const web2 = nodeRow({ name: 'web-2', uid: 'u2' });

const cordoned = (row: NodeRow): NodeRow => ({ ...row, cordoned: true });

describe('cordon and uncordon', () => {
  it('takes several nodes, sends the uid with the change, and is seen to its end', async () => {
    const bench = new ActionBench();
    bench.put('nodes', nodeRow({ name: 'other' }));
    const targets = [bench.target('nodes', web1), bench.target('nodes', web2)];
    const flow = bench.runner().start('cordon', targets);
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe('Cordon 2 nodes');
    expect(plan.changes.map(plain)[0]).toBe('node/web-1  takes no new pods; its 12 pods stay');
    expect(commandsOf(plan)[0]).toBe('kubectl --context prod cordon web-1');
    expect(plan.warnings).toEqual([]);
    flow.confirm();
    await settle();
    expect(bench.patches.filter(([, { dryRun }]) => dryRun !== true)).toEqual(
      ['u1', 'u2'].map((uid) => [
        expect.objectContaining({ resource: 'nodes' }) as unknown,
        { type: 'merge', body: { metadata: { uid }, spec: { unschedulable: true } } },
      ]),
    );
    bench.put('nodes', cordoned(web1), cordoned(web2));
    await settle();
    expect(bench.last).toMatchObject({
      state: 'done',
      text: 'cordoned node/web-1, cordoned node/web-2',
      undo: true,
    });
  });

  it('is taken back by the other, and only where it did something', async () => {
    const bench = new ActionBench();
    const before = nodeRow({ name: 'before', uid: 'u0', cordoned: true });
    const targets = [bench.target('nodes', web1), bench.target('nodes', before)];
    const runner = bench.runner();
    const flow = runner.start('cordon', targets);
    await settle();
    flow.confirm();
    await settle();
    bench.put('nodes', cordoned(web1));
    await settle();
    const undo = runner.undo();
    await settle();
    const { plan } = at(undo, 'confirm');
    expect(plan.title).toBe('Uncordon node/web-1');
    expect(plan.steps).toHaveLength(1);
  });

  it('says what is so already, and where nothing would be left to run on', async () => {
    const bench = new ActionBench();
    const runner = bench.runner();
    const flow = runner.start('uncordon', [bench.target('nodes', web1)]);
    expect(at(flow, 'refused').reason).toBe('node/web-1 is not cordoned');
    const cordon = runner.start('cordon', [bench.target('nodes', web1)]);
    await settle();
    expect(at(cordon, 'confirm').plan.warnings).toEqual([
      'no other node is ready and takes pods: new ones stay Pending',
    ]);
  });
});
