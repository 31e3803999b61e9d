import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { diffCells } from '../../../src/core/line-diff.ts';
import { plain } from '../../../src/core/styled.ts';
import type { WorkloadRow } from '../../../src/domain/rows.ts';
import type { KubeObject, KubePort } from '../../../src/ports/kube.ts';
import { podRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, at, kubeError, settle } from './bench.ts';

const LAST = 'kubectl.kubernetes.io/last-applied-configuration';
const REVISION = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';

const template = (image: string, labels: Record<string, string> = {}, env: object[] = []) => ({
  metadata: { labels: { app: 'api', ...labels } },
  spec: { containers: [{ image, name: 'api', ...(env.length > 0 && { env }) }] },
});

const owned = (uid: string) => [{ controller: true, uid, kind: 'Deployment', name: 'api' }];

const api = workloadRow('Deployment', {
  name: 'api',
  namespace: 'shop',
  uid: 'u1',
  generation: 7,
  observedGeneration: 7,
  desired: 2,
  current: 2,
  available: 2,
  ready: 2,
  updated: 2,
  selector: 'app=api',
});

const deployment = (image: string): KubeObject => ({
  metadata: {
    name: 'api',
    uid: 'u1',
    resourceVersion: '100',
    generation: 7,
    annotations: { [LAST]: '{}', [REVISION]: '2', [CAUSE]: 'two', team: 'b' },
  },
  spec: { template: template(image) },
});

const replicaSet = (number: number, image: string, cause: string, uid = 'u1'): KubeObject => ({
  metadata: {
    name: `api-${number}`,
    creationTimestamp: new Date(number * 1000).toISOString(),
    labels: { app: 'api', 'pod-template-hash': `h${number}` },
    ownerReferences: owned(uid),
    annotations: { [REVISION]: String(number), [CAUSE]: cause, [LAST]: 'of then', team: 'a' },
  },
  spec: { template: template(image, { 'pod-template-hash': `h${number}` }) },
});

const REPLICA_SETS = [
  replicaSet(1, 'shop/api:1', 'one\u001b]0;owned\u0007\u001b[31m'),
  replicaSet(2, 'shop/api:2', 'two'),
  replicaSet(9, 'shop/other:1', 'of another', 'u2'),
];

const pod = (name: string, hash: string) =>
  podRow({
    name,
    namespace: 'shop',
    workloadKind: 'Deployment',
    workload: 'api',
    labels: { 'pod-template-hash': hash },
  });

/** A rollback dialog of a workload, whose object and revisions the API server has. */
async function opened(
  bench: ActionBench,
  given: {
    readonly row?: WorkloadRow;
    readonly table?: 'deployments' | 'statefulsets' | 'daemonsets';
    readonly object?: KubeObject;
    readonly kept?: readonly KubeObject[];
  } = {},
) {
  const { row = api, table = 'deployments', object = deployment('shop/api:2') } = given;
  const lists: Parameters<KubePort['list']>[] = [];
  const target = bench.target(table, row);
  bench.objects.set(row.name, object);
  const { context } = bench;
  const list: KubePort['list'] = (...asked) => {
    lists.push(asked);
    return Promise.resolve(given.kept ?? REPLICA_SETS);
  };
  const runner = bench.runner({ ctx: { ...context, kube: { ...context.kube, list } } });
  const flow = runner.start('rollback', [target]);
  await settle();
  return { runner, flow, lists };
}

async function planned(bench: ActionBench, given: Parameters<typeof opened>[1] = {}) {
  const opening = await opened(bench, given);
  opening.flow.submit();
  await settle();
  return opening;
}

describe('rolling back a deployment', () => {
  it('lists its own revisions, the newest first, and offers the one before', async () => {
    const bench = new ActionBench();
    bench.put('pods', pod('api-2-x', 'h2'), pod('api-2-y', 'h2'), pod('api-1-z', 'h1'));
    const { flow, lists } = await opened(bench);
    const { lines, values, preview } = at(flow, 'form');
    const [field] = lines;
    expect(field).toMatchObject({
      type: 'choice',
      options: [
        {
          id: 'api-2',
          title: 'revision 2',
          detail: expect.stringMatching(/^\S+ +2 pods +shop\/api:2 +two$/) as string,
          disabled: 'this is what runs now',
        },
        {
          id: 'api-1',
          detail: expect.stringMatching(/^\S+ +1 pod +shop\/api:1 +one$/) as string,
          disabled: '',
        },
      ],
    });
    expect(values).toEqual({ revision: 'api-1' });
    expect(preview?.map(plain)).toContain('-       image: shop/api:2');
    expect(lists).toEqual([
      [
        expect.objectContaining({ resource: 'replicasets', namespace: 'shop' }),
        { labelSelector: 'app=api' },
      ],
    ]);
  });

  it('plans with the difference, the images and the command, after a dry run', async () => {
    const bench = new ActionBench();
    bench.put('pods', pod('api-2-x', 'h2'), pod('api-1-z', 'h1'));
    const { flow } = await planned(bench);
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe('Roll back deployment/api to revision 1');
    expect(plan.changes.map(plain)).toEqual([
      'deployment/api  revision 2 → 1  one',
      'api  shop/api:2 → shop/api:1',
    ]);
    expect(plan.victims).toEqual(['api-2-x']);
    const diff = diffCells(plan.diff ?? []).map(plain);
    expect(diff).toContain('+       image: shop/api:1');
    expect(diff.join('\n')).not.toContain('pod-template-hash');
    expect(diff).toContain('… annotations of the deployment');
    expect(diff).toContain('+ team: a');
    expect(commandsOf(plan)).toEqual([
      'kubectl --context prod rollout undo deployment/api --to-revision=1 -n shop',
    ]);
    expect(bench.patches.map(([, { dryRun }]) => dryRun)).toEqual([true]);
  });

  it('sends what kubectl sends, for the version that was planned', async () => {
    const bench = new ActionBench();
    const { flow } = await planned(bench);
    flow.confirm();
    await settle();
    expect(bench.patches.at(-1)?.[1]).toEqual({
      type: 'json',
      body: [
        { op: 'test', path: '/metadata/uid', value: 'u1' },
        { op: 'test', path: '/metadata/resourceVersion', value: '100' },
        { op: 'replace', path: '/spec/template', value: template('shop/api:1') },
        {
          op: 'replace',
          path: '/metadata/annotations',
          value: {
            [LAST]: '{}',
            [REVISION]: '2',
            [CAUSE]: 'one\u001b]0;owned\u0007\u001b[31m',
            team: 'a',
          },
        },
      ],
    });
  });

  it('follows it with pods old and new, and offers to go forth again', async () => {
    const bench = new ActionBench();
    bench.put('pods', pod('api-2-x', 'h2'), pod('api-1-z', 'h1'));
    const { flow, runner } = await planned(bench);
    flow.confirm();
    await settle();
    const after = { ...api, generation: 8, observedGeneration: 8 };
    bench.target('deployments', { ...after, updated: 1 });
    await settle();
    expect(bench.last?.state).toBe('working');
    expect(bench.last?.lines.map(plain)).toEqual([
      'new  api-1-z  1/1 Running',
      'old  api-2-x  1/1 Running',
    ]);
    bench.target('deployments', after);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', undo: true });
    bench.objects.set('api', {
      ...deployment('shop/api:1'),
      metadata: { ...deployment('').metadata, generation: 8 },
    });
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'confirm').plan.title).toBe('Roll back deployment/api to revision 2');
  });

  it('goes on with a new version of the same spec, and stops at another spec', async () => {
    const bench = new ActionBench();
    const { flow } = await planned(bench);
    const { metadata, ...rest } = deployment('shop/api:2');
    let version = 100;
    bench.onPatch = (_ref, { dryRun }) => {
      if (dryRun === true || version === 102) return;
      version++;
      const annotations = { ...metadata.annotations, 'deployment.kubernetes.io/revision': '9' };
      // Annotations count as a generation too.
      const changed = { resourceVersion: String(version), generation: version, annotations };
      bench.objects.set('api', {
        ...rest,
        metadata: { ...metadata, ...changed },
        ...(version === 102 && { spec: { ...(rest['spec'] as object), minReadySeconds: 5 } }),
      });
      throw kubeError(422, 'testing value /metadata/resourceVersion failed');
    };
    flow.confirm();
    await settle();
    expect(bench.patches.filter(([, { dryRun }]) => dryRun !== true)).toHaveLength(2);
    expect(bench.last?.state).toBe('failed');
    expect(bench.last?.text).toContain('deployment/api was changed meanwhile');
  });

  it('stops at a refusal that has other reasons', async () => {
    const bench = new ActionBench();
    const { flow } = await planned(bench);
    bench.onPatch = () => {
      throw kubeError(422, 'the webhook says no');
    };
    flow.confirm();
    await settle();
    expect(bench.last?.text).toContain('the webhook says no');
  });

  it('is not for paused ones, nor where there is nothing to go back to', async () => {
    const paused = await opened(new ActionBench(), { row: { ...api, paused: true } });
    expect(at(paused.flow, 'refused').reason).toBe('api is paused: resume its rollout first');
    const first = await opened(new ActionBench(), { kept: REPLICA_SETS.slice(1) });
    expect(at(first.flow, 'refused').reason).toContain('no earlier revision');
  });

  it('offers none whose template is that of now, which kubectl skips', async () => {
    const kept = [1, 2, 3, 4].map((number) =>
      replicaSet(number, `shop/api:${number === 1 ? 1 : 2}`, ''),
    );
    const { flow } = await opened(new ActionBench(), { kept });
    const [field] = at(flow, 'form').lines;
    expect(field?.type === 'choice' && field.options.map(({ disabled }) => disabled)).toEqual([
      'this is what runs now',
      'the same as what runs now',
      'the same as what runs now',
      '',
    ]);
    expect(at(flow, 'form').values).toEqual({ revision: 'api-1' });
    const same = await opened(new ActionBench(), { kept: kept.slice(1) });
    expect(at(same.flow, 'refused').reason).toContain('no earlier revision');
  });

  it('has nothing to do where another revision has brought the same template by now', async () => {
    const bench = new ActionBench();
    bench.put('pods', pod('api-2-x', 'h2'), pod('api-1-z', 'h1'));
    const kept = REPLICA_SETS.slice(0, 2);
    const { flow, runner } = await planned(bench, { kept });
    flow.confirm();
    await settle();
    bench.target('deployments', { ...api, generation: 8, observedGeneration: 8 });
    await settle();
    kept.push(replicaSet(3, 'shop/api:2', ''));
    bench.objects.set('api', deployment('shop/api:2'));
    const sent = bench.patches.length;
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'refused').reason).toContain(
      'the pod template of deployment/api is that of revision 2 already',
    );
    expect(bench.patches).toHaveLength(sent);
  });

  it('masks secrets in the difference, and says that they differ', async () => {
    const bench = new ActionBench();
    const env = (value: string) => [{ name: 'DB_PASSWORD', value }];
    const now = deployment('shop/api:2');
    const { flow } = await planned(bench, {
      object: { ...now, spec: { template: template('shop/api:1', {}, env('aaaaaaaa')) } },
      kept: [
        {
          ...replicaSet(1, '', 'one'),
          spec: { template: template('shop/api:1', {}, env('bbbbbbbb')) },
        },
      ],
    });
    const diff = diffCells(at(flow, 'confirm').plan.diff ?? []).map(plain);
    expect(diff.join('\n')).not.toMatch(/aaaaaaaa|bbbbbbbb/);
    expect(diff).toContain('… values that are masked differ as well');
  });
});

describe('rolling back what keeps controller revisions', () => {
  const kept = (kind: string, number: number, image: string): KubeObject => ({
    metadata: {
      name: `api-h${number}`,
      labels: { app: 'api', 'controller-revision-hash': `h${number}` },
      ownerReferences: [{ controller: true, uid: 'u1', kind, name: 'api' }],
    },
    revision: number,
    data: { spec: { template: { ...template(image), $patch: 'replace' } } },
  });

  it.each([
    ['StatefulSet', 'statefulsets', 'api-h3'],
    ['DaemonSet', 'daemonsets', 'h3'],
  ] as const)('a %s: what is kept is sent as it is', async (kind, table, label) => {
    const bench = new ActionBench();
    const row = workloadRow(kind, { ...api, kind });
    const pods = { namespace: 'shop', workloadKind: kind, workload: 'api' };
    const labels = { 'controller-revision-hash': label };
    bench.put(
      'pods',
      podRow({ name: 'api-0', ...pods }),
      podRow({ name: 'api-1', ...pods, labels }),
    );
    const { flow, lists } = await planned(bench, {
      row,
      table,
      kept: [kept(kind, 3, 'shop/api:1'), kept(kind, 4, 'shop/api:2')],
    });
    const { plan } = at(flow, 'confirm');
    expect(lists[0]?.[0]).toMatchObject({ resource: 'controllerrevisions' });
    expect(plan.victims).toEqual(['api-0']);
    flow.confirm();
    await settle();
    expect(bench.patches.at(-1)?.[1]).toEqual({
      type: 'strategic',
      body: {
        spec: { template: { ...template('shop/api:1'), $patch: 'replace' } },
        metadata: { uid: 'u1', resourceVersion: '100' },
      },
    });
  });

  it('warns of pods that are not replaced by themselves', async () => {
    const row = workloadRow('StatefulSet', { ...api, kind: 'StatefulSet', ready: 1, partition: 1 });
    const { flow } = await planned(new ActionBench(), {
      row,
      table: 'statefulsets',
      kept: [kept('StatefulSet', 3, 'shop/api:1')],
    });
    const warnings = at(flow, 'confirm').plan.warnings.join();
    expect(warnings).toContain('partition');
    expect(warnings).toContain('has to be deleted by hand');
  });
});
