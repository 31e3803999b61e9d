import { describe, expect, it } from 'vitest';
import { whyPod as whyPodRule } from '../../../../src/domain/why/pod/index.ts';
import { container, podRow } from '../../../support/rows.ts';
import { iso, MINUTE, why } from './pod-case.ts';
import { NOW, worldOf, answers } from './world.ts';

const whyPod = answers(whyPodRule);

const waiting = (reason: string, message = '', more: object = {}) => ({
  status: {
    phase: 'Pending',
    containerStatuses: [{ name: 'api', state: { waiting: { reason, message } }, ...more }],
  },
});

const running = (more: object, conditions: readonly object[] = []) => ({
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False' }, ...conditions],
    containerStatuses: [
      { name: 'api', state: { running: { startedAt: iso(5 * MINUTE) } }, ready: false, ...more },
    ],
  },
});

describe('an image that cannot be had', () => {
  it.each([
    [
      'containerd 2',
      'Back-off pulling image "shop/api:2": ErrImagePull: failed to pull and unpack image "docker.io/shop/api:2": failed to resolve reference "docker.io/shop/api:2": docker.io/shop/api:2: not found',
      'container api: image shop/api:2 is not in its registry',
    ],
    [
      'containerd 1',
      'Back-off pulling image "shop/api:2": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/shop/api:2": no match for platform in manifest: not found',
      'container api: image shop/api:2 has no build for arm64',
    ],
    [
      'Docker Hub',
      'Back-off pulling image "shop/api:2": ErrImagePull: failed to pull and unpack image "docker.io/shop/api:2": failed to resolve reference "docker.io/shop/api:2": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'container api: image shop/api:2 is not there, or may not be pulled without other credentials',
    ],
    [
      'Docker Hub, limited',
      'Back-off pulling image "shop/api:2": ErrImagePull: rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/shop/api:2": failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/shop/api/manifests/sha256:1: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.',
      'container api: the registry or the node takes no more pulls for now (image shop/api:2)',
    ],
    [
      'ECR',
      'Back-off pulling image "shop/api:2": ErrImagePull: failed to pull and unpack image: failed to resolve reference: unexpected status from HEAD request to https://1234.dkr.ecr.eu-central-1.amazonaws.com/v2/api/manifests/2: 403 Forbidden',
      'container api: the registry does not let the node pull image shop/api:2',
    ],
    [
      'a registry without a name',
      'Back-off pulling image "shop/api:2": ErrImagePull: failed to do request: Head "https://registry.local/v2/api/manifests/2": dial tcp: lookup registry.local on 10.0.0.2:53: no such host',
      'container api: the registry of image shop/api:2 cannot be reached from its node',
    ],
    [
      'an address that has the digits of a status',
      'ErrImagePull: failed to pull and unpack image "602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/coredns:v1": failed to resolve reference "602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/coredns:v1": failed to do request: Head "https://602401143452.dkr.ecr.us-west-2.amazonaws.com/v2/eks/coredns/manifests/v1": dial tcp 10.0.3.11:443: i/o timeout',
      'container api: the registry of image shop/api:2 cannot be reached from its node',
    ],
    [
      'a port that has them',
      'ErrImagePull: failed to pull and unpack image "quay.io/org/app:1": failed to copy: read tcp 10.0.0.5:54032->54.1.2.3:443: read: connection reset by peer',
      'container api: the registry of image shop/api:2 cannot be reached from its node',
    ],
    [
      'a layer whose key has them',
      'ErrImagePull: failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/1a2b-8f4297c1/5d0c403e": dial tcp 52.218.1.1:443: i/o timeout',
      'container api: the registry of image shop/api:2 cannot be reached from its node',
    ],
  ])('%s', (_, message, sentence) => {
    expect(why(waiting('ImagePullBackOff', message))).toMatchObject({
      sentence,
      certainty: 'said',
    });
  });

  it.each([
    'dial tcp 10.0.3.11:443: connect: connection timed out',
    'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'dial tcp: lookup registry.local: Temporary failure in name resolution',
    'dial tcp 10.0.3.11:443: connect: host is unreachable',
    'remote error: tls: handshake failure',
    'write tcp 10.0.0.5:40312->54.1.2.3:443: write: broken pipe',
  ])('fails on the way to it: %s', (said) => {
    const message = `failed to do request: Head "https://registry.local/v2/api/manifests/2": ${said}`;
    expect(why(waiting('ErrImagePull', message))?.sentence).toBe(
      'container api: the registry of image shop/api:2 cannot be reached from its node',
    );
  });

  it.each([
    [
      'RegistryUnavailable',
      'image pull failed for shop/api:2 because the registry is unavailable',
      'the registry of image shop/api:2 cannot be reached from its node',
    ],
    [
      'SignatureValidationFailed',
      'image pull failed for shop/api:2 because the signature validation failed',
      'image shop/api:2 has no signature that its node accepts',
    ],
    [
      'ErrImagePull',
      'failed to pull and unpack image "docker.io/shop/api:2": failed to extract layer sha256:1: lchown /x: invalid argument: unknown',
      'image shop/api:2 cannot be pulled: failed to extract layer sha256:1: lchown /x: invalid argument: shop/api:2',
    ],
  ])('is told by the reason of the runtime: %s', (reason, message, words) => {
    expect(why(waiting(reason, message))?.sentence).toBe(`container api: ${words}`);
  });

  it('is not unreachable where a registry answers that something behind it is slow', () => {
    const message =
      'unexpected status from HEAD request to https://registry.local/v2/api/manifests/2: 504 Gateway Timeout';
    expect(why(waiting('ErrImagePull', message))?.sentence).toBe(
      'container api: image shop/api:2 cannot be pulled: 504 Gateway Timeout: shop/api:2',
    );
  });

  it('has no status by a number far behind the word, which a long message may repeat', () => {
    const far = (status: string) => `${'status '.repeat(4_000)}${'x '.repeat(100)}${status}`;
    for (const status of ['403', '429']) {
      expect(why(waiting('ErrImagePull', far(status)))?.sentence).toMatch(
        /^container api: image shop\/api:2 cannot be pulled: status/,
      );
    }
  });

  it('older kubelets say it in an event alone', () => {
    const status = waiting('ImagePullBackOff', 'Back-off pulling image "shop/api:2"');
    expect(why(status)).toMatchObject({
      certainty: 'unknown',
      sentence: 'container api: image shop/api:2 cannot be pulled',
    });
    const message =
      'Failed to pull image "shop/api:2": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/shop/api:2": failed to resolve reference "docker.io/shop/api:2": docker.io/shop/api:2: not found';
    const found = why({ ...status, events: [{ reason: 'Failed', message, container: 'api' }] });
    expect(found?.sentence).toBe('container api: image shop/api:2 is not in its registry');
  });
});

describe('a container that cannot be made', () => {
  it.each([
    [
      'CreateContainerConfigError',
      'secret "db" not found',
      'container api needs secret db, which is not there',
    ],
    [
      'CreateContainerConfigError',
      "couldn't find key DB_URL in Secret shop/db",
      'container api needs key DB_URL of secret shop/db, which has none of that name',
    ],
  ])('%s: %s', (reason, message, sentence) => {
    expect(why(waiting(reason, message))?.sentence).toBe(sentence);
  });
});

describe('a pod that is being set up on its node', () => {
  const creating = waiting('ContainerCreating');

  it.each([
    [
      'FailedMount',
      'MountVolume.SetUp failed for volume "config" : configmap "redis-cofig" not found',
      'its volume config needs configmap redis-cofig, which is not there',
    ],
    [
      'FailedMount',
      'MountVolume.SetUp failed for volume "config-volume" : configmap references non-existent config key: missing-key',
      'its volume config-volume needs key missing-key, which is not there',
    ],
    [
      'FailedAttachVolume',
      'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) db-0',
      'its volume pvc-1 is still attached elsewhere: used by db-0',
    ],
    [
      'FailedAttachVolume',
      'AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Internal desc = Could not attach volume "vol-1" to node "i-1": attachment limit exceeded',
      'its volume pvc-1 cannot be attached: Could not attach volume "vol-1" to node "i-1": attachment limit exceeded',
    ],
    [
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "14bffa7734d01abd808dead23744386135518961ab240ba48b88a9e269398126": plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
      'the VPC CNI had no free IP for it on n1',
    ],
    [
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "gvisor" is configured',
      'n1 cannot set up its sandbox: failed to get sandbox runtime: no runtime for "gvisor" is configured',
    ],
  ])('%s: %s', (reason, message, sentence) => {
    const timeout = {
      reason: 'FailedMount',
      message:
        'Unable to attach or mount volumes: unmounted volumes=[config], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition',
    };
    const events =
      reason === 'FailedMount' ? [timeout, { reason, message }] : [{ reason, message }];
    expect(why({ ...creating, events })?.sentence).toBe(sentence);
  });

  it('looks whether the pod of the CNI is well where the CNI does not answer', () => {
    const message =
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "1c18b4373dd31dcc13500dd1f8465bf34ce1659560b9ad430ff75d543b9d6775": plugin type="aws-cni" name="aws-cni" failed (add): add cmd: Error received from AddNetwork gRPC call: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:50051: connect: connection refused"';
    const subject = podRow({
      ...{ name: 'api', namespace: 'shop', phase: 'Pending', status: 'ContainerCreating' },
      ...{ node: 'n1', isReady: false },
    });
    const cni = podRow({
      ...{ name: 'aws-node-x', namespace: 'kube-system', node: 'n1', isReady: false },
      ...{ status: 'CrashLoopBackOff', labels: { 'k8s-app': 'aws-node' } },
    });
    const events = { 'Pod/shop/api': [{ reason: 'FailedCreatePodSandBox', message }] };
    const found = whyPod(subject, worldOf({ rows: { pods: [subject, cni] }, events }));
    expect(found).toMatchObject({
      certainty: 'deduced',
      sentence:
        'the VPC CNI on n1 does not answer as it should: aws-node-x there is CrashLoopBackOff, not ready',
    });
  });
});

const crashed = (
  terminated: object,
  state: object = { waiting: { reason: 'CrashLoopBackOff' } },
) => ({
  status: {
    phase: 'Running',
    containerStatuses: [{ name: 'api', state, lastState: { terminated }, restartCount: 4 }],
  },
});

describe('a container that ended badly', () => {
  const ended = (given: object) => ({ finishedAt: iso(2 * MINUTE), ...given });

  it.each([
    [ended({ exitCode: 1, reason: 'Error' }), 'ended with exit 1'],
    [ended({ exitCode: 139, reason: 'Error' }), 'was ended by SIGSEGV (exit 139)'],
    [
      ended({ exitCode: 127, reason: 'Error' }),
      'ended with exit 127: by convention, a command that is not there',
    ],
    [ended({ exitCode: 0, reason: 'Completed' }), 'ends by itself (exit 0), and is started again'],
  ])('%o', (terminated, words) => {
    expect(why(crashed(terminated))?.sentence).toBe(
      `container api ${words}, 4 restarts; it waits before it is started again`,
    );
  });

  it('names the limit that it went over', () => {
    const containers = [{ name: 'api', image: 'a', resources: { limits: { memory: '256Mi' } } }];
    const terminated = ended({ exitCode: 137, reason: 'OOMKilled' });
    expect(why({ ...crashed(terminated), spec: { containers } })?.sentence).toBe(
      'container api used more memory than its limit of 256Mi (OOMKilled), 4 restarts; it waits before it is started again',
    );
  });

  it('knows a probe that had it ended', () => {
    const events = [
      {
        reason: 'Killing',
        message: 'Container api failed liveness probe, will be restarted',
        container: 'api',
        at: NOW - 2 * MINUTE,
      },
      {
        reason: 'Unhealthy',
        message: 'Liveness probe failed: HTTP probe failed with statuscode: 500',
        container: 'api',
      },
    ];
    const terminated = ended({ exitCode: 137, reason: 'Error' });
    expect(why({ ...crashed(terminated), events })?.sentence).toBe(
      'container api was ended because its liveness probe failed: HTTP probe failed with statuscode: 500, 4 restarts; it waits before it is started again',
    );
  });

  it('an init container keeps all after it from starting', () => {
    const found = why({
      spec: { initContainers: [{ name: 'migrate', image: 'm' }] },
      status: {
        phase: 'Pending',
        initContainerStatuses: [
          {
            name: 'migrate',
            state: { terminated: ended({ exitCode: 3, reason: 'Error' }) },
            restartCount: 0,
          },
        ],
        containerStatuses: [{ name: 'api', state: { waiting: { reason: 'PodInitializing' } } }],
      },
    });
    expect(found?.sentence).toBe(
      'init container migrate ended with exit 3; nothing after it starts',
    );
  });
});

describe('a pod that runs and is not ready', () => {
  it('says how its probe fails', () => {
    const events = [
      {
        reason: 'Unhealthy',
        message:
          'Readiness probe failed: Get "http://10.1.0.7:8080/ready": dial tcp 10.1.0.7:8080: connect: connection refused',
        container: 'api',
        count: 12,
      },
    ];
    const containers = [{ name: 'api', image: 'a', readinessProbe: { httpGet: {} } }];
    expect(why({ ...running({}), spec: { containers }, events })).toMatchObject({
      certainty: 'said',
      sentence:
        'container api is not ready: its readiness probe fails: Get "http://10.1.0.7:8080/ready": dial tcp 10.1.0.7:8080: connect: connection refused',
    });
    expect(why({ ...running({}), spec: { containers } })).toMatchObject({
      certainty: 'unknown',
      sentence:
        'container api is not ready: its readiness probe has not passed, and no event says how it fails',
    });
  });

  it('counts as that with its node, unless the kubelet there still tells of its probes', () => {
    const problems = ['NotReady: Kubelet stopped posting node status'];
    const node = { isReady: false, problems, readySince: NOW - 5 * MINUTE };
    const lost = { ...running({ ready: true }, [{ type: 'Ready', status: 'False' }]), node };
    const sentence =
      'it counts as not ready, as its node n1 is not: Kubelet stopped posting node status';
    expect(why(lost)).toMatchObject({ sentence, certainty: 'deduced' });
    // The kubelet tells its pressures before whether it is ready.
    const pressed = { ...node, problems: ['MemoryPressure', ...problems] };
    expect(why({ ...lost, node: pressed })?.sentence).toBe(
      'it counts as not ready, as its node n1 is not: MemoryPressure, Kubelet stopped posting node status',
    );
    const failed = {
      reason: 'Unhealthy',
      message: 'Readiness probe failed: HTTP 503',
      container: 'api',
    };
    const unready = { ...running({}), node };
    expect(why({ ...unready, events: [{ ...failed, at: NOW - 9 * MINUTE }] })?.sentence).toBe(
      sentence,
    );
    expect(why({ ...unready, events: [{ ...failed, at: NOW - MINUTE }] })?.sentence).toBe(
      'container api is not ready: its readiness probe fails: HTTP 503',
    );
  });

  it('waits for its target group', () => {
    const type = 'target-health.elbv2.k8s.aws/k8s-shop-api';
    const condition = {
      ...{ type, status: 'False', reason: 'Target.ResponseCodeMismatch' },
      message: 'Health checks failed with these codes: [404]',
    };
    expect(
      why({
        ...running({ ready: true }, [condition]),
        spec: { readinessGates: [{ conditionType: type }], containers: [{ name: 'api' }] },
      })?.sentence,
    ).toBe(
      'its containers are ready; its load balancer does not take it yet: Target.ResponseCodeMismatch: Health checks failed with these codes: [404]',
    );
  });
});

it('of a pod that is well there is nothing to find', () => {
  const ready = { ready: true };
  const conditions = [{ type: 'Ready', status: 'True' }];
  const status = { ...running(ready).status, conditions };
  expect(why({ status })).toBeNull();
});

it('where a pod is that crashes stands beside it', () => {
  const row = podRow({
    ...{ name: 'api', namespace: 'shop', phase: 'Running', status: 'CrashLoopBackOff' },
    ...{ node: 'ip-10-0-3-9.ec2.internal', zone: 'eu-central-1b', group: 'general' },
    ...{ instanceType: 'm5.large', isReady: false },
    containers: [
      container({
        ...{ name: 'api', state: 'waiting', reason: 'CrashLoopBackOff', restarts: 3 },
        lastExit: { reason: 'Error', exitCode: 1, at: NOW, message: '' },
      }),
    ],
  });
  expect(whyPod(row, worldOf({}))?.evidence).toContainEqual({
    source: 'node ip-10-0-3-9',
    text: '1b · general · m5.large',
    about: { kind: 'Node', namespace: '', name: 'ip-10-0-3-9.ec2.internal' },
  });
});
