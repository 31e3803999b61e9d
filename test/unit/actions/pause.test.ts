import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { diffCells } from '../../../src/core/line-diff.ts';
import { plain } from '../../../src/core/styled.ts';
import type { KubeObject } from '../../../src/ports/kube.ts';
import { podRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const api = workloadRow('Deployment', {
  name: 'api',
  namespace: 'shop',
  generation: 3,
  observedGeneration: 3,
  desired: 1,
  current: 1,
});
const template = (image: string) => ({
  metadata: { labels: { app: 'api' } },
  spec: { containers: [{ name: 'api', image }] },
});
const deployment = (image: string, paused: boolean): KubeObject => ({
  metadata: { name: 'api', uid: api.uid, resourceVersion: '9', generation: 3 },
  spec: { template: template(image), ...(paused && { paused }) },
});
const REPLICA_SET: KubeObject = {
  metadata: {
    name: 'api-1',
    labels: { 'pod-template-hash': 'h1' },
    annotations: { 'deployment.kubernetes.io/revision': '1' },
    ownerReferences: [{ controller: true, uid: api.uid }],
  },
  spec: { template: template('api:1') },
};

async function planned(bench: ActionBench, action: 'pause' | 'resume', object: KubeObject) {
  const { context } = bench;
  const paused = action === 'resume';
  const target = bench.target('deployments', { ...api, paused });
  bench.objects.set('api', object);
  const pod = { name: 'api-1-x', namespace: 'shop', workloadKind: 'Deployment', workload: 'api' };
  bench.put('pods', podRow({ ...pod, labels: { 'pod-template-hash': 'h1' } }));
  const kube = { ...context.kube, list: () => Promise.resolve([REPLICA_SET]) };
  const runner = bench.runner({ ctx: { ...context, kube } });
  const flow = runner.start(action, [target]);
  await settle();
  return { runner, flow };
}

const TESTS = [
  { op: 'test', path: '/metadata/uid', value: api.uid },
  { op: 'test', path: '/metadata/resourceVersion', value: '9' },
];

describe('pausing a rollout', () => {
  it('holds it, and takes that back by resuming', async () => {
    const bench = new ActionBench();
    const { flow, runner } = await planned(bench, 'pause', deployment('api:1', false));
    const { plan } = at(flow, 'confirm');
    expect(commandsOf(plan)).toEqual([
      'kubectl --context prod rollout pause deployment/api -n shop',
    ]);
    expect(plan.victims).toEqual([]);
    flow.confirm();
    await settle();
    expect(bench.patches.at(-1)?.[1].body).toEqual([
      ...TESTS,
      { op: 'add', path: '/spec/paused', value: true },
    ]);
    bench.target('deployments', { ...api, paused: true });
    bench.objects.set('api', deployment('api:1', true));
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', text: 'paused deployment/api' });
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'confirm').plan.title).toBe('Resume the rollout of deployment/api');
  });

  it('is offered for what runs only', () => {
    const bench = new ActionBench();
    const target = bench.target('deployments', { ...api, paused: true });
    const reasons = bench
      .runner()
      .available('deployments', [target])
      .filter(({ action }) => ['pause', 'resume'].includes(action.id))
      .map(({ disabled }) => disabled);
    expect(reasons).toEqual(['paused already: it can be resumed', '']);
  });
});

describe('resuming a rollout', () => {
  it('shows what was changed meanwhile, and who is replaced', async () => {
    const bench = new ActionBench();
    const { flow } = await planned(bench, 'resume', deployment('api:2', true));
    const { plan } = at(flow, 'confirm');
    expect(plan.changes.map(plain)).toEqual(['deployment/api  1 pod is replaced']);
    expect(plan.victims).toEqual(['api-1-x']);
    expect(diffCells(plan.diff ?? []).map(plain)).toContain('+       image: api:2');
    flow.confirm();
    await settle();
    expect(bench.patches.at(-1)?.[1].body).toEqual([
      ...TESTS,
      { op: 'remove', path: '/spec/paused' },
    ]);
  });

  it('says that nothing was', async () => {
    const { flow } = await planned(new ActionBench(), 'resume', deployment('api:1', true));
    const { plan } = at(flow, 'confirm');
    expect(plan.changes.map(plain)).toEqual(['deployment/api  nothing was changed meanwhile']);
    expect(plan.diff).toBeUndefined();
  });
});
