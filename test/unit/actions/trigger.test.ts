import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import type { CronJobRow } from '../../../src/domain/rows.ts';
import { cronJobRow, jobRow, podRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const report = cronJobRow({ name: 'report', namespace: 'shop', uid: 'u1' });
const template = {
  metadata: { labels: { app: 'report' }, annotations: { team: 'shop' } },
  spec: { template: { spec: { containers: [{ name: 'r', image: 'report:1' }] } } },
};
const cronJob = {
  metadata: { name: 'report', namespace: 'shop', uid: 'u1' },
  spec: { schedule: '@daily', jobTemplate: template },
};
const NAME = 'report-manual-120304';

function desk(row: CronJobRow = report) {
  const bench = new ActionBench();
  bench.clock.advance(Date.UTC(2026, 10, 24, 12, 3, 4) - bench.clock.now());
  const target = bench.target('cronjobs', row);
  bench.objects.set('report', cronJob);
  return { bench, flow: bench.runner().start('trigger', [target]) };
}

describe('triggering a cron job', () => {
  it('makes the job that kubectl makes, and follows it until a pod runs', async () => {
    const { bench, flow } = desk();
    await settle();
    expect(at(flow, 'form').values).toEqual({ u1: NAME });
    flow.submit();
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe('Trigger cronjob/report');
    expect(plan.changes.map(plain)).toEqual([`job/${NAME}  from cronjob/report`]);
    expect(plan.warnings).toEqual([]);
    expect(commandsOf(plan)).toEqual([
      `kubectl --context prod create job ${NAME} --from=cronjob/report -n shop`,
    ]);
    flow.confirm();
    await settle();
    expect(bench.creations.map(([{ resource }, , dryRun]) => [resource, dryRun])).toEqual([
      ['jobs', true],
      ['jobs', false],
    ]);
    expect(bench.creations[1]?.[1]).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: NAME,
        namespace: 'shop',
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', team: 'shop' },
        labels: { app: 'report' },
        ownerReferences: [
          { apiVersion: 'batch/v1', kind: 'CronJob', name: 'report', uid: 'u1', controller: true },
        ],
      },
      spec: template.spec,
    });
    const made = jobRow({ name: NAME, namespace: 'shop', byHand: true });
    bench.put('jobs', made);
    await settle();
    expect(bench.last?.text).toBe(`job/${NAME} waits for its pod`);
    const pod = { name: `${NAME}-x`, namespace: 'shop', ownerKind: 'Job', ownerName: NAME };
    bench.put('pods', podRow({ ...pod, phase: 'Pending', cause: '0/3 nodes are available' }));
    await settle();
    expect(bench.last?.text).toBe(`pod/${NAME}-x: 0/3 nodes are available`);
    bench.put('pods', podRow(pod));
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', undo: false });
    expect(bench.last?.text).toBe(`job/${NAME} runs in pod/${NAME}-x`);
  });

  it('ends with the job where that is over at once', async () => {
    for (const [given, state, text] of [
      [{ status: 'Complete' }, 'done', `job/${NAME} is complete`],
      [
        { status: 'Failed', reason: 'DeadlineExceeded' },
        'failed',
        `job/${NAME} failed: DeadlineExceeded`,
      ],
      [
        { status: 'Suspended', suspended: true },
        'done',
        `job/${NAME} is there, suspended as its template says`,
      ],
    ] as const) {
      const { bench, flow } = desk();
      await settle();
      flow.submit();
      await settle();
      flow.confirm();
      await settle();
      bench.put('jobs', jobRow({ name: NAME, namespace: 'shop', ...given }));
      await settle();
      expect(bench.last).toMatchObject({ state });
      expect(bench.last?.text).toContain(text);
    }
  });

  it('says what runs beside it, whatever the policy is, and that it is suspended', async () => {
    const { bench, flow } = desk({ ...report, concurrency: 'Forbid', suspended: true });
    const own = { namespace: 'shop', ownerKind: 'CronJob', ownerName: 'report' };
    bench.put('jobs', jobRow({ name: 'report-1', ...own }));
    bench.put('jobs', jobRow({ name: 'report-0', ...own, status: 'Complete' }));
    await settle();
    flow.submit();
    await settle();
    expect(at(flow, 'confirm').plan.warnings).toEqual([
      'job/report-1 is active and cronjob/report has the policy Forbid, which holds for its schedule only: both run beside each other',
      'cronjob/report is suspended, and stays so: this one run begins all the same',
    ]);
  });

  it('takes a name that is free, and finds what it made before', async () => {
    const { bench, flow } = desk();
    bench.put('jobs', jobRow({ name: 'taken', namespace: 'shop' }));
    const own = { namespace: 'shop', ownerKind: 'CronJob', ownerName: 'report', byHand: true };
    bench.put('jobs', jobRow({ name: 'before', ...own }));
    await settle();
    const problem = (name: string): string => {
      flow.change('u1', name);
      const [line] = at(flow, 'form').lines;
      return line?.type === 'text' ? line.check(name) : '';
    };
    expect(problem('taken')).toBe('there is a job of that name already');
    expect(problem('Not_a_name')).toContain('small letters');
    expect(problem('a'.repeat(64))).toBe('at most 63 characters');
    expect(problem('')).toBe('a name is missing');
    expect(problem('before')).toBe('');
    await settle();
    flow.submit();
    await settle();
    expect(at(flow, 'refused').reason).toContain('job/before is there already');
    expect(bench.creations).toEqual([]);
  });

  it('sends nothing where the cron job was changed since it was planned', async () => {
    const { bench, flow } = desk();
    await settle();
    flow.submit();
    await settle();
    bench.objects.set('report', { ...cronJob, spec: { jobTemplate: { spec: {} } } });
    flow.confirm();
    await settle();
    expect(bench.last?.state).toBe('failed');
    expect(bench.last?.text).toContain('was changed meanwhile: nothing was sent');
    expect(bench.creations.filter(([, , dryRun]) => !dryRun)).toEqual([]);
  });
});
