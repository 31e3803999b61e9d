import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../../src/domain/why/finding.ts';
import { whyClaim as whyClaimRule } from '../../../../src/domain/why/claim.ts';
import { whyHpa as whyHpaRule } from '../../../../src/domain/why/hpa.ts';
import { whyIngress as whyIngressRule } from '../../../../src/domain/why/ingress.ts';
import { whyJob as whyJobRule } from '../../../../src/domain/why/job.ts';
import { whyNode as whyNodeRule } from '../../../../src/domain/why/node.ts';
import { hpaRow, jobRow, nodeRow, podRow, rowOf, serviceRow } from '../../../support/rows.ts';
import { NOW, worldOf, answers } from './world.ts';

const whyClaim = answers(whyClaimRule);
const whyHpa = answers(whyHpaRule);
const whyIngress = answers(whyIngressRule);
const whyJob = answers(whyJobRule);
const whyNode = answers(whyNodeRule);

describe('a claim without a volume', () => {
  const claim = (given: object = {}) =>
    rowOf('persistentvolumeclaims', {
      ...{ name: 'data', namespace: 'shop', phase: 'Pending', storageClass: 'gp3' },
      ...given,
    });
  const gp3 = (binding: string) =>
    rowOf('storageclasses', { name: 'gp3', provisioner: 'ebs.csi.aws.com', binding });
  const ask = (
    row: ReturnType<typeof claim>,
    events: readonly Partial<Happening>[],
    binding = '',
  ) =>
    whyClaim(
      row,
      worldOf({
        rows: { storageclasses: binding === '' ? [] : [gp3(binding)] },
        events: { 'PersistentVolumeClaim/shop/data': events },
      }),
    );

  it.each([
    ['there is no storage class gp3', 'deduced', claim(), [], ''],
    [
      'its volume is made once a pod that uses it is scheduled: none is',
      'said',
      claim(),
      [
        {
          reason: 'WaitForFirstConsumer',
          message: 'waiting for first consumer to be created before binding',
        },
      ],
      'WaitForFirstConsumer',
    ],
    [
      'its volume cannot be made: Could not create volume "pvc-1" in EC2: operation error EC2: CreateVolume, UnauthorizedOperation',
      'said',
      claim(),
      [
        {
          reason: 'ProvisioningFailed',
          message:
            'failed to provision volume with StorageClass "gp3": rpc error: code = Internal desc = Could not create volume "pvc-1" in EC2: operation error EC2: CreateVolume, UnauthorizedOperation',
        },
      ],
      'Immediate',
    ],
    [
      'it waits for ebs.csi.aws.com, which has made no volume so far',
      'said',
      claim(),
      [
        {
          reason: 'ExternalProvisioning',
          message:
            "Waiting for a volume to be created either by the external provisioner 'ebs.csi.aws.com' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
        },
      ],
      'Immediate',
    ],
    [
      'it names no storage class, and no volume fits it',
      'said',
      claim({ storageClass: '' }),
      [
        {
          reason: 'FailedBinding',
          message: 'no persistent volumes available for this claim and no storage class is set',
        },
      ],
      'Immediate',
    ],
    ['it has no volume, and no event says why', 'unknown', claim(), [], 'Immediate'],
    [
      'its volume pv-1 is gone, and what was on it',
      'said',
      claim({ phase: 'Lost', volume: 'pv-1' }),
      [],
      '',
    ],
  ])('%s', (sentence, certainty, row, events, binding) => {
    expect(ask(row, events, binding)).toMatchObject({ sentence, certainty });
  });

  it('that is bound has nothing to explain', () => {
    expect(ask(claim({ phase: 'Bound' }), [])).toBeNull();
  });
});

describe('an autoscaler that does not scale', () => {
  const hpa = (type: string, reason: string, message: string) =>
    hpaRow({
      ...{ name: 'api', namespace: 'shop', targetKind: 'Deployment', targetName: 'api' },
      conditions: [{ type, status: 'False', reason, message, at: 1 }],
    });

  it.each([
    [
      hpa(
        'AbleToScale',
        'FailedGetScale',
        'the HPA controller was unable to get the target\'s current scale: deployments.apps "api" not found',
      ),
      'it cannot scale deployment/api: cannot get the target\'s current scale: deployments.apps "api" not found',
    ],
    [
      hpa(
        'ScalingActive',
        'FailedGetResourceMetric',
        'the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu in container envoy of Pod api-1',
      ),
      'it cannot tell the share that is used: container envoy has no cpu request',
    ],
    [
      hpa(
        'ScalingActive',
        'AmbiguousSelector',
        'pods by selector app=api are controlled by multiple HPAs: [shop/api shop/api-2]',
      ),
      'it stands still, as another HPA has the same pods: pods by selector app=api are controlled by multiple HPAs: [shop/api shop/api-2]',
    ],
    [
      hpa(
        'ScalingActive',
        'ScalingDisabled',
        'scaling is disabled since the replica count of the target is zero',
      ),
      'it rests: deployment/api has 0 replicas, and scaling begins with one',
    ],
  ])('%#', (row, sentence) => {
    expect(whyHpa(row, worldOf({}))).toMatchObject({ sentence, certainty: 'said' });
  });
});

describe('a job', () => {
  const job = (given: object) =>
    jobRow({ name: 'load', namespace: 'shop', started: NOW - 600_000, ...given });

  it('that has failed has the cause of its pods', () => {
    const row = job({ status: 'Failed', reason: 'BackoffLimitExceeded', failed: 2 });
    const pods = ['a', 'b'].map((name) =>
      podRow({
        ...{ name, namespace: 'shop', ownerKind: 'Job', ownerName: 'load', phase: 'Failed' },
        ...{ status: 'Error', cause: 'exit 3 (Error)', isReady: false },
      }),
    );
    expect(whyJob(row, worldOf({ rows: { pods } }))?.sentence).toBe(
      'it has failed (BackoffLimitExceeded): a: Error · exit 3 (Error)',
    );
  });

  it.each([
    [
      'BackoffLimitExceeded',
      'Job has reached the specified backoff limit',
      'its pods have failed 2 times, and its backoffLimit is 1',
    ],
    [
      'DeadlineExceeded',
      'Job was active longer than specified deadline',
      'it ran longer than its activeDeadlineSeconds allow',
    ],
    [
      'FailedIndexes',
      'Job has failed indexes',
      'some of its indexes have failed as often as they may',
    ],
    [
      'PodFailurePolicy',
      'Container app for pod shop/load-1 failed with exit code 42 matching FailJob rule at index 0',
      'PodFailurePolicy: Container app for pod shop/load-1 failed with exit code 42 matching FailJob rule at index 0',
    ],
  ])('that has failed, and whose pods are gone, says for what: %s', (reason, message, words) => {
    const row = job({ status: 'Failed', reason, message, failed: 2, backoffLimit: 1 });
    expect(whyJob(row, worldOf({}))?.sentence).toBe(
      `it has failed: ${words}; its pods are gone, and their causes with them`,
    );
  });

  it.each([
    [undefined, 'the job controller has not begun it so far'],
    ['kubernetes.io/job-controller', 'the job controller has not begun it so far'],
    [
      'kueue.x-k8s.io/multikueue',
      'kueue.x-k8s.io/multikueue, to which it is left, has not begun it so far',
    ],
  ])('may be left to a controller that does not begin it: %s', (managedBy, sentence) => {
    const objects = { 'jobs/shop/load': { spec: { managedBy } } };
    const ask = (created: number) =>
      whyJob(job({ status: 'Running', started: 0, created }), worldOf({ objects }));
    expect(ask(NOW - 600_000)?.sentence).toBe(sentence);
    expect(ask(NOW)).toBeNull();
  });

  it('may be suspended, be refused pods, or be well', () => {
    expect(whyJob(job({ suspended: true, status: 'Suspended' }), worldOf({}))?.sentence).toBe(
      'it is suspended, and starts no pods before it is resumed',
    );
    const message =
      'Error creating: pods "load-x" is forbidden: exceeded quota: few, requested: pods=1, used: pods=4, limited: pods=4';
    const events = { 'Job/shop/load': [{ reason: 'FailedCreate', message }] };
    expect(whyJob(job({ status: 'Running' }), worldOf({ events }))?.sentence).toBe(
      'its pods are not made: quota few is used up: pods 1 wanted, 4 of 4 used',
    );
    const objects = { 'jobs/shop/load': { spec: { parallelism: 0 } } };
    expect(whyJob(job({ status: 'Running', active: 0 }), worldOf({ objects }))?.sentence).toBe(
      'it is to have no pods at a time: its parallelism is 0',
    );
    expect(whyJob(job({ status: 'Complete' }), worldOf({}))).toBeNull();
    expect(whyJob(job({ status: 'Running', active: 1 }), worldOf({}))).toBeNull();
  });
});

describe('a node that is not ready', () => {
  const node = nodeRow({
    name: 'n1',
    isReady: false,
    status: 'NotReady',
    problems: ['NotReady: x'],
  });
  const ask = (status: string, message: string, pods: ReturnType<typeof podRow>[] = []) =>
    whyNode(
      node,
      worldOf({
        rows: { pods },
        objects: {
          'nodes//n1': {
            status: { conditions: [{ type: 'Ready', status, reason: 'KubeletNotReady', message }] },
          },
        },
      }),
    );

  it('has lost its kubelet', () => {
    expect(ask('Unknown', 'Kubelet stopped posting node status.')?.sentence).toBe(
      'its kubelet says nothing any more: the instance is gone or stuck, or cannot reach the API server',
    );
  });

  it('has not said how it is', () => {
    const fresh = nodeRow({ name: 'n1', isReady: false, status: 'Unknown', problems: [] });
    const objects = { 'nodes//n1': { status: { conditions: [] } } };
    expect(whyNode(fresh, worldOf({ objects }))?.sentence).toBe(
      'its kubelet is not ready: it has not told so far how it is',
    );
    const silent = nodeRow({
      ...fresh,
      status: 'NotReady',
      problems: ['NotReady: no reason given'],
    });
    expect(whyNode(silent, worldOf({ objects }))?.sentence).toBe(
      'its kubelet is not ready: no reason given',
    );
  });

  it('has no network, by the pod of its plugin', () => {
    const message =
      'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
    const cni = podRow({
      ...{ name: 'aws-node-x', namespace: 'kube-system', node: 'n1', isReady: false },
      ...{ status: 'ImagePullBackOff', labels: { 'k8s-app': 'aws-node' } },
    });
    expect(ask('False', message, [cni])?.sentence).toBe(
      'its network plugin is not ready: pod aws-node-x on it is ImagePullBackOff, not ready',
    );
    expect(ask('False', message)?.sentence).toBe(
      'its network plugin is not ready: no pod of aws-node is on it',
    );
  });

  it('says what its kubelet says, and what to do about it', () => {
    const found = ask('False', 'PLEG is not healthy: pleg was last seen active 4m0s ago.');
    expect(found?.sentence).toBe(
      'its kubelet is not ready: PLEG is not healthy: pleg was last seen active 4m0s ago',
    );
    expect(found?.next[0]).toContain('containerd');
    expect(ask('False', 'CSINode is not yet initialized')?.next).toEqual([]);
  });
});

describe('a node that is ready', () => {
  const ready = (given: object) => {
    const node = nodeRow({ name: 'n1', isReady: true, created: NOW - 600_000, ...given });
    return whyNode(node, worldOf({ objects: { 'nodes//n1': {} } }));
  };

  it('and reports trouble says what to do about it', () => {
    const found = ready({ problems: ['DiskPressure'] });
    expect(found?.sentence).toBe('it is ready, and reports: DiskPressure');
    expect(found?.next[0]).toContain('what fills its disk');
  });

  it.each([
    'ebs.csi.aws.com/agent-not-ready:NoExecute',
    'node.cilium.io/agent-not-ready=true:NoExecute',
    'node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule',
    'karpenter.sh/unregistered:NoExecute',
  ])('may wait for an agent that has not taken its taint away: %s', (taint) => {
    const found = ready({ taints: ['dedicated=x:NoSchedule', taint] });
    expect(found?.sentence).toBe(
      `it is ready, and no pod comes to it that does not tolerate ${taint}, which has not been taken away`,
    );
    expect(found?.next[0]).toContain(taint.split('/')[0]);
    // Agents take a while to start.
    expect(ready({ taints: [taint], created: NOW - 60_000 })).toBeNull();
    expect(ready({ taints: ['dedicated=x:NoSchedule'] })).toBeNull();
  });
});

describe('an ingress', () => {
  const backend = {
    host: '',
    path: '/',
    pathType: 'Prefix',
    service: 'api',
    port: '80',
    resource: '',
  };
  const ingress = (given: object = {}) =>
    rowOf('ingresses', {
      ...{ name: 'web', namespace: 'shop', backends: [backend], address: 'x.elb.amazonaws.com' },
      ...given,
    });

  it('leads nowhere without its service', () => {
    expect(whyIngress(ingress(), worldOf({}))?.sentence).toBe(
      'service api, which it sends to, is not there',
    );
    const services = [
      serviceRow({ name: 'api', namespace: 'shop', selector: { app: 'api' }, endpointsReady: 0 }),
    ];
    expect(whyIngress(ingress(), worldOf({ rows: { services } }))?.sentence).toBe(
      'behind service api: its selector app=api means no pod in shop',
    );
  });

  it('leads nowhere at a port that its service does not have', () => {
    const port = { name: 'web', port: 8080, targetPort: 'web', nodePort: 0, protocol: 'TCP' };
    const api = { name: 'api', namespace: 'shop', endpointsReady: 1 };
    const services = [serviceRow({ ...api, ports: [port] })];
    const found = whyIngress(ingress(), worldOf({ rows: { services } }));
    expect(found?.sentence).toBe('service api has no port 80, to which it sends');
    expect(found?.evidence.map(({ text }) => text)).toEqual(['backend api:80', 'ports web 8080']);
  });

  it('has no address', () => {
    const none = ingress({ address: '', className: 'alb', specClass: 'alb' });
    expect(whyIngress(none, worldOf({}))?.sentence).toBe(
      'it has no address: there is no ingress class alb',
    );
    const message =
      "Failed build model due to ingress: shop/web: couldn't auto-discover subnets: unable to resolve at least one subnet";
    const events = { 'Ingress/shop/web': [{ reason: 'FailedBuildModel', message }] };
    expect(whyIngress(none, worldOf({ events }))?.sentence).toBe(`it has no address: ${message}`);
    // Of a class that is there nobody says anything: what it sends to may be the reason.
    const ingressclasses = [rowOf('ingressclasses', { name: 'alb' })];
    expect(whyIngress(none, worldOf({ rows: { ingressclasses } }))?.sentence).toBe(
      'service api, which it sends to, is not there',
    );
    const services = [serviceRow({ name: 'api', namespace: 'shop', endpointsReady: 1 })];
    expect(whyIngress(none, worldOf({ rows: { ingressclasses, services } }))).toMatchObject({
      certainty: 'unknown',
      sentence: 'it has no address so far, and no event says why',
    });
  });
});
