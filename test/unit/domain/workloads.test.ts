import { describe, expect, it } from 'vitest';
import { rollout } from '../../../src/domain/rollout.ts';
import type { WorkloadRow } from '../../../src/domain/rows.ts';
import { workloadHealth } from '../../../src/domain/health.ts';
import { decoderOf } from '../../../src/domain/tables/index.ts';

const CREATED = Date.parse('2026-01-01T00:00:00Z');
const LATER = CREATED + 3_600_000;

const metadata = (generation: number) => ({
  name: 'api',
  namespace: 'shop',
  generation,
  creationTimestamp: '2026-01-01T00:00:00Z',
});

const deployment = (spec: object, status: object, generation = 1): WorkloadRow =>
  decoderOf('deployments').json({
    metadata: metadata(generation),
    spec,
    status: { observedGeneration: 1, ...status },
  });

const statefulSet = (spec: object, status: object, generation = 1): WorkloadRow =>
  decoderOf('statefulsets').json({
    metadata: metadata(generation),
    spec: { updateStrategy: { type: 'RollingUpdate' }, ...spec },
    status: { observedGeneration: 1, ...status },
  });

const daemonSet = (status: object, type = 'RollingUpdate', rollingUpdate = {}): WorkloadRow =>
  decoderOf('daemonsets').json({
    metadata: metadata(1),
    spec: { updateStrategy: { type, rollingUpdate } },
    status: { observedGeneration: 1, ...status },
  });

const replicaSet = (replicas: number, status: object): WorkloadRow =>
  decoderOf('replicasets').json({
    metadata: metadata(1),
    spec: { replicas },
    status: { observedGeneration: 1, ...status },
  });

const progressing = (reason: string) => ({
  conditions: [{ type: 'Progressing', status: 'False', reason }],
});

describe('a rollout in the words of kubectl', () => {
  it.each<[string, WorkloadRow, string, string]>([
    ['done', deployment({ replicas: 2 }, of(2, 2, 2)), 'done', 'successfully rolled out'],
    [
      'a replica by default',
      deployment({}, of(0, 0, 0)),
      'progressing',
      '0 out of 1 new replicas have been updated',
    ],
    [
      'not observed',
      deployment({ replicas: 2 }, of(2, 2, 2), 2),
      'progressing',
      'waiting for spec update to be observed',
    ],
    [
      'updating',
      deployment({ replicas: 5 }, of(5, 2, 5)),
      'progressing',
      '2 out of 5 new replicas have been updated',
    ],
    [
      'old ones left',
      deployment({ replicas: 2 }, of(3, 2, 2)),
      'progressing',
      '1 old replica is pending termination',
    ],
    [
      'not available',
      deployment({ replicas: 3 }, of(3, 3, 1)),
      'progressing',
      '1 of 3 updated replicas are available',
    ],
    [
      'past its deadline',
      deployment({ replicas: 3 }, { ...of(3, 3, 1), ...progressing('ProgressDeadlineExceeded') }),
      'failed',
      'exceeded its progress deadline',
    ],
    [
      'paused',
      deployment({ replicas: 3, paused: true }, of(3, 1, 3)),
      'paused',
      'paused: 1 of 3 replicas are updated',
    ],
    [
      'stateful: never observed',
      statefulSet({ replicas: 1 }, { observedGeneration: 0 }),
      'progressing',
      'waiting for spec update to be observed',
    ],
    [
      'stateful: starting',
      statefulSet({ replicas: 3 }, { readyReplicas: 1, updatedReplicas: 3 }),
      'progressing',
      'waiting for 2 pods to be ready',
    ],
    [
      'stateful: updating',
      statefulSet({ replicas: 3 }, { readyReplicas: 3, updatedReplicas: 1 }),
      'progressing',
      '1 out of 3 new pods have been updated',
    ],
    [
      'stateful: partition reached',
      statefulSet(
        { replicas: 3, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
        { readyReplicas: 3, updatedReplicas: 1 },
      ),
      'done',
      'partitioned roll out complete: 1 new pods have been updated',
    ],
    [
      'stateful: partition not reached',
      statefulSet(
        { replicas: 3, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } },
        { readyReplicas: 3, updatedReplicas: 1 },
      ),
      'progressing',
      'partitioned: 1 out of 2 new pods have been updated',
    ],
    [
      'stateful: done',
      statefulSet({ replicas: 3 }, { readyReplicas: 3, updatedReplicas: 3 }),
      'done',
      'successfully rolled out',
    ],
    [
      'on delete',
      statefulSet(
        { replicas: 3, updateStrategy: { type: 'OnDelete' } },
        { readyReplicas: 3, updatedReplicas: 1 },
      ),
      'done',
      'OnDelete: 1 of 3 pods are updated, the others when deleted',
    ],
    [
      'daemon: updating',
      daemonSet({ desiredNumberScheduled: 3, updatedNumberScheduled: 1 }),
      'progressing',
      '1 out of 3 new pods have been updated',
    ],
    [
      'daemon: not available',
      daemonSet({ desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2 }),
      'progressing',
      '2 of 3 updated pods are available',
    ],
    ['daemon: no node', daemonSet({}), 'done', 'successfully rolled out'],
    ['replica set: old', replicaSet(0, {}), 'done', 'scaled to zero'],
    [
      'replica set: creating',
      replicaSet(3, { replicas: 1 }),
      'progressing',
      '1 of 3 replicas are created',
    ],
    [
      'replica set: going',
      replicaSet(0, { replicas: 1 }),
      'progressing',
      '1 replica is pending termination',
    ],
    [
      'replica set: up',
      replicaSet(1, { replicas: 1, availableReplicas: 1 }),
      'done',
      'all replicas are available',
    ],
  ])('%s', (_, row, state, text) => {
    expect(rollout(row)).toEqual({ state, text });
  });
});

describe('the health of a workload', () => {
  const quota = {
    conditions: [
      {
        type: 'Available',
        status: 'False',
        message: 'Deployment does not have minimum availability.',
      },
      { type: 'ReplicaFailure', status: 'True', message: 'exceeded quota: pods' },
    ],
  };
  const unavailable = { conditions: quota.conditions.slice(0, 1) };
  const noReplicaSet = {
    conditions: [
      {
        ...{ type: 'Progressing', status: 'False', reason: 'ReplicaSetCreateError' },
        message:
          'Failed to create new replica set "web-2": replicasets.apps "web-2" is forbidden: exceeded quota: few, requested: pods=1, used: pods=4, limited: pods=4',
      },
    ],
  };
  const rolledBefore = {
    conditions: [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }],
  };

  it.each<[string, WorkloadRow, number, string, string]>([
    ['rolled out', deployment({ replicas: 2 }, of(2, 2, 2)), LATER, 'ok', ''],
    ['scaled to zero', deployment({ replicas: 0 }, of(0, 0, 0)), LATER, 'ok', ''],
    ['rolling', deployment({ replicas: 4 }, of(5, 2, 4)), LATER, 'busy', ''],
    [
      'its replica set refused',
      deployment({ replicas: 4 }, { ...of(4, 0, 4), ...noReplicaSet }),
      LATER,
      'warn',
      'quota few is used up: pods 1 wanted, 4 of 4 used',
    ],
    [
      'a pod of it broke',
      deployment({ replicas: 4 }, { ...of(4, 4, 3), ...rolledBefore }),
      LATER,
      'warn',
      '',
    ],
    ['new', deployment({ replicas: 4 }, of(4, 4, 0)), CREATED + 5_000, 'busy', ''],
    [
      'none available',
      deployment({ replicas: 4 }, { ...of(4, 4, 0), ...unavailable }),
      LATER,
      'bad',
      '',
    ],
    [
      'refused pods',
      deployment({ replicas: 4 }, { ...of(4, 4, 3), ...quota }),
      LATER,
      'warn',
      'exceeded quota: pods',
    ],
    ['paused', deployment({ replicas: 2, paused: true }, of(2, 2, 2)), LATER, 'busy', ''],
    [
      'failed',
      deployment({ replicas: 2 }, { ...of(2, 2, 1), ...progressing('ProgressDeadlineExceeded') }),
      LATER,
      'bad',
      '',
    ],
    ['an old replica set', replicaSet(0, {}), LATER, 'ok', ''],
  ])('%s', (_, row, now, level, cause) => {
    expect(workloadHealth(row, now)).toEqual({ level, cause });
  });

  const pods = (there: number, updated: number, available: number) => ({
    ...of(there, updated, available),
    currentRevision: 'db-a',
    updateRevision: 'db-b',
  });
  const daemons = (wanted: number, updated: number, available: number) => ({
    desiredNumberScheduled: wanted,
    currentNumberScheduled: wanted,
    updatedNumberScheduled: updated,
    numberReady: available,
    numberAvailable: available,
  });
  const onDelete = { replicas: 3, updateStrategy: { type: 'OnDelete' } };
  const partitioned = (partition: number) => ({
    replicas: 3,
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } },
  });
  const paused = { replicas: 4, paused: true };

  it.each<[string, WorkloadRow, string, string]>([
    ['OnDelete, all there', statefulSet(onDelete, pods(3, 0, 3)), 'ok', ''],
    ['OnDelete, two down', statefulSet(onDelete, pods(3, 0, 1)), 'warn', '1 of 3 available'],
    ['OnDelete, all down', statefulSet(onDelete, pods(3, 0, 0)), 'bad', '0 of 3 available'],
    ['OnDelete on nodes', daemonSet(daemons(10, 2, 3), 'OnDelete'), 'warn', '3 of 10 available'],
    ['partitioned, all there', statefulSet(partitioned(2), pods(3, 1, 3)), 'ok', ''],
    ['partitioned, one down', statefulSet(partitioned(2), pods(3, 1, 2)), 'warn', ''],
    ['partitioned off, one down', statefulSet(partitioned(3), pods(3, 0, 2)), 'warn', ''],
    ['paused, one down', deployment(paused, of(4, 2, 3)), 'warn', '3 of 4 available'],
    ['paused, all down', deployment(paused, of(4, 2, 0)), 'bad', '0 of 4 available'],
    ['rolling one at a time', statefulSet({ replicas: 3 }, pods(3, 1, 2)), 'busy', ''],
    ['rolling, two down', statefulSet({ replicas: 3 }, pods(3, 1, 1)), 'warn', ''],
    ['scaled up in order', statefulSet({ replicas: 5 }, pods(3, 3, 2)), 'busy', ''],
    ['rolling over nodes', daemonSet(daemons(10, 2, 9)), 'busy', ''],
    ['rolling, most down', daemonSet(daemons(10, 2, 3)), 'warn', ''],
    [
      'rolling as many at a time as it may',
      daemonSet(daemons(10, 2, 7), 'RollingUpdate', { maxUnavailable: '30%' }),
      'busy',
      '',
    ],
    [
      'rolling, more down than may be',
      deployment(
        { replicas: 10, strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } },
        of(11, 4, 7),
      ),
      'warn',
      '',
    ],
    [
      'replaced all at once',
      deployment({ replicas: 3, strategy: { type: 'Recreate' } }, of(3, 1, 1)),
      'busy',
      '',
    ],
  ])('%s, is told of what is missing', (_, row, level, cause) => {
    expect(workloadHealth(row, LATER)).toEqual({ level, cause });
  });

  it('says what keeps its pods from being ready, and only where they are missed', () => {
    const trouble = '0/6 nodes are available: 2 node(s) were unschedulable, 4 Insufficient cpu.';
    const few = deployment({ replicas: 3 }, of(3, 3, 1));
    expect(workloadHealth({ ...few, trouble }, LATER)).toEqual({
      level: 'warn',
      cause: '4 Insufficient cpu, 2 cordoned',
    });
    const all = deployment({ replicas: 3 }, of(3, 3, 3));
    expect(workloadHealth({ ...all, trouble }, LATER)).toEqual({ level: 'ok', cause: '' });
  });

  it('counts what is ready where a server does not tell what is available', () => {
    const row = statefulSet({ replicas: 3 }, { replicas: 3, readyReplicas: 3, updatedReplicas: 3 });
    expect(row.available).toBe(3);
  });
});

/** The counts of a deployment's status. */
function of(replicas: number, updatedReplicas: number, availableReplicas: number) {
  return { replicas, updatedReplicas, availableReplicas, readyReplicas: availableReplicas };
}

describe('a change that no controller has looked at', () => {
  const changed = (entry: object): WorkloadRow =>
    decoderOf('deployments').json({
      metadata: {
        ...metadata(2),
        managedFields: [
          { manager: 'argocd', time: '2026-01-01T00:30:00Z', fieldsV1: { 'f:spec': {} }, ...entry },
        ],
      },
      spec: { replicas: 2 },
      status: { observedGeneration: 1, ...of(2, 2, 2) },
    });
  const at = (minutes: number): number => Date.parse('2026-01-01T00:30:00Z') + minutes * 60_000;

  it('is on its way for a while, and then says since when', () => {
    expect(workloadHealth(changed({}), at(1)).level).toBe('busy');
    expect(workloadHealth(changed({}), at(180))).toEqual({
      level: 'warn',
      cause: 'no controller has seen its change 3h ago',
    });
  });

  it('is on its way where it is not told when it was: the API keeps no time of scalings', () => {
    const scaled = {
      subresource: 'scale',
      time: undefined,
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    };
    expect(workloadHealth(changed(scaled), at(180)).level).toBe('busy');
  });
});
