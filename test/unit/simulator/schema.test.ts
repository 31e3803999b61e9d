/** What is held against the types of the API, and the words of it; those of kube-apiserver 1.36. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decode } from '../../../src/simulator/kube-api/schema/decode.ts';
import { duplicateKeys } from '../../../src/simulator/kube-api/schema/duplicates.ts';
import { modelNameOf, modelOf } from '../../../src/simulator/kube-api/schema/models.ts';
import { createSimulation } from '../../../src/simulator/simulation.ts';
import { KINDS } from '../../../src/simulator/world/kinds.ts';
import { ApiClient } from './api-client.ts';
import type { Answer } from './api-client.ts';
import { NOW, smallWorld, workload } from './small-world.ts';
import type { SmallWorld } from './small-world.ts';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments';
const WEB = `${DEPLOYMENTS}/web`;

describe('the models', () => {
  it('are there for every kind', () => {
    expect(KINDS.filter((kind) => modelNameOf(kind) === undefined)).toEqual([]);
  });

  it('tell type, need and purpose of a field', () => {
    const { fields } = modelOf('V1DeploymentSpec');
    expect(fields.get('replicas')).toMatchObject({
      type: { is: 'scalar', scalar: 'int32' },
      required: false,
      description:
        'Number of desired pods. This is a pointer to distinguish between explicit zero and not specified. Defaults to 1.',
    });
    expect(fields.get('selector')).toMatchObject({
      type: { is: 'model', model: 'V1LabelSelector' },
      required: true,
    });
  });

  it('know a quantity, a time, and a value that is a number or a text', () => {
    const typeIn = (model: string, field: string) => modelOf(model).fields.get(field)?.type;
    expect(typeIn('V1ResourceRequirements', 'limits')).toEqual({
      is: 'map',
      of: { is: 'scalar', scalar: 'quantity' },
    });
    expect(typeIn('V1ObjectMeta', 'creationTimestamp')).toEqual({ is: 'scalar', scalar: 'time' });
    expect(typeIn('V1LeaseSpec', 'renewTime')).toEqual({ is: 'scalar', scalar: 'microtime' });
    expect(typeIn('V1ServicePort', 'targetPort')).toEqual({
      is: 'scalar',
      scalar: 'int-or-string',
    });
    expect(typeIn('V1Secret', 'data')).toEqual({
      is: 'map',
      of: { is: 'scalar', scalar: 'bytes' },
    });
  });
});

describe('keys that stand twice', () => {
  it.each([
    ['{"spec":{"replicas":1,"replicas":2}}', ['spec.replicas']],
    ['{"a":[{"b":1},{"b":1,"b":"{\\"c\\":1,\\"c\\":2}"}]}', ['a[1].b']],
    ['{"a":{"x":1},"b":{"x":1}}', []],
    ['{"a":["a","a"],"a":[]}', ['a']],
  ])('are found in %s', (json, found) => {
    expect(duplicateKeys(json)).toEqual(found);
  });
});

describe('the objects of the region', () => {
  let strange: readonly string[];
  beforeAll(() => {
    const { clusters } = createSimulation({
      ...{ seed: 3, now: NOW, speed: 1, nodes: 12, pods: 120, caData: '' },
    });
    strange = clusters.flatMap(({ world }) =>
      KINDS.flatMap((kind) => {
        const model = modelNameOf(kind) ?? '';
        const unknown = world.store
          .list(kind.resource)
          .flatMap((object) => decode(model, { ...object }).unknown);
        return [...new Set(unknown)].map((path) => `${kind.kind}: ${path}`);
      }),
    );
  });

  it('are such as the API has them', () => {
    expect(strange).toEqual([]);
  });
});

describe('what clients send', () => {
  let small: SmallWorld;
  let api: ApiClient;
  beforeEach(async () => {
    small = smallWorld();
    small.add('deployments', 'web', workload('web', 2));
    small.run(30);
    api = await ApiClient.start(small.world);
  });
  afterEach(() => api.close());

  const body = (spec: object) => ({
    metadata: { name: 'new' },
    spec: { ...workload('new', 1), ...spec },
  });
  const refusal = ({ code, body: { reason, message } }: Answer) => [code, reason, message];
  const stored = (name: string) => small.world.store.get('deployments', 'shop', name);

  it('an unknown field is refused where it is asked for', async () => {
    const answer = await api.post(`${DEPLOYMENTS}?fieldValidation=Strict`, body({ replcas: 3 }));
    expect(refusal(answer)).toEqual([
      400,
      'BadRequest',
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replcas"',
    ]);
    expect(stored('new')).toBeUndefined();
  });

  it('else it is left out, with a warning', async () => {
    const warned = await api.post(DEPLOYMENTS, body({ replcas: 3 }));
    expect(warned.code).toBe(201);
    expect(warned.headers['warning']).toBe('299 - "unknown field \\"spec.replcas\\""');
    expect(stored('new')?.spec).not.toHaveProperty('replcas');
    const silent = await api.send(`${DEPLOYMENTS}/new?fieldValidation=Ignore`, {
      method: 'PUT',
      type: 'application/json',
      body: body({ replcas: 3 }),
    });
    expect([silent.code, silent.headers['warning']]).toEqual([200, undefined]);
  });

  it('a field that stands twice is one of them', async () => {
    const text = JSON.stringify(body({})).replace('"replicas":1', '"replicas":1,"replicas":2');
    const answer = await api.post(`${DEPLOYMENTS}?fieldValidation=Strict`, {}, { body: text });
    expect(answer.body['message']).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: duplicate field "spec.replicas"',
    );
  });

  it('a value of another type is refused always', async () => {
    const answer = await api.post(DEPLOYMENTS, body({ replicas: 'three' }));
    expect(refusal(answer)).toEqual([
      400,
      'BadRequest',
      'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ]);
  });

  it('patches are held against the types too', async () => {
    const patch = { spec: { replcas: 3 } };
    const strict = `${WEB}?fieldValidation=Strict`;
    expect(refusal(await api.patch(strict, 'strategic-merge', patch))).toEqual([
      422,
      'Invalid',
      ' "" is invalid: patch: Invalid value: "map[spec:map[replcas:3]]": strict decoding error: unknown field "spec.replcas"',
    ]);
    expect((await api.patch(strict, 'merge', patch)).body['message']).toMatch(
      /^ "" is invalid: patch: Invalid value: "{.*}": strict decoding error: unknown field "spec.replcas"$/,
    );
    const answer = await api.patch(WEB, 'merge', { spec: { ...patch.spec, replicas: 3 } });
    expect([answer.code, answer.headers['warning']]).toEqual([
      200,
      '299 - "unknown field \\"spec.replcas\\""',
    ]);
    expect(stored('web')?.spec).toMatchObject({ replicas: 3 });
  });

  it('an autoscaler may come as autoscaling/v1, and is one of both', async () => {
    const path = (version: string, name = '') =>
      `/apis/autoscaling/${version}/namespaces/shop/horizontalpodautoscalers${name}`;
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const spec = { scaleTargetRef, maxReplicas: 9, targetCPUUtilizationPercentage: 70 };
    const made = await api.post(path('v1'), { metadata: { name: 'web' }, spec });
    expect(made.body).toMatchObject({ apiVersion: 'autoscaling/v1', spec });
    expect((await api.get(path('v2', '/web'))).body).toMatchObject({
      apiVersion: 'autoscaling/v2',
      spec: {
        maxReplicas: 9,
        metrics: [
          { resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        ],
      },
    });
    await api.patch(path('v1', '/web'), 'merge', { spec: { targetCPUUtilizationPercentage: 50 } });
    expect((await api.get(path('v1', '/web'))).body['spec']).toMatchObject({
      targetCPUUtilizationPercentage: 50,
      minReplicas: 1,
    });
  });
});

describe('OpenAPI', () => {
  it('has a schema of every kind, and of all that is in it', async () => {
    const api = await ApiClient.start(smallWorld({ nodes: 0 }).world);
    const { body: root } = await api.get('/openapi/v3');
    const kinds: string[] = [];
    for (const path of Object.keys(root['paths'] ?? {})) {
      const { text, body } = await api.get(`/openapi/v3/${path}`);
      const schemas = body['components']?.['schemas'] ?? {};
      for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
        expect(schemas).toHaveProperty([name]);
      for (const schema of Object.values(schemas)) {
        const marks = schema['x-kubernetes-group-version-kind'];
        if (marks !== undefined) kinds.push(JSON.stringify(marks[0]?.['kind']));
      }
    }
    await api.close();
    for (const { kind } of KINDS) expect(kinds).toContain(JSON.stringify(kind));
  });
});
