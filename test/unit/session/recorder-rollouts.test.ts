import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkloadRow } from '../../../src/domain/rows.ts';
import { nodeRow, podRow, rowOf, workloadRow } from '../../support/rows.ts';
import { MINUTE, NO_WRITES, RecorderBench } from './recorder-bench.ts';

let list: RecorderBench['list'];
let put: RecorderBench['put'];
let follow: RecorderBench['follow'];
let lines: RecorderBench['lines'];
let now: number;

beforeEach(() => {
  ({ list, put, follow, lines, now } = new RecorderBench());
});

/** A controller revision of a daemon set. */
const revision = (number: number, tag: string, created = 0) =>
  rowOf('controllerrevisions', {
    name: `agent-${tag}`,
    namespace: 'shop',
    uid: `agent-${tag}`,
    resourceVersion: `${number}`,
    revision: number,
    ownerKind: 'DaemonSet',
    ownerName: 'agent',
    containers: [{ name: 'agent', image: `shop/agent:${tag}` }],
    created,
  });

const agent = (tag: string, generation: number) =>
  workloadRow('DaemonSet', {
    name: 'agent',
    namespace: 'shop',
    uid: 'agent',
    resourceVersion: `${generation}`,
    generation,
    revision: `${generation}`,
    containers: [{ name: 'agent', image: `shop/agent:${tag}` }],
    writes: {
      ...NO_WRITES,
      template: { by: 'kubectl-edit', at: generation === 1 ? 0 : now, subresource: '' },
    },
  });

const api = (given: Partial<WorkloadRow> = {}) =>
  workloadRow('Deployment', {
    name: 'api',
    namespace: 'shop',
    uid: 'api',
    revision: '4',
    ...given,
  });

describe('what is watched', () => {
  it('is a restart of all pods', async () => {
    list('deployments', api());
    put('deployments', api({ generation: 2, restartedAt: '2026-11-29T20:00:00Z' }));
    put('deployments', api({ generation: 2, restartedAt: '2026-11-29T20:00:00Z', revision: '5' }));
    expect(await lines()).toMatchObject([
      { change: 'rollout', what: 'restart, revision 4 → 5', before: '4', after: '5' },
    ]);
  });

  it('is a rollout of a daemon set, with the revisions that keep its templates', async () => {
    list('controllerrevisions', revision(1, 'v1'));
    list('daemonsets', agent('v1', 1));
    put('daemonsets', agent('v2', 2));
    put('controllerrevisions', revision(2, 'v2'));
    expect(await lines()).toMatchObject([
      {
        change: 'rollout',
        kind: 'DaemonSet',
        name: 'agent',
        who: 'kubectl-edit',
        what: 'shop/agent:v1 → v2, revision 1 → 2',
        before: 'agent-v1',
        after: 'agent-v2',
      },
    ]);
  });

  it('is a node that somebody closed, and that it was opened again', async () => {
    const node = (cordoned: boolean) =>
      nodeRow({
        name: 'ip-10-0-1-2',
        uid: 'n',
        cordoned,
        cordonedBy: cordoned ? { by: 'kubectl-cordon', at: now, subresource: '' } : null,
      });
    list('nodes', node(false));
    put('nodes', node(true));
    put('nodes', node(false));
    expect(await lines()).toMatchObject([
      { change: 'cordoned', who: 'kubectl-cordon' },
      { change: 'uncordoned', who: '' },
    ]);
  });

  it('is a taint that somebody gave a node or took away, not one that stands for its state', async () => {
    const node = (...taints: string[]) => nodeRow({ name: 'ip-10-0-1-2', uid: 'n', taints });
    list(
      'nodes',
      node('node.kubernetes.io/not-ready:NoExecute', 'ebs.csi.aws.com/agent-not-ready:NoExecute'),
    );
    put('nodes', node('maint=yes:NoExecute', 'node.kubernetes.io/memory-pressure:NoSchedule'));
    put('nodes', node());
    expect(await lines()).toMatchObject([
      { change: 'tainted', kind: 'Node', what: 'maint=yes:NoExecute' },
      { change: 'untainted', kind: 'Node', what: 'maint=yes:NoExecute' },
    ]);
  });

  it('is what put a pod out of the way', async () => {
    const pods = (cause = ['', '', '']) =>
      cause.map((text, i) =>
        podRow({ name: `p${i}`, uid: `p${i}`, namespace: 'shop', node: 'a', cause: text }),
      );
    list('pods', ...pods());
    const causes = [
      'EvictionByEvictionAPI: Eviction API: evicting',
      'TerminationByKubelet: The node was low on resource: memory.',
      'PreemptionByScheduler: default-scheduler: preempting to accommodate a higher priority pod',
    ];
    for (const pod of pods(causes)) put('pods', pod);
    expect((await lines()).map(({ change, who, what }) => [change, who, what])).toEqual([
      ['evicted', '', 'through the eviction API, as a drain does, from a'],
      ['evicted', 'kubelet', 'The node was low on resource: memory., from a'],
      [
        'preempted',
        'scheduler',
        'default-scheduler: preempting to accommodate a higher priority pod, from a',
      ],
    ]);
  });
});

describe('what is still told', () => {
  it('is a rollout of a daemon set, by its controller revisions', async () => {
    list('daemonsets', agent('v2', 2));
    list('controllerrevisions', revision(1, 'v1', 1), revision(2, 'v2', now));
    await follow();
    expect(await lines()).toMatchObject([
      { change: 'rollout', kind: 'DaemonSet', name: 'agent', who: 'kubectl-edit' },
    ]);
  });

  it('is one that was gone back to, by who wrote what is in force', async () => {
    list('daemonsets', agent('v1', 3));
    list('controllerrevisions', revision(2, 'v2', 5), revision(3, 'v1', 1));
    await follow();
    expect(await lines()).toMatchObject([
      { at: now, who: 'kubectl-edit', what: 'shop/agent:v2 → v1, revision 2 → 3' },
    ]);
  });

  it('is a rollout that was taken back before the other was through, by who wrote what is in force', async () => {
    const template = { by: 'kubectl-rollout', at: now, subresource: '' };
    list('deployments', api({ revision: '3', writes: { ...NO_WRITES, template } }));
    const set = (name: string, revision: string, given: Partial<WorkloadRow>) =>
      workloadRow('ReplicaSet', {
        ...{ name, namespace: 'shop', uid: name, ownerKind: 'Deployment', ownerName: 'api' },
        ...{ revision, created: 1, containers: [{ name: 'api', image: `api:${name}` }], ...given },
      });
    list('replicasets', set('v1', '3', { pastRevisions: '1' }), set('v2', '2', {}));
    await follow();
    expect(await lines()).toMatchObject([
      { at: now, who: 'kubectl-rollout', what: 'api:v2 → v1, revision 2 → 3' },
    ]);
  });

  it('is a node that is closed, since when and by whom', async () => {
    const cordonedBy = { by: 'karpenter', at: now - MINUTE, subresource: '' };
    list('nodes', nodeRow({ name: 'a', created: 1, cordoned: true, cordonedBy }));
    await follow();
    expect(await lines()).toMatchObject([
      { change: 'cordoned', at: now - MINUTE, who: 'karpenter', watched: false },
    ]);
  });
});
