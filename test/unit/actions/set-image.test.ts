import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import type { KubeObject } from '../../../src/ports/kube.ts';
import { podRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const row = (name: string) =>
  workloadRow('Deployment', { name, namespace: 'shop', generation: 3, desired: 1, current: 1 });

const object = (name: string, image: string, init = ''): KubeObject => ({
  metadata: { name, uid: row(name).uid, resourceVersion: '9', generation: 3 },
  spec: {
    template: {
      spec: {
        containers: [
          { name: 'proxy', image: 'envoy:1' },
          { name: 'app', image },
        ],
        ...(init !== '' && { initContainers: [{ name: 'migrate', image: init }] }),
      },
    },
  },
});

async function opened(bench: ActionBench, objects: readonly KubeObject[]) {
  const targets = objects.map((each) => {
    const target = bench.target('deployments', row(each.metadata.name));
    bench.objects.set(each.metadata.name, each);
    return target;
  });
  const runner = bench.runner();
  const flow = runner.start('image', targets);
  await settle();
  return { runner, flow };
}

describe('setting images', () => {
  it('asks for each container, those that run first too, and says what is no image', async () => {
    const { flow } = await opened(new ActionBench(), [object('api', 'shop/api:1', 'shop/db:1')]);
    const { lines, values } = at(flow, 'form');
    expect(lines.map(({ label }) => label)).toEqual(['proxy', 'app', 'migrate (init)']);
    expect(values).toMatchObject({ 'image:app': 'shop/api:1', 'image:migrate': 'shop/db:1' });
    const [, app] = lines;
    expect(app?.type === 'text' && app.check('shop/api 2')).toContain('blank');
  });

  it('changes what was typed, where the containers are the same, and takes it back', async () => {
    const bench = new ActionBench();
    const pod = { name: 'api-1', namespace: 'shop', workloadKind: 'Deployment', workload: 'api' };
    bench.put('pods', podRow(pod));
    const { flow, runner } = await opened(bench, [object('api', 'shop/api:1', 'shop/db:1')]);
    flow.change('image:app', ' shop/api:2 ');
    await settle();
    expect(at(flow, 'form').preview?.map(plain)).toEqual(['deployment/api  1 pod is replaced']);
    flow.submit();
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.victims).toEqual(['api-1']);
    expect(commandsOf(plan)).toEqual([
      'kubectl --context prod set image deployment/api app=shop/api:2 -n shop',
    ]);
    flow.confirm();
    await settle();
    expect(bench.patches.at(-1)?.[1].body).toEqual([
      { op: 'test', path: '/metadata/uid', value: row('api').uid },
      { op: 'test', path: '/metadata/resourceVersion', value: '9' },
      { op: 'test', path: '/spec/template/spec/containers/1/name', value: 'app' },
      { op: 'replace', path: '/spec/template/spec/containers/1/image', value: 'shop/api:2' },
    ]);
    bench.objects.set('api', object('api', 'shop/api:2'));
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'confirm').plan.changes.map(plain).at(-1)).toBe('   → shop/api:1');
  });

  it('of several workloads asks for the containers that all have', async () => {
    const bench = new ActionBench();
    const { flow } = await opened(bench, [object('api', 'a:1', 'db:1'), object('web', 'b:1')]);
    const { lines, values } = at(flow, 'form');
    expect(lines.map(({ label }) => label)).toEqual(['proxy', 'app']);
    expect(values).toEqual({ 'image:proxy': 'envoy:1', 'image:app': '' });
    flow.change('image:app', 'c:2');
    flow.submit();
    await settle();
    const { steps, inverse } = at(flow, 'confirm').plan;
    expect(steps.map(({ already }) => already)).toEqual(['', '']);
    expect(inverse?.values).toEqual({
      [`${row('api').uid}/app`]: 'a:1',
      [`${row('web').uid}/app`]: 'b:1',
    });
  });

  it('has nothing to do where nothing was changed', async () => {
    const { flow } = await opened(new ActionBench(), [object('api', 'a:1')]);
    flow.submit();
    await settle();
    expect(at(flow, 'refused').reason).toContain('has these images already');
  });
});
