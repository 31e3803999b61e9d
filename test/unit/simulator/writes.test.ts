/** What an API server refuses, and in which words; the words are those of kube-apiserver 1.36. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from './api-client.ts';
import type { Answer } from './api-client.ts';
import { smallWorld, workload } from './small-world.ts';
import type { SmallWorld } from './small-world.ts';

const WEB = '/apis/apps/v1/namespaces/shop/deployments/web';
const PODS = '/api/v1/namespaces/shop/pods';

let small: SmallWorld;
let api: ApiClient;

beforeEach(async () => {
  small = smallWorld();
  small.add('deployments', 'web', workload('web', 2));
  small.run(30);
  api = await ApiClient.start(small.world);
});
afterEach(() => api.close());

const web = () => small.world.store.get('deployments', 'shop', 'web');
const refusal = ({ code, body }: Answer) => [code, body['reason'], body['message']];
const remove = (path: string, body: object = {}) =>
  api.send(path, { method: 'DELETE', type: 'application/json', body });

describe('preconditions', () => {
  it('a test of a JSON patch that does not hold changes nothing, and little is told', async () => {
    const answer = await api.patch(WEB, 'json', [
      { op: 'replace', path: '/spec/replicas', value: 1 },
      { op: 'test', path: '/metadata/uid', value: 'other' },
    ]);
    expect(refusal(answer)).toEqual([
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
    ]);
    expect(web()?.spec.replicas).toBe(2);
  });

  it('a uid in a patch is an immutable field; of the scale it is a precondition', async () => {
    const body = { metadata: { uid: 'other' }, spec: { replicas: 1 } };
    expect((await api.patch(WEB, 'merge', body)).code).toBe(422);
    expect(refusal(await api.patch(`${WEB}/scale`, 'merge', body))).toEqual([
      409,
      'Conflict',
      `Operation cannot be fulfilled on deployments.apps "web": Precondition failed: UID in precondition: other, UID in object meta: ${web()?.metadata.uid}`,
    ]);
    const own = { ...body, metadata: { uid: web()?.metadata.uid } };
    expect((await api.patch(`${WEB}/scale`, 'merge', own)).code).toBe(200);
  });

  it('a deletion takes only the object that was meant', async () => {
    const answer = await remove(WEB, { preconditions: { uid: 'other' } });
    expect(refusal(answer)).toEqual([
      409,
      'Conflict',
      `Operation cannot be fulfilled on Deployment.apps "web": the UID in the precondition (other) does not match the UID in record (${web()?.metadata.uid}). The object might have been deleted and then recreated`,
    ]);
    expect((await remove(WEB, { preconditions: { uid: web()?.metadata.uid } })).code).toBe(200);
    expect(web()).toBeUndefined();
  });

  it('a dry run keeps the version, so that a diff shows what changes and no more', async () => {
    const answer = await api.send(`${WEB}?dryRun=All`, {
      method: 'PATCH',
      type: 'application/merge-patch+json',
      body: { spec: { replicas: 5 } },
    });
    expect(answer.body['metadata']?.['resourceVersion']).toBe(web()?.metadata.resourceVersion);
    expect(answer.body['spec']?.['replicas']).toBe(5);
  });
});

describe('evictions', () => {
  const evict = (name: string, deleteOptions: object = {}) =>
    api.post(`${PODS}/${name}/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace: 'shop' },
      deleteOptions,
    });

  beforeEach(() => {
    const matchLabels = { 'app.kubernetes.io/name': 'web' };
    small.add('poddisruptionbudgets', 'keep', { minAvailable: 2, selector: { matchLabels } });
    small.run(5);
  });

  it('name the budget that forbids them, with its figures', async () => {
    const [pod] = small.pods();
    const { code, body, headers } = await evict(pod?.metadata.name ?? '');
    expect(code).toBe(429);
    expect(headers['retry-after']).toBeUndefined();
    expect(body['details']?.['causes']).toEqual([
      {
        reason: 'DisruptionBudget',
        message: 'The disruption budget keep needs 2 healthy pods and has 2 currently',
      },
    ]);
  });

  it('keep to the uid, the grace and the dry run that are asked for', async () => {
    small.world.store.remove('poddisruptionbudgets', 'shop', 'keep');
    const [pod] = small.pods();
    const name = pod?.metadata.name ?? '';
    expect((await evict(name, { preconditions: { uid: 'other' } })).code).toBe(409);
    expect((await evict(name, { dryRun: ['All'] })).code).toBe(201);
    const now = () => small.world.store.get('pods', 'shop', name);
    expect(now()?.metadata.deletionTimestamp).toBeUndefined();
    expect((await evict(name, { gracePeriodSeconds: 3 })).code).toBe(201);
    expect(now()?.metadata.deletionGracePeriodSeconds).toBe(3);
    // As its API server says it of the pod, for whoever asks where it went.
    expect(now()?.status.conditions?.filter(({ type }) => type === 'DisruptionTarget')).toEqual([
      {
        ...{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' },
        message: 'Eviction API: evicting',
        lastTransitionTime: small.world.clock.stamp(),
      },
    ]);
    // And who does not want to wait any longer takes it off the list.
    await remove(`${PODS}/${name}`, { gracePeriodSeconds: 0 });
    expect(now()).toBeUndefined();
  });
});

describe('values that cannot be', () => {
  it('a name', async () => {
    const body = { metadata: { name: 'Bad_Name' }, data: {} };
    const answer = await api.post('/api/v1/namespaces/shop/configmaps', body);
    expect(answer.code).toBe(422);
    expect(answer.body['message']).toMatch(/^ConfigMap "Bad_Name" is invalid: metadata\.name: /);
  });

  it('bounds of an autoscaler', async () => {
    const home = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers';
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const metadata = { name: 'web' };
    const spec = { scaleTargetRef, minReplicas: 1, maxReplicas: 4 };
    expect((await api.post(home, { metadata, spec })).code).toBe(201);
    const raised = await api.patch(`${home}/web`, 'merge', { spec: { minReplicas: 9 } });
    expect(raised.body['message']).toBe(
      'HorizontalPodAutoscaler.autoscaling "web" is invalid: spec.maxReplicas: Invalid value: 4: must be greater than or equal to `minReplicas`',
    );
    expect((await api.patch(`${home}/web`, 'merge', { spec: { minReplicas: 2 } })).code).toBe(200);
  });
});

it('a job can be suspended and resumed', async () => {
  const template = {
    spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1' }] },
  };
  await api.post('/apis/batch/v1/namespaces/shop/jobs', {
    metadata: { name: 'one' },
    spec: { template },
  });
  small.run(5);
  const pods = () => small.pods().filter(({ metadata }) => metadata.name.startsWith('one-'));
  expect(pods()).toHaveLength(1);
  const suspend = (value: boolean) =>
    api.patch('/apis/batch/v1/namespaces/shop/jobs/one', 'merge', { spec: { suspend: value } });
  await suspend(true);
  small.run(60);
  expect(pods()).toHaveLength(0);
  const job = () => small.world.store.get('jobs', 'shop', 'one');
  expect(job()?.status.conditions).toMatchObject([{ type: 'Suspended', status: 'True' }]);
  await suspend(false);
  small.run(5);
  expect(pods()).toHaveLength(1);
});

it('the cause of a change may be told after it, and stands in the history', async () => {
  const annotations = { 'kubernetes.io/change-cause': 'because' };
  await api.patch(WEB, 'merge', { metadata: { annotations } });
  small.run(5);
  const [set] = small.world.store.list('replicasets', 'shop');
  expect(set?.metadata.annotations).toMatchObject(annotations);
});

describe('a deletion', () => {
  it('in the foreground ends when all that is owned is gone', async () => {
    const answer = await remove(WEB, { propagationPolicy: 'Foreground' });
    expect(answer.body['metadata']).toMatchObject({ finalizers: ['foregroundDeletion'] });
    expect(web()?.metadata.deletionTimestamp).toBeDefined();
    small.run(120);
    expect(web()).toBeUndefined();
    expect(small.world.store.list('replicasets', 'shop')).toEqual([]);
    expect(small.pods()).toEqual([]);
  });

  it('that orphans leaves what is owned', async () => {
    await remove(WEB, { propagationPolicy: 'Orphan' });
    small.run(120);
    expect(web()).toBeUndefined();
    expect(small.pods()).toHaveLength(2);
  });

  it('waits for finalizers', async () => {
    const path = '/api/v1/namespaces/shop/configmaps';
    await api.post(path, { metadata: { name: 'held', finalizers: ['example.com/hold'] } });
    expect((await remove(`${path}/held`)).body['metadata']).toMatchObject({
      finalizers: ['example.com/hold'],
    });
    expect((await api.get(`${path}/held`)).code).toBe(200);
    await api.patch(`${path}/held`, 'merge', { metadata: { finalizers: null } });
    expect((await api.get(`${path}/held`)).code).toBe(404);
  });
});
