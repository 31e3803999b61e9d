import { describe, expect, it } from 'vitest';
import { capacityOfNode, computeOf, groupOfNode } from '../../../src/domain/compute.ts';
import { nodeProblems, nodeRoles, nodeStatus } from '../../../src/domain/node-status.ts';

const condition = (type: string, status: string, reason = '', message = '') => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: 0,
});

const node = (conditions: ReturnType<typeof condition>[], unschedulable = false) => ({
  spec: { unschedulable },
  status: { conditions },
});

describe('the status of a node', () => {
  it.each([
    [node([]), 'Unknown'],
    [node([condition('Ready', 'True')]), 'Ready'],
    [node([condition('Ready', 'False')]), 'NotReady'],
    [node([condition('Ready', 'Unknown')]), 'NotReady'],
    [node([condition('Ready', 'True')], true), 'Ready,SchedulingDisabled'],
    [node([], true), 'Unknown,SchedulingDisabled'],
  ])('%j is %s', (state, status) => {
    expect(nodeStatus(state)).toBe(status);
  });

  it('lists the conditions that are wrong', () => {
    expect(
      nodeProblems(
        node([
          condition(
            'Ready',
            'Unknown',
            'NodeStatusUnknown',
            'Kubelet stopped posting node status.',
          ),
          condition('MemoryPressure', 'True', 'KubeletHasInsufficientMemory'),
          condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
          condition('NetworkingReady', 'False', 'IPAMDNotReady'),
          condition('StorageReady', 'Unknown'),
          condition('KernelReady', 'True'),
          condition('KernelDeadlock', 'True', 'DockerHung'),
        ]),
      ),
    ).toEqual([
      'NotReady: Kubelet stopped posting node status',
      'MemoryPressure',
      'NetworkingReady: IPAMDNotReady',
      'KernelDeadlock: DockerHung',
    ]);
  });

  it('is alarmed by no condition whose type it does not know', () => {
    const strangers = ['EtcdIsVoter', 'VpcReady', 'IOPressure', 'AppProblem', 'WarmedUp'];
    for (const status of ['True', 'False', 'Unknown']) {
      const conditions = strangers.map((type) => condition(type, status, 'Because', 'x'));
      expect(nodeProblems(node([condition('Ready', 'True'), ...conditions]))).toEqual([]);
    }
  });

  it.each([
    ['AcceleratedHardwareReady', 'False'],
    ['ContainerRuntimeReady', 'False'],
    ['KernelReady', 'False'],
    ['NetworkingReady', 'False'],
    ['StorageReady', 'False'],
    ['PIDPressure', 'True'],
    ['NetworkUnavailable', 'True'],
    ['ReadonlyFilesystem', 'True'],
    ['FrequentContainerdRestart', 'True'],
    ['XfsShutdown', 'True'],
  ])('knows that %s=%s is a trouble, and its opposite none', (type, status) => {
    const opposite = status === 'True' ? 'False' : 'True';
    expect(nodeProblems(node([condition(type, status, 'Why')]))).toEqual([`${type}: Why`]);
    expect(nodeProblems(node([condition(type, opposite, 'Why')]))).toEqual([]);
    expect(nodeProblems(node([condition(type, 'Unknown', 'Why')]))).toEqual([]);
  });

  it('reads roles from both labels', () => {
    expect(
      nodeRoles({
        'node-role.kubernetes.io/worker': '',
        'node-role.kubernetes.io/': '',
        'kubernetes.io/role': 'edge',
      }),
    ).toBe('edge,worker');
  });
});

describe('what a node is', () => {
  const EC2 = 'aws:///eu-central-1b/i-0abc123';

  it.each([
    [
      'fargate',
      { 'eks.amazonaws.com/compute-type': 'fargate', 'eks.amazonaws.com/nodegroup': 'x' },
      'aws:///eu-central-1a/0a1b-2c/fargate-ip-10-0-1-2.eu-central-1.compute.internal',
      { compute: 'fargate', group: '', capacity: 'fargate', instanceId: '', zone: 'eu-central-1a' },
    ],
    [
      'Auto Mode',
      {
        'eks.amazonaws.com/compute-type': 'auto',
        'karpenter.sh/nodepool': 'general-purpose',
        'karpenter.sh/capacity-type': 'spot',
      },
      EC2,
      { compute: 'auto', group: 'general-purpose', capacity: 'spot', instanceId: 'i-0abc123' },
    ],
    [
      'hybrid',
      { 'eks.amazonaws.com/compute-type': 'hybrid' },
      'eks-hybrid:///eu-central-1/prod/mi-0123',
      { compute: 'hybrid', group: '', capacity: '', instanceId: 'mi-0123', zone: '' },
    ],
    [
      'managed',
      {
        'eks.amazonaws.com/nodegroup': 'web',
        'eks.amazonaws.com/capacityType': 'SPOT',
        'alpha.eksctl.io/nodegroup-name': 'web',
        'karpenter.sh/nodepool': 'p',
      },
      EC2,
      {
        compute: 'managed',
        group: 'web',
        capacity: 'spot',
        zone: 'eu-central-1b',
        region: 'eu-central-1',
      },
    ],
    [
      'Karpenter',
      { 'karpenter.sh/nodepool': 'p', 'karpenter.sh/capacity-type': 'reserved' },
      EC2,
      { compute: 'karpenter', group: 'p', capacity: 'reserved' },
    ],
    [
      'old Karpenter',
      { 'karpenter.sh/provisioner-name': 'default', 'karpenter.sh/capacity-type': 'on-demand' },
      EC2,
      { compute: 'karpenter', group: 'default', capacity: 'on-demand' },
    ],
    [
      'eksctl',
      { 'alpha.eksctl.io/nodegroup-name': 'ng', 'node.kubernetes.io/lifecycle': 'spot' },
      EC2,
      { compute: 'eksctl', group: 'ng', capacity: 'spot' },
    ],
    ['self-managed', {}, EC2, { compute: 'self-managed', group: '', capacity: '' }],
    ['kind', {}, 'kind://docker/kind/worker', { compute: 'node', instanceId: '', zone: '' }],
    ['nothing', {}, '', { compute: 'node', instanceId: '', region: '' }],
  ])('%s', (_, labels, providerId, expected) => {
    expect(computeOf(labels, providerId)).toMatchObject(expected);
  });

  it('prefers labels to the provider id', () => {
    const labels = {
      'topology.kubernetes.io/zone': 'us-west-2-lax-1a',
      'topology.k8s.aws/zone-id': 'usw2-lax1-az1',
      'node.kubernetes.io/instance-type': 'm7i.xlarge',
    };
    expect(computeOf(labels, EC2)).toMatchObject({
      zone: 'us-west-2-lax-1a',
      zoneId: 'usw2-lax1-az1',
      region: 'us-west-2',
      instanceType: 'm7i.xlarge',
    });
  });
});

describe('the group of a node', () => {
  it.each([
    [{ compute: 'managed', group: 'web', nodegroup: 'managed/web' }, 'web'],
    [{ compute: 'fargate', group: '', nodegroup: 'fargate/payments' }, 'payments'],
    [{ compute: 'self-managed', group: '', nodegroup: 'self-managed/asg-1' }, 'asg-1'],
    [{ compute: 'self-managed', group: '', nodegroup: 'self-managed/' }, 'self-managed nodes'],
    [{ compute: 'hybrid', group: '', nodegroup: 'hybrid/' }, 'hybrid nodes'],
    [{ compute: 'auto', group: '', nodegroup: 'auto/' }, 'Auto Mode nodes'],
    [{ compute: 'managed', group: '', nodegroup: '' }, ''],
    [{ compute: 'node', group: '', nodegroup: 'node/' }, ''],
  ] as const)('%j is %s', (node, name) => {
    expect(groupOfNode(node)).toBe(name);
  });

  it('tells how a node is paid where its own labels do not', () => {
    const node = { compute: 'self-managed', capacity: '', groupCapacity: null } as const;
    expect(capacityOfNode(node)).toBeNull();
    expect(capacityOfNode({ ...node, groupCapacity: 'spot' })).toBe('spot');
    expect(capacityOfNode({ ...node, capacity: 'on-demand', groupCapacity: 'spot' })).toBe(
      'on-demand',
    );
    expect(capacityOfNode({ ...node, compute: 'hybrid' })).toBe('');
  });
});
