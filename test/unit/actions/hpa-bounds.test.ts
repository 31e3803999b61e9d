import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import type { HpaRow } from '../../../src/domain/rows.ts';
import { hpaRow, podRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const hpa = hpaRow({
  name: 'web',
  namespace: 'shop',
  targetName: 'api',
  min: 2,
  max: 10,
  current: 4,
});
const api = workloadRow('Deployment', { name: 'api', namespace: 'shop', desired: 4, current: 4 });

async function opened(bench: ActionBench, row: HpaRow = hpa) {
  bench.put('hpas', row);
  serve(bench, row.min, row.max);
  const runner = bench.runner();
  const flow = runner.start('bounds', [{ resource: 'hpas', table: 'hpas', row }]);
  await settle();
  return { runner, flow };
}

function serve(bench: ActionBench, minReplicas: number, maxReplicas: number): void {
  bench.objects.set('web', {
    metadata: { name: 'web', uid: hpa.uid, resourceVersion: '5' },
    spec: { minReplicas, maxReplicas },
  });
}

describe('the bounds of an autoscaler', () => {
  it('are checked against each other', async () => {
    const { flow } = await opened(new ActionBench());
    expect(at(flow, 'form').values).toEqual({ min: '2', max: '10' });
    flow.change('max', '1');
    await settle();
    const { lines } = at(flow, 'form');
    const problems = lines.map((line) =>
      line.type === 'more' ? '' : line.check(at(flow, 'form').values[line.id] ?? ''),
    );
    expect(problems).toEqual(['above the maximum 1', 'below the minimum 2']);
  });

  it('are set where they are still those of the plan, followed, and taken back', async () => {
    const bench = new ActionBench();
    const pods = [1, 2, 3, 4].map((i) =>
      podRow({
        name: `api-${i}`,
        namespace: 'shop',
        workloadKind: 'Deployment',
        workload: 'api',
      }),
    );
    bench.put('deployments', api);
    bench.put('pods', ...pods);
    const { flow, runner } = await opened(bench);
    flow.change('max', '3');
    flow.submit();
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.changes.map(plain)).toEqual([
      'minimum of hpa/web  2  no change',
      'maximum of hpa/web  10 → 3',
      'deployment/api  4 replicas now, 3 soon',
    ]);
    expect(plan.victimCount).toBe(1);
    expect(plan.warnings.join()).toContain('4 replicas are more than the new maximum');
    expect(commandsOf(plan)).toEqual([
      `kubectl --context prod patch hpa/web -n shop --type=merge -p '{"spec":{"minReplicas":2,"maxReplicas":3}}'`,
    ]);
    flow.confirm();
    await settle();
    expect(bench.patches.at(-1)).toEqual([
      expect.objectContaining({ resource: 'horizontalpodautoscalers', name: 'web' }),
      {
        type: 'json',
        body: [
          { op: 'test', path: '/metadata/uid', value: hpa.uid },
          { op: 'test', path: '/metadata/resourceVersion', value: '5' },
          { op: 'add', path: '/spec/minReplicas', value: 2 },
          { op: 'add', path: '/spec/maxReplicas', value: 3 },
        ],
      },
    ]);
    const after: HpaRow = { ...hpa, max: 3 };
    bench.put('hpas', after);
    expect(bench.last?.text).toBe('hpa/web to 2–3: 4 replicas so far');
    const settled: HpaRow = { ...after, current: 3 };
    bench.put('hpas', settled);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', text: 'hpa/web keeps 2–3' });
    serve(bench, 2, 3);
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'confirm').plan.changes.map(plain)).toContain('maximum of hpa/web  3 → 10');
  });

  it("are not KEDA's", async () => {
    const labels = { 'scaledobject.keda.sh/name': 'queue' };
    const { flow } = await opened(new ActionBench(), { ...hpa, labels });
    expect(at(flow, 'refused').reason).toContain('scaledobject/queue');
  });

  it('can be changed from the workload that is scaled', async () => {
    const bench = new ActionBench();
    bench.put('hpas', hpa);
    const runner = bench.runner();
    const flow = runner.start('scale', [bench.target('deployments', api)]);
    await settle();
    serve(bench, 2, 10);
    flow.change('what', 'min');
    await settle();
    expect(at(flow, 'form').lines[0]).toMatchObject({ id: 'min', label: 'Minimum', initial: '2' });
    flow.change('min', '6');
    flow.submit();
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe('Let hpa/web keep 6–10 replicas');
    expect(plan.inverse).toEqual({ action: 'scale', values: { what: 'min', min: '2' } });
    flow.confirm();
    await settle();
    expect(bench.patches.at(-1)?.[0]).toMatchObject({ resource: 'horizontalpodautoscalers' });
    serve(bench, 6, 10);
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'confirm').plan.title).toBe('Let hpa/web keep 2–10 replicas');
  });
});
