import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import { podRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const api = workloadRow('Deployment', {
  name: 'api',
  namespace: 'shop',
  desired: 2,
  current: 2,
  available: 2,
  updated: 2,
  zones: [
    ['eu-central-1a', 1],
    ['eu-central-1b', 1],
  ],
});

async function planned(bench: ActionBench, row = api, table = 'deployments') {
  const runner = bench.runner();
  const flow = runner.start('restart', [bench.target(table as 'deployments', row)]);
  await settle();
  return { runner, flow };
}

describe('restarting', () => {
  it('plans without a form: pods, strategy, zones, command', async () => {
    const bench = new ActionBench();
    bench.put(
      'pods',
      podRow({ name: 'api-1', namespace: 'shop', workloadKind: 'Deployment', workload: 'api' }),
      podRow({ name: 'web-1', namespace: 'shop', workloadKind: 'Deployment', workload: 'web' }),
    );
    const { flow } = await planned(bench);
    const { plan } = at(flow, 'confirm');
    expect(plan.changes.map(plain)).toEqual([
      'deployment/api  2 pods are replaced, RollingUpdate, now in a1 b1',
    ]);
    expect(plan.victims).toEqual(['api-1']);
    expect(commandsOf(plan)).toEqual([
      'kubectl --context prod rollout restart deployment/api -n shop',
    ]);
  });

  it('does not say that Helm takes it back: no manifest holds the annotation', async () => {
    const { flow } = await planned(new ActionBench(), { ...api, managedBy: 'Helm' });
    expect(at(flow, 'confirm').plan.warnings).toEqual([]);
  });

  it('sends what kubectl sends', async () => {
    const bench = new ActionBench();
    const { flow } = await planned(bench);
    flow.confirm();
    await settle();
    expect(bench.patches.at(-1)).toEqual([
      expect.objectContaining({ resource: 'deployments', name: 'api' }),
      {
        type: 'strategic',
        body: {
          metadata: { uid: api.uid },
          spec: {
            template: {
              metadata: {
                annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' },
              },
            },
          },
        },
      },
    ]);
  });

  it('refuses a paused rollout', async () => {
    const { flow } = await planned(new ActionBench(), { ...api, paused: true });
    expect(at(flow, 'refused').reason).toContain('paused');
  });

  it('warns where pods end before others start, or nothing happens by itself', async () => {
    const recreate = await planned(new ActionBench(), { ...api, strategy: 'Recreate' });
    expect(at(recreate.flow, 'confirm').plan.warnings.join()).toContain(
      'before it starts new ones',
    );
    const ds = workloadRow('DaemonSet', { name: 'agent', strategy: 'OnDelete' });
    const onDelete = await planned(new ActionBench(), ds, 'daemonsets');
    expect(at(onDelete.flow, 'confirm').plan.warnings.join()).toContain('only when it is deleted');
  });

  it('follows the rollout to its end and offers no undo', async () => {
    const bench = new ActionBench();
    const { runner, flow } = await planned(bench);
    flow.confirm();
    await settle();
    expect(bench.last?.text).toBe('restarting deployment/api: sent');
    bench.put('deployments', { ...api, generation: 2, observedGeneration: 2, updated: 1 } as never);
    expect(bench.last?.text).toBe(
      'restarting deployment/api: 1 out of 2 new replicas have been updated',
    );
    bench.put('deployments', { ...api, generation: 2, observedGeneration: 2 } as never);
    expect(bench.last).toMatchObject({
      state: 'done',
      text: 'restarted deployment/api',
      undo: false,
    });
    expect(runner.undo()).toContain('cannot be taken back');
  });
});
