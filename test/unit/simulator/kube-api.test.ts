import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rbacDenied } from '../../../src/simulator/scenarios/rbac-denied.ts';
import { ApiClient } from './api-client.ts';
import type { Json } from './api-client.ts';
import { smallWorld, workload } from './small-world.ts';
import type { SmallWorld } from './small-world.ts';

const PODS = '/api/v1/namespaces/shop/pods';
const WEB = '/apis/apps/v1/namespaces/shop/deployments/web';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

let small: SmallWorld;
let api: ApiClient;

beforeEach(async () => {
  small = smallWorld();
  small.add('deployments', 'web', workload('web', 5));
  small.run(30);
  api = await ApiClient.start(small.world);
});

afterEach(() => api.close());

function items(list: Json): Json[] {
  return list['items'] as unknown as Json[];
}

function names(list: Json): unknown[] {
  return items(list).map((item) => item['metadata']?.['name']);
}

describe('discovery', () => {
  it('is aggregated for those who ask, and plain for others', async () => {
    const accept =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const aggregated = await api.get('/apis', { accept });
    expect(aggregated.headers['content-type']).toContain('as=APIGroupDiscoveryList');
    expect(names(aggregated.body)).toContain('apps');
    const plain = await api.get('/apis', { accept: 'application/json' });
    expect(plain.body['kind']).toBe('APIGroupList');
    const resources = (await api.get('/apis/apps/v1')).body['resources'] as unknown as Json[];
    expect(resources.map((each) => each['name'])).toContain('deployments/scale');
    expect((await api.get('/version')).body['gitVersion']).toMatch(/^v1\.35\.3-eks-/);
    expect((await api.get('/apis/nothing/v1')).code).toBe(404);
  });

  it('is an empty 304 for those who have it', async () => {
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
    const { etag = '' } = (await api.get('/apis', { accept })).headers;
    const again = await api.get('/apis', { accept, headers: { 'if-none-match': etag } });
    expect([again.code, again.text]).toEqual([304, '']);
  });

  it('what is measured can be listed, not watched', async () => {
    expect((await api.get('/apis/metrics.k8s.io/v1beta1/nodes?watch=1')).code).toBe(405);
  });
});

describe('LIST', () => {
  it('goes in pages that together are the whole', async () => {
    const whole = await api.get(PODS);
    const seen: unknown[] = [];
    let token = '';
    let left = 5;
    do {
      const page = await api.get(`${PODS}?limit=2&continue=${token}`);
      seen.push(...names(page.body));
      const metadata = page.body['metadata'] as Json;
      token = (metadata['continue'] as unknown as string | undefined) ?? '';
      left -= items(page.body).length;
      expect(metadata['remainingItemCount'] ?? 0).toBe(left);
    } while (token);
    expect(seen).toEqual(names(whole.body));
    expect(seen).toHaveLength(5);
  });

  it('items have no kind of their own, and know who manages their fields', async () => {
    const { body } = await api.get(PODS);
    expect(body).toMatchObject({ kind: 'PodList', apiVersion: 'v1' });
    const [pod] = items(body);
    expect(pod?.['kind']).toBeUndefined();
    expect(pod?.['metadata']?.['managedFields']).toMatchObject([
      { manager: 'kube-controller-manager' },
      { manager: 'kubelet', subresource: 'status' },
    ]);
  });

  it('selects by labels and fields, and refuses fields that no index has', async () => {
    const node = small.pods()[0]?.spec.nodeName ?? '';
    const there = small.pods().filter((pod) => pod.spec.nodeName === node).length;
    const found = await api.get(`${PODS}?fieldSelector=spec.nodeName=${node},status.phase!=Failed`);
    expect(items(found.body)).toHaveLength(there);
    expect(
      items(
        (
          await api.get(
            `${PODS}?labelSelector=app.kubernetes.io/name in (api,web)`.replaceAll(' ', '%20'),
          )
        ).body,
      ),
    ).toHaveLength(5);
    expect(
      items((await api.get(`${PODS}?labelSelector=app.kubernetes.io/name!=web`)).body),
    ).toHaveLength(0);
    const refused = await api.get(`${PODS}?fieldSelector=spec.priority=0`);
    expect(refused.code).toBe(400);
    expect(refused.text).toContain('field label not supported: spec.priority');
  });

  it('a continue token that is too old answers 410', async () => {
    const page = await api.get('/api/v1/configmaps?limit=1');
    const stale = Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 5, start: 'a' })).toString(
      'base64url',
    );
    expect(page.code).toBe(200);
    const gone = await api.get(`${PODS}?limit=1&continue=${stale}`);
    expect(gone.code).toBe(410);
    expect(gone.body['reason']).toBe('Expired');
  });

  it('renders Tables with metadata, and metadata alone', async () => {
    const table = await api.get(PODS, { accept: TABLE });
    expect(table.body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    const rows = table.body['rows'] as unknown as { cells: unknown[]; object: Json }[];
    expect(rows[0]?.cells.slice(1, 5)).toEqual(['1/1', 'Running', '0', '30s']);
    expect(rows[0]?.object['kind']).toBe('PartialObjectMetadata');
    const bare = await api.get(`${PODS}?includeObject=None`, { accept: TABLE });
    expect((bare.body['rows'] as unknown as { object: unknown }[])[0]?.object).toBeNull();
    const partial = await api.get(PODS, {
      accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
    });
    expect(partial.body['kind']).toBe('PartialObjectMetadataList');
    expect(items(partial.body)[0]?.['spec']).toBeUndefined();
  });

  it('falls back from protobuf to JSON, and refuses protobuf alone', async () => {
    const both = await api.get(PODS, {
      accept: 'application/vnd.kubernetes.protobuf,application/json',
    });
    expect(both.headers['content-type']).toBe('application/json');
    const alone = await api.get(PODS, { accept: 'application/vnd.kubernetes.protobuf' });
    expect(alone.code).toBe(406);
    expect(alone.body['reason']).toBe('NotAcceptable');
  });
});

describe('WATCH', () => {
  const parse = (line: string) => JSON.parse(line) as { type: string; object: Json };

  it('a streaming list begins with all objects and a bookmark, then follows', async () => {
    const stream = await api.stream(
      `${PODS}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
    );
    for (let i = 0; i < 5; i++) expect(parse(await stream.next()).type).toBe('ADDED');
    const mark = parse(await stream.next());
    expect(mark.type).toBe('BOOKMARK');
    expect(mark.object['metadata']?.['annotations']).toEqual({
      'k8s.io/initial-events-end': 'true',
    });
    const [victim] = small.pods();
    small.world.store.remove('pods', 'shop', victim?.metadata.name ?? '');
    const gone = parse(await stream.next());
    expect([gone.type, gone.object['metadata']?.['name']]).toEqual([
      'DELETED',
      victim?.metadata.name,
    ]);
    stream.close();
  });

  it('resumes after a version, within a selector', async () => {
    const version = small.world.store.resourceVersion;
    const [first, second] = small.pods();
    if (!first || !second) throw new Error('no pods');
    const relabel = (pod: typeof first, app: string) =>
      small.world.store.update('pods', {
        ...pod,
        metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, app } },
      });
    const moved = relabel(first, 'a');
    relabel(moved, 'b');
    const stream = await api.stream(
      `${PODS}?watch=true&resourceVersion=${version}&labelSelector=app=a&timeoutSeconds=1`,
    );
    const seen = (await stream.rest()).map(parse);
    expect(seen.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
  });

  it('says that a version is too old in the stream', async () => {
    const stream = await api.stream(`${PODS}?watch=true&resourceVersion=5`);
    const [line] = await stream.rest();
    expect(parse(line ?? '')).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
    expect(line).toContain('too old resource version: 5 (');
  });

  it('speaks Tables, naming the columns once, and ends when its time is up', async () => {
    const stream = await api.stream(`${PODS}?watch=true&timeoutSeconds=1`, { accept: TABLE });
    const events = (await stream.rest()).map(parse);
    expect(events).toHaveLength(5);
    expect(events[0]?.object['columnDefinitions']).toHaveLength(9);
    expect(events[1]?.object['columnDefinitions']).toBeNull();
  });
});

describe('writing', () => {
  it('takes all three patches', async () => {
    const merged = await api.patch(WEB, 'merge', { spec: { replicas: 6 } });
    expect(merged.body['spec']?.['replicas']).toBe(6);
    const restarted = await api.patch(WEB, 'strategic-merge', {
      spec: {
        template: {
          metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' } },
          spec: { containers: [{ name: 'web', image: 'shop/web:2' }] },
        },
      },
    });
    const spec = restarted.body['spec']?.['template']?.['spec']?.[
      'containers'
    ] as unknown as Json[];
    expect(spec).toHaveLength(1);
    expect(spec[0]).toMatchObject({ image: 'shop/web:2', ports: [{ containerPort: 8080 }] });
    const replaced = await api.patch(WEB, 'json', [
      { op: 'replace', path: '/spec/replicas', value: 4 },
    ]);
    expect(replaced.body['spec']?.['replicas']).toBe(4);
    expect((await api.patch(WEB, 'json', [{ op: 'remove', path: '/spec/nothing' }])).code).toBe(
      422,
    );
  });

  it('an undone release takes its old replica set back, however the client orders its fields', async () => {
    const before = (await api.get(WEB)).body['spec']?.['template'] as unknown as Json;
    await api.patch(WEB, 'strategic-merge', {
      spec: { template: { spec: { containers: [{ name: 'web', image: 'shop/web:2' }] } } },
    });
    small.run(60);
    const backwards = Object.fromEntries(Object.entries(before).reverse());
    const template = {
      ...backwards,
      metadata: { creationTimestamp: null, ...(before['metadata'] as unknown as object) },
    };
    await api.patch(WEB, 'json', [{ op: 'replace', path: '/spec/template', value: template }]);
    small.run(60);
    const sets = small.world.store.list('replicasets', 'shop');
    const revisions = sets.map(({ metadata, spec }) => [
      metadata.annotations?.['deployment.kubernetes.io/revision'],
      spec.replicas,
    ]);
    expect(revisions.sort()).toEqual([
      ['2', 0],
      ['3', 5],
    ]);
  });

  it('a dry run answers but stores nothing', async () => {
    const dry = await api.patch(`${WEB}?dryRun=All`, 'merge', { spec: { replicas: 9 } });
    expect(dry.body['spec']?.['replicas']).toBe(9);
    expect((await api.get(WEB)).body['spec']?.['replicas']).toBe(5);
  });

  it('refuses to overwrite what has changed, and what is not valid', async () => {
    const seen = (await api.get(WEB)).body;
    await api.patch(WEB, 'merge', { metadata: { labels: { a: 'b' } } });
    const late = await api.send(WEB, { method: 'PUT', type: 'application/json', body: seen });
    expect(late.code).toBe(409);
    expect(late.text).toContain('the object has been modified');
    expect((await api.patch(WEB, 'merge', { spec: { replicas: -1 } })).code).toBe(422);
  });

  it('scales by the subresource', async () => {
    const scale = (await api.get(`${WEB}/scale`)).body;
    expect(scale).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 5 },
      status: { replicas: 5, selector: 'app.kubernetes.io/name=web' },
    });
    await api.patch(`${WEB}/scale`, 'merge', { spec: { replicas: 2 } });
    small.run(30);
    expect(small.pods()).toHaveLength(2);
    const stale = await api.send(`${WEB}/scale`, {
      method: 'PUT',
      type: 'application/json',
      body: scale,
    });
    expect(stale.code).toBe(409);
  });

  it('creates, names, finds twice and deletes', async () => {
    const made = await api.post('/api/v1/namespaces/shop/configmaps', {
      metadata: { generateName: 'cm-' },
      data: { a: '1' },
    });
    expect(made.code).toBe(201);
    const name = made.body['metadata']?.['name'] as unknown as string;
    expect(name).toMatch(/^cm-\w{5}$/);
    expect(
      (await api.post('/api/v1/namespaces/shop/configmaps', { metadata: { name } })).code,
    ).toBe(409);
    expect(
      (await api.post('/api/v1/namespaces/nowhere/configmaps', { metadata: { name } })).text,
    ).toContain('namespaces \\"nowhere\\" not found');
    expect(
      (await api.send(`/api/v1/namespaces/shop/configmaps/${name}`, { method: 'DELETE' })).body[
        'status'
      ],
    ).toBe('Success');
    expect((await api.get(`/api/v1/namespaces/shop/configmaps/${name}`)).body['reason']).toBe(
      'NotFound',
    );
  });

  it('a deleted pod is answered as it leaves', async () => {
    const name = small.pods()[0]?.metadata.name ?? '';
    const leaving = await api.send(`${PODS}/${name}`, { method: 'DELETE' });
    expect(leaving.body['metadata']?.['deletionGracePeriodSeconds']).toBe(30);
    small.run(10);
    expect((await api.get(`${PODS}/${name}`)).code).toBe(404);
    small.run(30);
    expect(small.pods()).toHaveLength(5);
  });
});

describe('who may what', () => {
  it('refuses unknown tokens, and everybody while credentials are expired', async () => {
    for (const token of [null, 'wrong', 'k8s-aws-v1.bm90LWEtdXJs']) {
      const { code, body } = await api.get(PODS, { token });
      expect([code, body['message']]).toEqual([401, 'Unauthorized']);
    }
    const expired = await ApiClient.start(small.world, { refusesCredentials: () => true });
    expect((await expired.get(PODS)).code).toBe(401);
    await expired.close();
  });

  it('a reader of one namespace is told so in the words of RBAC', async () => {
    const { access } = rbacDenied;
    if (!access) throw new Error('no policy');
    const reader = await ApiClient.start(small.world, { access });
    const denied = await reader.get('/api/v1/pods');
    expect(denied.code).toBe(403);
    expect(denied.body['message']).toBe(
      'pods is forbidden: User "arn:aws:sts::111122223333:assumed-role/ShopOperator/demo" cannot list resource "pods" in API group "" at the cluster scope',
    );
    expect((await reader.get('/api/v1/namespaces/payments/pods')).code).toBe(200);
    const ask = (namespace: string) =>
      reader.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        spec: { resourceAttributes: { namespace, verb: 'list', resource: 'pods' } },
      });
    expect((await ask('payments')).body['status']?.['allowed']).toBe(true);
    expect((await ask('')).body['status']?.['allowed']).toBe(false);
    await reader.close();
  });
});

describe('metrics', () => {
  it('tell the use of nodes and pods', async () => {
    const pods = await api.get('/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods');
    expect(items(pods.body)).toHaveLength(5);
    const containers = items(pods.body)[0]?.['containers'] as unknown as {
      name: string;
      usage: { cpu: string; memory: string };
    }[];
    expect(containers[0]?.name).toBe('web');
    expect(containers[0]?.usage.cpu).toMatch(/^\d+n$/);
    expect(items((await api.get('/apis/metrics.k8s.io/v1beta1/nodes')).body)).toHaveLength(3);
  });

  it('stand still until the next scrape', async () => {
    const nodes = async () => (await api.get('/apis/metrics.k8s.io/v1beta1/nodes')).body;
    small.clock.advanceTo(Math.ceil(small.clock.now() / 15_000) * 15_000);
    const first = await nodes();
    small.run(14);
    expect(await nodes()).toEqual(first);
    small.run(1);
    expect(await nodes()).not.toEqual(first);
  });
});
