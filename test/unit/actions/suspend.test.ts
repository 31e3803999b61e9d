import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import { cronJobRow, jobRow, podRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const report = cronJobRow({ name: 'report', namespace: 'shop', active: 1 });
const clean = cronJobRow({ name: 'clean', namespace: 'shop' });
const job = jobRow({ name: 'reindex', namespace: 'shop', active: 2 });
const suspended = <Row extends object>(row: Row, so = true) => ({ ...row, suspended: so });
const podOf = (name: string, phase = 'Running') =>
  podRow({ name, namespace: 'shop', phase, ownerKind: 'Job', ownerName: 'reindex' });

describe('suspending', () => {
  it('holds several cron jobs, leaves what runs alone, and is taken back by resuming them', async () => {
    const bench = new ActionBench();
    const targets = [bench.target('cronjobs', report), bench.target('cronjobs', clean)];
    const runner = bench.runner();
    const flow = runner.start('suspend', targets);
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe('Suspend 2 cronjobs');
    expect(plan.changes.map(plain)).toEqual([
      'cronjob/report  starts no more runs; the run that is active goes on',
      'cronjob/clean  starts no more runs',
    ]);
    expect([flow.danger, plan.victims]).toEqual([1, []]);
    expect(commandsOf(plan)[0]).toBe(
      `kubectl --context prod patch cronjob/report -n shop -p '{"spec":{"suspend":true}}'`,
    );
    flow.confirm();
    await settle();
    const sent = bench.patches.filter(([, { dryRun }]) => dryRun !== true);
    expect(sent.map(([, patch]) => patch.body)).toEqual(
      [report, clean].map(({ uid }) => ({ metadata: { uid }, spec: { suspend: true } })),
    );
    bench.put('cronjobs', suspended(report), suspended(clean));
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', undo: true });
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'confirm').plan.title).toBe('Resume 2 cronjobs');
  });

  it('ends the pods of a job: they are named, in red, and followed until they are gone', async () => {
    const bench = new ActionBench();
    bench.put('pods', podOf('reindex-a'), podOf('reindex-b'), podOf('reindex-c', 'Succeeded'));
    const flow = bench.runner().start('suspend', [bench.target('jobs', job)]);
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.changes.map(plain)).toEqual([
      'job/reindex  ends its 2 pods, and starts none until it is resumed',
    ]);
    expect([flow.danger, plan.victims]).toEqual([2, ['reindex-a', 'reindex-b']]);
    expect(plan.warnings.join()).toContain('have not finished is lost');
    flow.confirm();
    await settle();
    bench.put('jobs', suspended(job));
    await settle();
    expect(bench.last).toMatchObject({ state: 'working', text: 'job/reindex: 2 pods are ending' });
    bench.put('jobs', suspended({ ...job, active: 0 }));
    bench.remove('pods', podOf('reindex-a').uid);
    bench.remove('pods', podOf('reindex-b').uid);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', text: 'suspended job/reindex' });
  });

  it('is refused of what is suspended, or has ended', async () => {
    const bench = new ActionBench();
    const refused = async (table: 'jobs' | 'cronjobs', row: typeof job | typeof report) => {
      const flow = bench.runner().start('suspend', [bench.target(table, row)]);
      await settle();
      return at(flow, 'refused').reason;
    };
    expect(await refused('cronjobs', { ...report, suspended: true })).toBe(
      'cronjob/report is suspended already',
    );
    expect(await refused('jobs', { ...job, status: 'Complete' })).toBe('job/reindex has ended');
  });
});

describe('resuming', () => {
  it('says what was missed meanwhile, and when it runs next', async () => {
    const bench = new ActionBench();
    const now = bench.clock.now();
    const plan = async (given: Partial<typeof report>) => {
      const row = { ...report, suspended: true, active: 0, ...given };
      const flow = bench.runner().start('unsuspend', [bench.target('cronjobs', row)]);
      await settle();
      return at(flow, 'confirm').plan;
    };
    const ahead = await plan({ due: now + 300_000 });
    expect(ahead.changes.map(plain)).toEqual([
      'cronjob/report  runs by its schedule again, next in 5m',
    ]);
    expect(ahead.warnings).toEqual([]);
    expect((await plan({ due: now - 300_000 })).warnings).toEqual([
      'a run of cronjob/report was due 5m ago: one begins as soon as it is resumed',
    ]);
    expect((await plan({ due: now - 300_000, startingDeadline: 60 })).warnings).toEqual([
      'a run of cronjob/report was due 5m ago: one begins at once where it is no more than 60s late',
    ]);
    expect((await plan({ managedBy: 'Flux' })).warnings[0]).toContain('managed by Flux');
  });

  it('of a job is followed until it has pods', async () => {
    const bench = new ActionBench();
    const held = { ...job, suspended: true, active: 0, status: 'Suspended' as const };
    const flow = bench.runner().start('unsuspend', [bench.target('jobs', held)]);
    await settle();
    flow.confirm();
    await settle();
    bench.put('jobs', suspended(held, false));
    await settle();
    expect(bench.last?.text).toBe('job/reindex waits for its pods');
    bench.put('jobs', job);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', text: 'resumed job/reindex' });
  });
});
