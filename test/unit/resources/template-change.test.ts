import { expect, it } from 'vitest';
import { plain, type Cell } from '../../../src/core/styled.ts';
import { CHANGE_READS } from '../../../src/resources/describe/template-change.ts';
import type { KubeObject } from '../../../src/ports/kube.ts';
import { Store } from '../../../src/store/index.ts';
import { rowOf, workloadRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const owned = (uid: string) => [{ uid, controller: true }];

const revision = (name: string, number: number, image: string, uid = 'agent'): KubeObject => ({
  metadata: { name, ownerReferences: owned(uid) },
  revision: number,
  data: {
    spec: { template: { spec: { containers: [{ name: 'agent', image }] }, $patch: 'replace' } },
  },
});

async function told(kept: readonly KubeObject[], names = ['agent-v1', 'agent-v2']) {
  const store = new Store({ clock: new VirtualClock() });
  const row = workloadRow('DaemonSet', { name: 'agent', namespace: 'ops', uid: 'agent' });
  store.sink('daemonsets').put([row]);
  store.flushNow();
  const change = rowOf('changes', {
    ...{ change: 'rollout', kind: 'DaemonSet', name: 'agent', namespace: 'ops' },
    ...{ before: names[0] ?? '', after: names[1] ?? '' },
  });
  const sections = await CHANGE_READS.sections(change, {
    cluster: change.cluster,
    query: store,
    signal: new AbortController().signal,
    kube: { list: () => Promise.resolve([...kept]) },
  });
  return sections?.flatMap(({ title, lines }) => [
    title,
    ...lines.map((line) => plain(line as Cell)),
  ]);
}

it('shows what differs between the two revisions of a rollout', async () => {
  const kept = [
    revision('agent-v2', 2, 'agent:2'),
    revision('agent-v1', 1, 'agent:1'),
    revision('agent-v3', 3, 'agent:3', 'another'),
  ];
  expect(await told(kept)).toEqual([
    'What differs in the pod template',
    expect.stringContaining('spec:') as string,
    '    containers:',
    '      - name: agent',
    '-       image: agent:1',
    '+       image: agent:2',
  ]);
});

it('says which revision is not kept any more', async () => {
  expect(await told([revision('agent-v2', 2, 'agent:2')])).toEqual([
    'What differs in the pod template',
    'agent-v1 is not kept any more: its revisionHistoryLimit says how many are',
  ]);
});

it('has nothing to read where no revisions are known', async () => {
  expect(await told([], ['', ''])).toBeUndefined();
});
