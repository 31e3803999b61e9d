import { describe, expect, it } from 'vitest';
import { whyWorkload as whyWorkloadRule } from '../../../../src/domain/why/workload.ts';
import { nodeRow, podRow, workloadRow } from '../../../support/rows.ts';
import { NOW, worldOf, answers } from './world.ts';

const whyWorkload = answers(whyWorkloadRule);

const MINUTE = 60_000;

const deployment = (given: object = {}) =>
  workloadRow('Deployment', {
    name: 'api',
    namespace: 'shop',
    created: NOW - 60 * MINUTE,
    generation: 2,
    observedGeneration: 2,
    revision: '2',
    desired: 3,
    current: 3,
    updated: 3,
    ready: 3,
    available: 3,
    progressReason: 'NewReplicaSetAvailable',
    ...given,
  });

const set = (revision: string) =>
  workloadRow('ReplicaSet', {
    name: `api-${revision}`,
    namespace: 'shop',
    ownerKind: 'Deployment',
    ownerName: 'api',
    revision,
  });

const podOf = (name: string, revision: string, given: object = {}) =>
  podRow({
    ...{ name, namespace: 'shop', workload: 'api', workloadKind: 'Deployment' },
    ...{ ownerKind: 'ReplicaSet', ownerName: `api-${revision}`, node: 'n1' },
    ...given,
  });

const evicted = { phase: 'Running', isReady: false, status: 'Running', cause: 'not ready: api' };

describe('a deployment', () => {
  it('that is as it should be has nothing to explain', () => {
    expect(whyWorkload(deployment(), worldOf({}))).toBeNull();
    const none = { desired: 0, current: 0, updated: 0, ready: 0, available: 0 };
    expect(whyWorkload(deployment(none), worldOf({}))).toBeNull();
  });

  it.each([
    [
      'pods "api-2-9l7bw" is forbidden: exceeded quota: few, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
      'quota few is used up: requests.cpu 600m wanted, 600m of 1 used',
    ],
    [
      'pods "api-2-9l7bw" is forbidden: exceeded quota: few, requested: pods=1,requests.cpu=600m, used: pods=4,requests.cpu=600m, limited: pods=4,requests.cpu=1',
      'quota few is used up: pods 1 wanted, 4 of 4 used; requests.cpu 600m wanted, 600m of 1 used',
    ],
    [
      'pods "api-2-" is forbidden: failed quota: few: must specify requests.cpu for: api',
      'quota few takes only pods that say requests.cpu for: api',
    ],
    [
      'pods "api-2-" is forbidden: error looking up service account shop/ghost: serviceaccount "ghost" not found',
      'service account ghost is not there',
    ],
    [
      'pods "api-2-" is forbidden: no PriorityClass with name ghost was found',
      'priority class ghost is not there',
    ],
    [
      'admission webhook "validate.kyverno.svc-fail" denied the request: image has no digest',
      'admission webhook validate.kyverno.svc-fail refuses them: image has no digest',
    ],
    [
      'Internal error occurred: failed calling webhook "mpod.elbv2.k8s.aws": failed to call webhook: Post "https://x.kube-system.svc:443/mutate-v1-pod?timeout=10s": no endpoints available for service "x"',
      'admission webhook mpod.elbv2.k8s.aws does not answer: failed to call webhook: Post "https://x.kube-system.svc:443/mutate-v1-pod?timeout=10s": no endpoints available for service "x"',
    ],
    [
      'pods "api-2-x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true (pod or container "api" must set securityContext.runAsNonRoot=true)',
      'the namespace enforces pod security restricted:latest: runAsNonRoot != true (pod or container "api" must set securityContext.runAsNonRoot=true)',
    ],
    [
      'pods "api-2-" is forbidden: pod rejected: RuntimeClass "kata" not found',
      'runtime class kata is not there',
    ],
    [
      `pods "api-2-x" is forbidden: ValidatingAdmissionPolicy 'no-latest' with binding 'everywhere' denied request: images need a tag`,
      'admission policy no-latest refuses them: images need a tag',
    ],
    [
      'pods "api-2-x" is forbidden: maximum cpu usage per Container is 500m, but limit is 2',
      'a limit range of the namespace: maximum cpu usage per Container is 500m, but limit is 2',
    ],
    [
      'pods "api-2-x" is forbidden: [maximum cpu usage per Container is 500m, but limit is 2, minimum memory usage per Pod is 1Gi, but request is 32Mi]',
      'a limit range of the namespace: maximum cpu usage per Container is 500m, but limit is 2, minimum memory usage per Pod is 1Gi, but request is 32Mi',
    ],
    [
      'pods "api-2-x" is forbidden: cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000',
      'a limit range of the namespace: cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000',
    ],
  ])('whose pods are refused: %s', (message, words) => {
    const row = deployment({ current: 2, updated: 0, available: 2, ready: 2 });
    const events = {
      'ReplicaSet/shop/api-2': [{ reason: 'FailedCreate', message: `Error creating: ${message}` }],
    };
    const world = worldOf({ rows: { replicasets: [set('1'), set('2')] }, events });
    expect(whyWorkload(row, world)).toMatchObject({
      certainty: 'said',
      sentence: `its pods are not made: ${words}`,
    });
    // An hour later there is no event any more.
    const failed = deployment({ current: 2, updated: 0, available: 2, failure: message });
    expect(whyWorkload(failed, worldOf({}))?.sentence).toBe(`its pods are not made: ${words}`);
  });

  it('of which not all pods are made yet says how many are to come', () => {
    const row = workloadRow('StatefulSet', {
      ...{ name: 'db', namespace: 'shop', created: NOW - 60 * MINUTE, generation: 1 },
      ...{ observedGeneration: 1, desired: 3, current: 1, updated: 1, ready: 0, available: 0 },
    });
    const first = podOf('db-0', '', { ownerKind: 'StatefulSet', ownerName: 'db', workload: 'db' });
    const pods = [{ ...first, ...evicted, workloadKind: 'StatefulSet' }];
    expect(whyWorkload(row, worldOf({ rows: { pods } }))?.sentence).toMatch(
      /^1 of 1 pods is not ready, and 2 more are not made yet: /,
    );
  });

  it('whose new pods are not ready has the cause of these', () => {
    const row = deployment({
      ...{ current: 4, updated: 1, available: 3, progressReason: 'ProgressDeadlineExceeded' },
    });
    const waiting = {
      ...{
        phase: 'Pending',
        status: 'ImagePullBackOff',
        isReady: false,
        cause: 'not found: api:9',
      },
    };
    const pods = [podOf('api-1-a', '1'), podOf('api-1-b', '1'), podOf('api-2-c', '2', waiting)];
    const found = whyWorkload(row, worldOf({ rows: { pods, replicasets: [set('1'), set('2')] } }));
    expect(found?.sentence).toBe(
      'its rollout is over its progress deadline: 1 of 1 new pods is not ready: api-2-c: ImagePullBackOff · not found: api:9',
    );
    expect(found?.next).toContain('go back to the revision before, where that one worked (R)');
  });

  it('tells pods of one cause together', () => {
    const row = deployment({ available: 1, ready: 1 });
    const pods = [
      podOf('a', '2', evicted),
      podOf('b', '2', { ...evicted, cause: 'not ready: proxy' }),
      podOf('c', '2', evicted),
    ];
    const found = whyWorkload(row, worldOf({ rows: { pods, replicasets: [set('2')] } }));
    expect(found?.sentence).toMatch(/^3 of 3 pods are not ready: a: /);
    expect(found?.evidence.map(({ source, text }) => `${source}: ${text}`)).toEqual([
      'pod a: Running',
      'pod c: the same',
      'pod b: Running · not ready: proxy',
    ]);
  });

  it('of stable names waits for the pod that is still ending', () => {
    const row = deployment({ kind: 'StatefulSet', updated: 0, name: 'db', updateRevision: 'db-2' });
    const pod = podRow({
      ...{ name: 'db-1', namespace: 'shop', workload: 'db', workloadKind: 'StatefulSet' },
      ...{ ownerKind: 'StatefulSet', ownerName: 'db', node: 'n1', deleting: NOW + 10_000 },
    });
    const found = whyWorkload(row, worldOf({ rows: { pods: [pod] } }));
    expect(found?.sentence).toBe(
      'it waits for 1 pod that is being terminated: db-1: it is being terminated: its containers have time to end, at most 10s more',
    );
  });

  it('may be paused, or wait for minReadySeconds', () => {
    expect(whyWorkload(deployment({ paused: true, updated: 1 }), worldOf({}))?.sentence).toBe(
      'its rollout is paused: 1 of 3 pods are of the new template',
    );
    expect(whyWorkload(deployment({ available: 2 }), worldOf({}))?.sentence).toBe(
      '1 of 3 pods are ready, but not for as long yet as it asks (minReadySeconds)',
    );
  });

  it('says what could not be read', () => {
    const unread = { pods: 'pods are forbidden to dev' };
    const found = whyWorkload(deployment({ available: 1, ready: 1 }), worldOf({ unread }));
    expect(found?.sentence).toBe('1 of 3 updated replicas are available');
    expect(found?.unread).toEqual(['its pods: pods are forbidden to dev']);
  });
});

it('a deployment whose replica set is refused', () => {
  const progressMessage =
    'Failed to create new replica set "api-3": replicasets.apps "api-3" is forbidden: exceeded quota: few, requested: count/replicasets.apps=1, used: count/replicasets.apps=4, limited: count/replicasets.apps=4';
  const row = deployment({ progressReason: 'ReplicaSetCreateError', progressMessage, updated: 0 });
  expect(whyWorkload(row, worldOf({}))).toMatchObject({
    certainty: 'said',
    sentence:
      'its new replica set is not made: quota few is used up: count/replicasets.apps 1 wanted, 4 of 4 used',
    evidence: [{ about: { kind: 'ResourceQuota', namespace: 'shop', name: 'few' } }],
  });
});

describe('a daemon set without pods', () => {
  const set = workloadRow('DaemonSet', { name: 'gpu', namespace: 'shop', desired: 0 });
  const objects = {
    'daemonsets/shop/gpu': { spec: { template: { spec: { nodeSelector: { gpu: 'yes' } } } } },
  };
  const ask = (...labels: Record<string, string>[]) =>
    whyWorkload(
      set,
      worldOf({
        objects,
        rows: { nodes: labels.map((each, i) => nodeRow({ name: `n${i}`, labels: each })) },
      }),
    );

  it('says what no node has', () => {
    expect(ask({}, { gpu: 'no' })?.sentence).toBe(
      'there is no node for it: none of 2 matches its node selector gpu=yes',
    );
  });

  it('has nothing to explain where a node matches, or there is none at all', () => {
    expect(ask({}, { gpu: 'yes' })).toBeNull();
    expect(ask()).toBeNull();
  });
});

describe('a stateful set with a pod that is not ready', () => {
  const row = workloadRow('StatefulSet', {
    ...{ name: 'db', namespace: 'shop', generation: 3, observedGeneration: 3 },
    ...{ desired: 2, current: 2, ready: 1, available: 1, updateRevision: 'db-1' },
  });
  const podAt = (revision: string) =>
    podRow({
      ...{ name: 'db-1', namespace: 'shop', ownerKind: 'StatefulSet', ownerName: 'db' },
      ...{ workloadKind: 'StatefulSet', workload: 'db', isReady: false, phase: 'Pending' },
      ...{ status: 'Pending', cause: 'no room', labels: { 'controller-revision-hash': revision } },
    });
  const ask = (revision: string, spec: object = {}) =>
    whyWorkload(
      row,
      worldOf({ rows: { pods: [podAt(revision)] }, objects: { 'statefulsets/shop/db': { spec } } }),
    );

  it('of a template that was mended since says that it must be deleted', () => {
    const found = ask('db-2');
    expect(found?.sentence).toMatch(
      /: no room; it is of an earlier template, and not replaced before it is ready$/,
    );
    expect(found?.next).toEqual(['delete pod db-1: the next one has the template as it is now']);
    expect(found?.evidence).toContainEqual({
      source: 'pod db-1',
      text: 'of db-2, where the set is at db-1',
      about: { kind: 'Pod', namespace: 'shop', name: 'db-1' },
    });
  });

  it('of its own template, or where pods are made all at once, does not', () => {
    expect(ask('db-1')?.sentence).toMatch(/: no room$/);
    expect(ask('db-2', { podManagementPolicy: 'Parallel' })?.sentence).toMatch(/: no room$/);
  });
});

it('a deployment that has worked for long is not to be gone back from', () => {
  const row = deployment({ ready: 2, available: 2 });
  const pods = [podOf('api-2-c', '2', evicted)];
  const next = (age: number) => {
    const newest = { ...set('2'), created: NOW - age };
    return whyWorkload(row, worldOf({ rows: { pods, replicasets: [newest] } }))?.next;
  };
  const back = 'go back to the revision before, where that one worked (R)';
  expect(next(10 * MINUTE)).toContain(back);
  expect(next(90 * MINUTE)).not.toContain(back);
});

it.each([
  [{}, 3, true],
  [{}, 4, false],
  [{ maxUnavailable: 0 }, 40, true],
  [{ maxUnavailable: '10%' }, 9, true],
  [{ maxUnavailable: 1 }, 2, false],
])(
  'a new pod without a place, with %j of %i: an old one must go first: %s',
  (rollingUpdate, desired, isMatter) => {
    const row = deployment({
      desired,
      current: desired + 1,
      updated: 1,
      ready: desired,
      available: desired,
      progressReason: 'ReplicaSetUpdated',
    });
    const pending = {
      isReady: false,
      phase: 'Pending',
      status: 'Pending',
      node: '',
      cause: 'no room',
    };
    const pods = [podOf('api-1-a', '1'), podOf('api-2-a', '2', pending)];
    const found = whyWorkload(
      row,
      worldOf({
        rows: { pods, replicasets: [set('1'), set('2')] },
        objects: { 'deployments/shop/api': { spec: { strategy: { rollingUpdate } } } },
      }),
    );
    expect(found?.next.some((step) => step.startsWith('let an old pod go first'))).toBe(isMatter);
  },
);
