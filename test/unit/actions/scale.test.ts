import { NO_CLUSTER } from '../../../src/domain/cluster-key.ts';
import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import { hpaRow, nodeRow, podRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, at, kubeError, settle } from './bench.ts';

const api = workloadRow('Deployment', {
  name: 'api',
  namespace: 'shop',
  desired: 3,
  current: 3,
  available: 3,
  ready: 3,
  updated: 3,
});

const podsOf = (count: number, kind: 'Deployment' | 'StatefulSet', workload: string) =>
  Array.from({ length: count }, (_, i) =>
    podRow({ name: `${workload}-${i}`, namespace: 'shop', workloadKind: kind, workload }),
  );

/** The patch that sets the number where it is still what it was. */
const replicas = (from: number, to: number) => [
  { op: 'test', path: '/spec/replicas', value: from },
  { op: 'replace', path: '/spec/replicas', value: to },
];

/** A flow that has come to its confirmation. */
async function planned(bench: ActionBench, row = api, wanted = '5', table = 'deployments') {
  const runner = bench.runner();
  const flow = runner.start('scale', [bench.target(table as 'deployments', row)]);
  await settle();
  flow.change('replicas', wanted);
  flow.submit();
  await settle();
  return { runner, flow };
}

describe('scaling', () => {
  it('begins with the number there is and says who owns it', async () => {
    const bench = new ActionBench();
    bench.put('hpas', hpaRow({ name: 'web', namespace: 'shop', targetName: 'api', min: 2 }));
    const flow = bench.runner().start('scale', [bench.target('deployments', api)]);
    await settle();
    const { lines, values } = at(flow, 'form');
    const [field] = lines;
    const check = field && 'check' in field ? field.check : () => 'no field';
    expect(values).toEqual({ replicas: '3', what: 'replicas' });
    expect(field).toMatchObject({ label: 'Replicas', hint: 'hpa/web owns them: 2–10' });
    expect(check('')).not.toBe('');
    expect(check('-1')).not.toBe('');
    expect(check('2.5')).not.toBe('');
    expect(check('7')).toBe('');
  });

  it('plans with a dry run, the kubectl command, and what an autoscaler will do about it', async () => {
    const bench = new ActionBench();
    bench.put('hpas', hpaRow({ name: 'web', namespace: 'shop', targetName: 'api', min: 2 }));
    const { flow } = await planned(bench);
    const { plan, typeName } = at(flow, 'confirm');
    expect(plan.title).toBe('Scale deployment/api from 3 to 5 replicas');
    expect(plan.changes.map(plain)).toEqual(['deployment/api  3 → 5']);
    expect(commandsOf(plan)).toEqual([
      'kubectl --context prod scale deployment/api --current-replicas=3 --replicas=5 -n shop',
    ]);
    expect(plan.victims).toEqual([]);
    expect(plan.warnings.join()).toContain('hpa/web owns the replicas of deployment/api (2–10)');
    expect(typeName).toBeNull();
    expect(flow.danger).toBe(1);
    expect(bench.patches).toEqual([
      [
        expect.objectContaining({ resource: 'deployments', name: 'api', namespace: 'shop' }),
        { type: 'json', body: replicas(3, 5), subresource: 'scale', dryRun: true },
      ],
    ]);
  });

  it('asks the right of just the scale', async () => {
    const bench = new ActionBench();
    await planned(bench);
    expect(bench.asked).toEqual([
      {
        verb: 'patch',
        group: 'apps',
        resource: 'deployments',
        subresource: 'scale',
        namespace: 'shop',
        name: 'api',
      },
    ]);
  });

  it('names all pods of which some will end, for which ones is not certain', async () => {
    const bench = new ActionBench();
    bench.put('pods', ...podsOf(3, 'Deployment', 'api'));
    const { flow } = await planned(bench, api, '1');
    expect(at(flow, 'confirm').plan).toMatchObject({
      victims: ['any 2 of 3: api-0, api-1, api-2'],
      victimCount: 2,
    });
  });

  it('knows which pods of a stateful set end', async () => {
    const bench = new ActionBench();
    const db = workloadRow('StatefulSet', {
      name: 'db',
      namespace: 'shop',
      desired: 12,
      current: 12,
    });
    bench.put('pods', ...podsOf(12, 'StatefulSet', 'db'));
    const { flow } = await planned(bench, db, '10', 'statefulsets');
    expect(at(flow, 'confirm').plan.victims).toEqual(['db-11', 'db-10']);
  });

  it('is more dangerous to zero, and says what that does to an autoscaler', async () => {
    const bench = new ActionBench();
    bench.put('hpas', hpaRow({ name: 'web', namespace: 'shop', targetName: 'api' }));
    const { flow } = await planned(bench, api, '0');
    const { plan } = at(flow, 'confirm');
    expect(flow.danger).toBe(2);
    expect(plan.warnings.join()).toContain('disables hpa/web');
    expect(plan.warnings.join()).toContain('no pods');
  });

  it('warns of what would revert it, and of KEDA by its name', async () => {
    const bench = new ActionBench();
    const labels = { 'scaledobject.keda.sh/name': 'queue' };
    bench.put(
      'hpas',
      hpaRow({ name: 'keda-hpa-queue', namespace: 'shop', targetName: 'api', labels }),
    );
    const { flow } = await planned(bench, { ...api, managedBy: 'Argo CD' });
    const warnings = at(flow, 'confirm').plan.warnings.join();
    expect(warnings).toContain('scaledobject/queue');
    expect(warnings).toContain('Argo CD');
  });

  it('says so where autoscalers are not known', async () => {
    const bench = new ActionBench();
    bench.setStatus('hpas', { state: 'denied', reason: 'hpas is forbidden' });
    const { flow } = await planned(bench);
    expect(at(flow, 'confirm').plan.warnings).toContain(
      'which hpas there are is not known: hpas is forbidden',
    );
  });

  it('says how many pods would find no room, and why', async () => {
    const bench = new ActionBench();
    const room = { isReady: true, memoryAllocatable: 1e9, podsAllocatable: 10, taints: [] };
    bench.put(
      'nodes',
      nodeRow({ name: 'n1', ...room, cpuAllocatable: 2 }),
      nodeRow({ name: 'n2', ...room, cpuAllocatable: 9, cordoned: true }),
    );
    const [first = podRow({ name: '' }), ...others] = podsOf(3, 'Deployment', 'api');
    bench.put('pods', { ...first, ...{ node: 'n1', cpuRequest: 1 } }, ...others);
    const { flow } = await planned(bench);
    expect(at(flow, 'confirm').plan.warnings).toContain(
      '1 of 2 more pods of deployment/api would stay Pending unless nodes are added: 1 node short of CPU, 1 node not ready or cordoned',
    );
  });

  it('leaves replica sets that have an owner alone', async () => {
    const bench = new ActionBench();
    const owned = workloadRow('ReplicaSet', {
      name: 'api-1',
      ownerKind: 'Deployment',
      ownerName: 'api',
    });
    const target = bench.target('replicasets', owned);
    const runner = bench.runner();
    const scale = runner
      .available('replicasets', [target])
      .find(({ action }) => action.id === 'scale');
    expect(scale?.disabled).toContain('Deployment api');
    const flow = runner.start('scale', [target]);
    await settle();
    expect(at(flow, 'refused').reason).toContain('Deployment api');
    expect(bench.asked).toEqual([]);
  });

  it('follows until the pods are there', async () => {
    const bench = new ActionBench();
    const { flow } = await planned(bench);
    flow.confirm();
    await settle();
    expect(bench.last).toMatchObject({ state: 'working', undo: true });
    expect(bench.operations.busyOn(NO_CLUSTER).has(api.uid)).toBe(true);
    bench.put('deployments', {
      ...api,
      generation: 2,
      observedGeneration: 2,
      desired: 5,
      current: 5,
      available: 4,
    } as never);
    expect(bench.last?.text).toBe('scaling deployment/api to 5: 4 of 5 available');
    bench.put('deployments', {
      ...api,
      generation: 2,
      observedGeneration: 2,
      desired: 5,
      current: 5,
      available: 5,
    } as never);
    expect(bench.operations.all).toHaveLength(1);
    expect(bench.operations.all[0]).toMatchObject({
      state: 'done',
      text: 'scaled deployment/api 3 → 5',
      undo: true,
    });
    expect(bench.operations.busyOn(NO_CLUSTER).size).toBe(0);
  });

  it('tells when an autoscaler takes it back', async () => {
    const bench = new ActionBench();
    bench.put('hpas', hpaRow({ name: 'web', namespace: 'shop', targetName: 'api' }));
    const { flow } = await planned(bench);
    flow.confirm();
    await settle();
    bench.put('deployments', { ...api, generation: 3, desired: 4 } as never);
    expect(bench.last).toMatchObject({
      state: 'failed',
      text: 'deployment/api is to have 4 again, not 5: hpa/web owns the number',
    });
  });

  it('is taken back by U to the number before, through the same questions', async () => {
    const bench = new ActionBench();
    const { runner, flow } = await planned(bench);
    flow.confirm();
    await settle();
    bench.put('deployments', {
      ...api,
      generation: 2,
      desired: 5,
      current: 5,
      available: 5,
      observedGeneration: 2,
    } as never);
    const undo = runner.undo();
    await settle();
    const { plan } = at(undo, 'confirm');
    expect(plan.title).toBe('Scale deployment/api from 5 to 3 replicas');
    if (typeof undo !== 'string') undo.confirm();
    await settle();
    expect(bench.patches.at(-1)?.[1]).toMatchObject({ body: replicas(5, 3) });
  });

  it('refuses what the server refuses in a dry run, with what was typed kept', async () => {
    const bench = new ActionBench();
    bench.onPatch = () => {
      throw kubeError(403, 'exceeded quota: pods=10');
    };
    const { flow } = await planned(bench, api, '50');
    expect(at(flow, 'refused').reason).toContain('exceeded quota');
    flow.back();
    await settle();
    expect(at(flow, 'form').values).toEqual({ replicas: '50' });
  });
});
