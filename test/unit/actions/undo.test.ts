import { NO_CLUSTER } from '../../../src/domain/cluster-key.ts';
import { describe, expect, it } from 'vitest';
import type { ActionFlow } from '../../../src/actions/engine/view.ts';
import { jobRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const api = workloadRow('Deployment', { name: 'api', namespace: 'shop', desired: 3, current: 3 });
/** As the world shows it when it has this many replicas by this generation. */
const scaled = (desired: number, generation: number) => ({
  ...api,
  desired,
  current: desired,
  available: desired,
  generation,
  observedGeneration: generation,
});

async function confirm(flow: ActionFlow | string): Promise<void> {
  if (typeof flow === 'string') throw new Error(flow);
  await settle();
  if (flow.state.stage === 'form') {
    flow.change('replicas', '5');
    flow.submit();
  }
  await settle();
  flow.confirm();
  await settle();
}

/** A bench on which api was scaled from 3 to 5. */
async function afterScaling() {
  const bench = new ActionBench();
  const runner = bench.runner();
  await confirm(runner.start('scale', [bench.target('deployments', api)]));
  bench.put('deployments', scaled(5, 2));
  await settle();
  expect(bench.last).toMatchObject({ state: 'done', undo: true });
  return { bench, runner };
}

describe('taking back', () => {
  it('begins with nothing', () => {
    expect(new ActionBench().runner().undo()).toBe('there is nothing to take back');
  });

  it('tells of what is still going on, whatever was done before', async () => {
    const { bench, runner } = await afterScaling();
    const planned = bench.patched;
    // The server takes as long as it likes.
    bench.patched = (ref, patch) =>
      patch.dryRun === true ? planned(ref, patch) : (new Promise(() => undefined) as never);
    await confirm(runner.start('restart', [bench.target('deployments', scaled(5, 2))]));
    expect(runner.undo()).toBe(
      'still going on: Restart deployment/api; U takes it back once it has ended',
    );
  });

  it('is of the last action, also where that has no way back', async () => {
    const { bench, runner } = await afterScaling();
    await confirm(runner.start('restart', [bench.target('deployments', scaled(5, 2))]));
    expect(runner.undo()).toBe('the last action cannot be taken back: Restart deployment/api');
    expect(bench.operations.all.map(({ undo }) => undo)).toEqual([false, false]);
  });

  it('ends the wait for what was taken back: its objects are under nothing any more', async () => {
    const bench = new ActionBench();
    const runner = bench.runner();
    const job = jobRow({ name: 'reindex', active: 2 });
    await confirm(runner.start('suspend', [bench.target('jobs', job)]));
    expect([...bench.operations.busyOn(NO_CLUSTER)]).toEqual([job.uid]);
    bench.put('jobs', { ...job, suspended: true } as typeof job);
    await settle();
    // Its pods are still ending when it is resumed.
    await confirm(runner.undo());
    bench.put('jobs', job);
    await settle();
    expect([...bench.operations.busyOn(NO_CLUSTER)]).toEqual([]);
  });

  it('makes the action read as taken back, whatever its followers see', async () => {
    const { bench, runner } = await afterScaling();
    const flow = runner.undo();
    await settle();
    expect(at(flow, 'confirm').plan.warnings).toEqual([
      'PodDisruptionBudgets do not hold back pods that end by scaling down',
    ]);
    await confirm(flow);
    bench.put('deployments', scaled(3, 3));
    expect(bench.operations.all.map(({ state, text }) => [state, text])).toEqual([
      ['undone', 'scaled deployment/api 3 → 5 (taken back)'],
      ['done', 'scaled deployment/api 5 → 3'],
    ]);
  });

  it('before it was done ends the words of the first', async () => {
    const bench = new ActionBench();
    const runner = bench.runner();
    await confirm(runner.start('scale', [bench.target('deployments', api)]));
    await confirm(runner.undo());
    bench.put('deployments', scaled(3, 3));
    expect(bench.operations.all.map(({ state }) => state)).toEqual(['undone', 'done']);
    expect(bench.operations.busyOn(NO_CLUSTER).size).toBe(0);
  });

  it('says who has changed the object since', async () => {
    const { bench, runner } = await afterScaling();
    bench.put('deployments', scaled(9, 4));
    const flow = runner.undo();
    await settle();
    expect(at(flow, 'confirm').plan.warnings[0]).toBe('api was changed by someone since');
    expect(at(flow, 'confirm').plan.title).toBe('Scale deployment/api from 9 to 3 replicas');
  });

  it('says what had not gone as planned', async () => {
    const bench = new ActionBench();
    const runner = bench.runner();
    await confirm(runner.start('scale', [bench.target('deployments', api)]));
    bench.put('deployments', scaled(4, 3));
    const flow = runner.undo();
    await settle();
    expect(at(flow, 'confirm').plan.warnings[0]).toContain('it did not go as planned: ');
  });
});
