/** Kinds that a cluster defines while its server runs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemsBySchema } from '../../../src/simulator/kube-api/schema/check.ts';
import { valuesAt } from '../../../src/simulator/kube-api/tables/json-path.ts';
import { ApiClient } from './api-client.ts';
import { smallWorld, type SmallWorld } from './small-world.ts';

let small: SmallWorld;
let api: ApiClient;
beforeEach(async () => {
  small = smallWorld();
  api = await ApiClient.start(small.world);
});
afterEach(() => api.close());

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const WIDGETS = '/apis/example.com/v1/namespaces/shop/widgets';
const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
const DISCOVERY = {
  accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
};

function definition(names: object = {}, group = 'example.com', plural = 'widgets'): object {
  return {
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, kind: 'Widget', shortNames: ['wd'], categories: ['toys'], ...names },
      versions: [
        { name: 'v1beta1', served: true, storage: false },
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
            },
          },
          additionalPrinterColumns: [
            { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
            {
              name: 'Ready',
              type: 'string',
              priority: 1,
              jsonPath: '.status.conditions[?(@.type=="Ready")].status',
            },
            { name: 'Since', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
        },
      ],
    },
  };
}

async function define(...args: Parameters<typeof definition>): Promise<void> {
  expect((await api.post(DEFINITIONS, definition(...args))).code).toBe(201);
  small.run(1);
}

describe('a kind that is defined', () => {
  it('is discovered under another ETag', async () => {
    const before = await api.get('/apis', DISCOVERY);
    await define();
    const after = await api.get('/apis', DISCOVERY);
    expect(after.headers['etag']).not.toBe(before.headers['etag']);
    expect(after.text).toContain('"shortNames":["wd"],"categories":["toys"]');
    const groups = (await api.get('/apis')).text;
    expect(groups).toContain('"preferredVersion":{"groupVersion":"example.com/v1","version":"v1"}');
    const schema = await api.get('/openapi/v3/apis/example.com/v1');
    expect(schema.text).toContain('"com.example.v1.Widget"');
    expect(schema.text).toContain('"size":{"type":"integer"}');
  });

  it('has objects, a status of their own and the columns of its definition', async () => {
    await define();
    const body = { metadata: { name: 'a' }, spec: { size: 3 }, status: { conditions: [] } };
    expect((await api.post(WIDGETS, body)).code).toBe(201);
    const status = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
    expect((await api.patch(`${WIDGETS}/a/status`, 'merge', status)).code).toBe(200);
    expect((await api.patch(`${WIDGETS}/a`, 'merge', { status: {} })).code).toBe(200);
    expect((await api.patch(`${WIDGETS}/a`, 'strategic-merge', { spec: {} })).code).toBe(415);
    const table = await api.get('/apis/example.com/v1/widgets', TABLE);
    expect(table.text).toContain('"cells":["a",3,"True","0s"]');
    expect(table.text).toMatch(/"name":"Ready","type":"string","format":"","priority":1/);
    expect((await api.get('/apis/example.com/v1beta1/namespaces/shop/widgets/a')).text).toContain(
      '"apiVersion":"example.com/v1beta1"',
    );
  });

  it('refuses objects that are not as its schema says, in the words of a real server', async () => {
    await define();
    const create = (spec: unknown) => api.post(WIDGETS, { metadata: { name: 'w' }, spec });
    const refused = await create({ size: 'big' });
    expect([refused.code, refused.body['message']]).toEqual([
      422,
      'Widget.example.com "w" is invalid: spec.size: Invalid value: "string": ' +
        'spec.size in body must be of type integer: "string"',
    ]);
    expect((await create({ size: 3, unknown: true })).code).toBe(201);
  });

  it('is held to types, bounds, patterns and what must be there', () => {
    const schema = {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', pattern: '^[a-z]+$' },
        weight: { type: 'integer', minimum: 1, maximum: 9 },
        ratio: { type: 'number' },
        mode: { type: 'string', enum: ['a', 'b'], nullable: true },
        port: { 'x-kubernetes-int-or-string': true },
        parts: { type: 'array', items: { type: 'object', required: ['id'] } },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
      },
    };
    const told = (value: object) =>
      [...problemsBySchema(value, schema, 'spec')].map(({ field, message }) => [field, message]);
    const fits = { name: 'a', weight: 9, ratio: 2, mode: null, port: '80%', parts: [{ id: 1 }] };
    expect(told({ ...fits, labels: { a: 'b' }, more: 1 })).toEqual([]);
    expect(told({ weight: 10, mode: 'c', parts: [{}], labels: { a: 1 }, port: 1.5 })).toEqual([
      ['spec.name', 'Required value'],
      ['spec.weight', 'Invalid value: 10: spec.weight in body should be less than or equal to 9'],
      ['spec.mode', 'Unsupported value: "c": supported values: "a", "b"'],
      ['spec.parts[0].id', 'Required value'],
      [
        'spec.labels.a',
        'Invalid value: "integer": spec.labels.a in body must be of type string: "integer"',
      ],
      ['spec.port', expect.stringContaining('in body must be of type')],
    ]);
    expect(told({ name: 'A' })).toEqual([
      ['spec.name', `Invalid value: "A": spec.name in body should match '^[a-z]+$'`],
    ]);
  });

  it('takes its objects along, and ends their watches', async () => {
    await define();
    await api.post(WIDGETS, { metadata: { name: 'a' } });
    const stream = await api.stream(`${WIDGETS}?watch=true`);
    expect(await stream.next()).toContain('"ADDED"');
    await api.send(`${DEFINITIONS}/widgets.example.com`, { method: 'DELETE' });
    expect(await stream.rest()).toEqual([expect.stringContaining('"DELETED"')]);
    expect((await api.get(WIDGETS)).code).toBe(404);
    await define();
    expect((await api.get(WIDGETS)).text).toContain('"items":[]');
  });

  it('says of itself that its names are accepted', async () => {
    await define();
    const { text } = await api.get(`${DEFINITIONS}/widgets.example.com`);
    expect(text).toContain('"storedVersions":["v1"]');
    expect(text).toMatch(/"type":"Established","status":"True"/);
  });

  it('is not served under a name that is taken, but in another group', async () => {
    await define();
    await define({ kind: 'Gadget', shortNames: ['wd'] }, 'example.com', 'gadgets');
    const { text } = await api.get(`${DEFINITIONS}/gadgets.example.com`);
    expect(text).toContain('"reason":"ShortNamesConflict","message":"\\"wd\\" is already in use"');
    expect(text).toMatch(/"type":"Established","status":"False"/);
    expect((await api.get('/apis/example.com/v1/gadgets')).code).toBe(404);
    await define({}, 'example.org');
    expect((await api.get('/apis/example.org/v1/widgets')).code).toBe(200);
  });

  it('is refused under another name than that of its plural and group', async () => {
    const wrong = { ...definition(), metadata: { name: 'widgets' } };
    const { code, text } = await api.post(DEFINITIONS, wrong);
    expect([code, text]).toEqual([422, expect.stringContaining('must be spec.names.plural')]);
  });
});

it.each([
  ['.a.b', ['x']],
  ['a.b', ['x']],
  [String.raw`.labels.example\.com/a`, ['dotted']],
  [`.labels['example.com/a']`, ['dotted']],
  ['.list[1].v', [2]],
  ['.list[-1].v', [2]],
  ['.list[*].v', [1, 2]],
  ['.list[?(@.k=="two")].v', [2]],
  [`.list[?(@.k=='one')].v`, [1]],
  ['.none.at.all', []],
  ['.list[', []],
])('the path %s finds %j', (path, values) => {
  const list = [
    { k: 'one', v: 1 },
    { k: 'two', v: 2 },
  ];
  const root = { a: { b: 'x' }, labels: { 'example.com/a': 'dotted' }, list };
  expect(valuesAt(root, path)).toEqual(values);
});
