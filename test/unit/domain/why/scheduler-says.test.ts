import { expect, it } from 'vitest';
import { schedulerWord, shortWord } from '../../../../src/domain/why/pod/scheduler-says.ts';

/** As they were written by kube-schedulers of several versions. */
const WORDS: readonly (readonly [version: string, message: string, reasons: readonly string[]])[] =
  [
    [
      '1.36',
      '0/6 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable, 2 node(s) had untolerated taint(s), 3 Insufficient cpu. no new claims to deallocate, preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.',
      ['3 resource cpu', '2 taint', '1 resource memory', '1 cordoned'],
    ],
    [
      '1.36',
      "0/6 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector, 2 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.",
      ['2 selector', '2 taint', '1 volume', '1 cordoned'],
    ],
    [
      '1.36',
      "0/6 nodes are available: 1 node(s) were unschedulable, 2 node(s) had untolerated taint(s), 3 node(s) didn't match pod anti-affinity rules. no new claims to deallocate, preemption: 0/6 nodes are available: 3 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.",
      ['3 podAntiAffinity', '2 taint', '1 cordoned'],
    ],
    [
      '1.36',
      "0/12 nodes are available: 1 Insufficient cpu, 11 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/12 nodes are available: 12 Preemption is not helpful for scheduling.",
      ['11 selector', '1 resource cpu'],
    ],
    [
      '1.29',
      "0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/master: }, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling..",
      ['2 selector', '1 taint'],
    ],
    [
      '1.22',
      "0/5 nodes are available: 1 node(s) had taint {node-role.kubernetes.io/master: }, that the pod didn't tolerate, 2 Too many pods, 2 node(s) had volume node affinity conflict.",
      ['2 resource pods', '2 volume', '1 taint'],
    ],
    [
      '1.30',
      "0/4 nodes are available: 1 Insufficient nvidia.com/gpu, 1 node(s) exceed max volume count, 2 node(s) didn't match pod topology spread constraints. preemption: not eligible due to preemptionPolicy=Never.",
      ['2 spread', '1 resource nvidia.com/gpu', '1 volumeCount'],
    ],
  ];

it.each(WORDS)('the scheduler of %s is taken apart: %s', (_, message, reasons) => {
  const word = schedulerWord(message);
  expect(word?.whole).toBe('');
  expect(
    word?.reasons.map(({ count, kind, resource }) => `${count} ${kind} ${resource}`.trim()),
  ).toEqual(reasons);
});

it('what it says of the pod as a whole is no reason of a node', () => {
  expect(
    schedulerWord('0/6 nodes are available: persistentvolumeclaim "nope" not found. not found'),
  ).toEqual({ nodes: 6, reasons: [], whole: 'persistentvolumeclaim "nope" not found' });
  expect(
    schedulerWord(
      '0/6 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    )?.whole,
  ).toBe('pod has unbound immediate PersistentVolumeClaims');
  expect(schedulerWord('no nodes available to schedule pods')).toBeNull();
});

it.each([
  ['3 Insufficient cpu, 2 tainted, 1 Insufficient memory, 1 cordoned'],
  ['2 not its selector, 2 tainted, 1 not where its volume is, 1 cordoned'],
  ['3 pod anti-affinity, 2 tainted, 1 cordoned'],
  ['2 not its selector, 1 tainted node-role.kubernetes.io/master'],
  ['2 Too many pods, 2 not where its volume is, 1 tainted node-role.kubernetes.io/master'],
  ['2 topology spread, 1 Insufficient nvidia.com/gpu, 1 full of volumes'],
])('in a column: %s', (short) => {
  expect(WORDS.map(([, message]) => shortWord(message))).toContain(short);
});

it('what is no message about nodes stays as it is', () => {
  expect(shortWord('OOMKilled 137')).toBe('OOMKilled 137');
  expect(
    shortWord('0/6 nodes are available: persistentvolumeclaim "nope" not found. not found'),
  ).toBe('persistentvolumeclaim "nope" not found');
});
