/** What is written into nodes. */
import { sum } from '../../core/collect.ts';
import { fargateSize } from '../fargate.ts';
import { noticedNode, noticeOf } from '../node-notice.ts';
import { byName, join, key } from './join.ts';
import { occupies, podsByNode } from './keys.ts';

/** A Fargate node carries no profile, nor what is paid for it: the pod that it was made for does. */
export const nodeProfile = join({
  target: key('nodes', 'cluster', (node) => (node.compute === 'fargate' ? node.name : '')),
  source: key('pods', 'cluster', (pod) => (pod.fargateProfile === '' ? '' : pod.node)),
  uses: ['fargateProfile', 'fargateSize'],
  fields: ['nodegroup', 'groupCapacity', 'fargateSize'],
  when: (node) => node.compute === 'fargate',
  compute: (_, [pod]) => ({
    nodegroup: pod === undefined ? '' : `fargate/${pod.fargateProfile}`,
    groupCapacity: null,
    fargateSize: fargateSize(pod?.fargateSize ?? ''),
  }),
});

/** An Auto Scaling group tells its instances; the label of a group decides elsewhere. */
export const nodeGroup = join({
  target: key('nodes', 'cluster', (node) => node.instanceId),
  source: key('nodegroups', 'cluster', (group) => group.instances),
  uses: ['uid', 'capacity'],
  fields: ['nodegroup', 'groupCapacity'],
  when: (node) => node.compute !== 'fargate',
  compute: (node, groups) => {
    const [group] = [...groups].sort((a, b) => (a.uid < b.uid ? -1 : 1));
    return {
      nodegroup: group?.uid ?? `${node.compute}/${node.group}`,
      groupCapacity: group?.capacity || null,
    };
  },
});

export const nodeUsage = join({
  target: byName('nodes'),
  source: byName('nodeusage'),
  uses: ['cpu', 'memory'],
  fields: ['cpu', 'memory'],
  compute: (_, [usage]) => ({ cpu: usage?.cpu ?? null, memory: usage?.memory ?? null }),
});

/** What events say of its end: most are about something else, and cost nothing. */
export const nodeNotice = join({
  target: key('nodes', 'cluster', ({ name }) => name),
  source: key('events', 'cluster', noticedNode),
  uses: ['reason', 'message', 'source', 'last'],
  fields: ['notice'],
  compute: ({ created }, events) => ({ notice: noticeOf(events, created) }),
});

export const nodeLoad = join({
  target: byName('nodes'),
  source: podsByNode,
  uses: ['phase', 'cpuRequest', 'memoryRequest'],
  fields: ['pods', 'cpuRequested', 'memoryRequested'],
  ofAll: true,
  compute: (_, pods, known) => {
    if (!known) return { pods: null, cpuRequested: null, memoryRequested: null };
    const present = pods.filter(occupies);
    return {
      pods: present.length,
      cpuRequested: sum(present, (pod) => pod.cpuRequest),
      memoryRequested: sum(present, (pod) => pod.memoryRequest),
    };
  },
});
