import { describe, expect, it } from 'vitest';
import { autoscalerStatus } from '../../../../src/domain/why/pod/autoscaler-status.ts';
import { withStatus } from '../../../../src/domain/why/pod/cluster-autoscaler.ts';
import { NOW, worldOf } from './world.ts';

const SILENT = { clause: '', evidence: [], next: [] };

/** As it is written until 1.29. */
const TEXT = `Cluster-autoscaler status at 2026-11-26 11:59:50.661669494 +0000 UTC:
Cluster-wide:
  Health:      Healthy (ready=4 unready=0 (resourceUnready=0) notStarted=0 longNotStarted=0 registered=4 longUnregistered=0)
               LastProbeTime:      2026-11-26 11:59:49.067828801 +0000 UTC m=+571.771061426
  ScaleUp:     NoActivity (ready=4 registered=4)
  ScaleDown:   NoCandidates (candidates=0)

NodeGroups:
  Name:        eks-web-1234
  Health:      Healthy (ready=3 unready=0 notStarted=0 longNotStarted=0 registered=3 longUnregistered=0 cloudProviderTarget=3 (minSize=1, maxSize=3))
               LastProbeTime:      2026-11-26 11:59:49.067828801 +0000 UTC
  ScaleUp:     NoActivity (ready=3 cloudProviderTarget=3)
  ScaleDown:   NoCandidates (candidates=0)

  Name:        eks-gpu-5678
  Health:      Healthy (ready=1 unready=0 notStarted=0 longNotStarted=0 registered=1 longUnregistered=0 cloudProviderTarget=2 (minSize=0, maxSize=5))
  ScaleUp:     Backoff (ready=1 cloudProviderTarget=2)
`;

/** As it is written since 1.30. */
const YAML = `time: 2026-11-26 11:59:50.090873082 +0000 UTC
autoscalerStatus: Running
clusterWide:
  health:
    status: Healthy
    nodeCounts: { registered: { total: 4, ready: 4 } }
nodeGroups:
- name: eks-web-1234
  health:
    status: Healthy
    nodeCounts:
      registered:
        total: 3
        ready: 3
    cloudProviderTarget: 3
    minSize: 1
    maxSize: 3
  scaleUp:
    status: NoActivity
- name: eks-gpu-5678
  health:
    status: Healthy
    nodeCounts:
      registered:
        total: 1
        ready: 1
    cloudProviderTarget: 2
    minSize: 0
    maxSize: 5
  scaleUp:
    status: Backoff
    backoffInfo:
      errorCode: InsufficientInstanceCapacity
      errorMessage: no g6.xlarge in eu-central-1a
`;

const GROUPS = [
  { name: 'eks-web-1234', ready: 3, target: 3, max: 3, scaleUp: 'NoActivity', error: '' },
  { name: 'eks-gpu-5678', ready: 1, target: 2, max: 5, scaleUp: 'Backoff', error: '' },
];

const AT = Date.UTC(2026, 10, 26, 11, 59, 50);

it('is read in the old form and in the new', () => {
  expect(autoscalerStatus(TEXT)).toEqual({ at: AT, state: '', health: 'Healthy', groups: GROUPS });
  const error = 'InsufficientInstanceCapacity: no g6.xlarge in eu-central-1a';
  expect(autoscalerStatus(YAML)).toEqual({
    ...{ at: AT, state: 'Running', health: 'Healthy' },
    groups: [GROUPS[0], { ...GROUPS[1], error }],
  });
});

it('is not made up from what is something else', () => {
  for (const text of ['', '- 1', 'hello: 1', 'a: [', 'time: &a [*a]'])
    expect(autoscalerStatus(text)).toBeNull();
  expect(autoscalerStatus('autoscalerStatus: Initializing')).toMatchObject({
    ...{ at: 0, state: 'Initializing', health: '', groups: [] },
  });
});

describe('beside what events say', () => {
  const told = (status: string, before = SILENT, now = 0) => {
    const world = worldOf({
      objects: { 'configmaps/kube-system/cluster-autoscaler-status': { data: { status } } },
    });
    return withStatus(before, { ...world, now: NOW + now });
  };

  it('names groups that are at their maximum or back off, and why', () => {
    const { clause, evidence } = told(YAML);
    expect(clause).toBe(
      'node group eks-gpu-5678 is backed off after: InsufficientInstanceCapacity: no g6.xlarge in eu-central-1a, node group eks-web-1234 is at its maximum',
    );
    expect(evidence[0]).toMatchObject({
      text: 'Running, Healthy, eks-web-1234 3 of 3; eks-gpu-5678 2 of 5 Backoff',
      about: { kind: 'ConfigMap', name: 'cluster-autoscaler-status' },
    });
  });

  it('is told of nothing else once it is old', () => {
    expect(told(TEXT, SILENT, 20 * 60_000).clause).toBe(
      'cluster-autoscaler has written no status for 20m',
    );
  });

  it('is nothing where there is none', () => {
    expect(withStatus(SILENT, worldOf({}))).toBe(SILENT);
  });
});
