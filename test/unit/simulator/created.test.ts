/** Objects of every kind may come from clients, as sparse as the API lets them be. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { apiVersionOf, KINDS } from '../../../src/simulator/world/kinds.ts';
import { ApiClient } from './api-client.ts';
import { smallWorld, workload } from './small-world.ts';
import type { SmallWorld } from './small-world.ts';

let small: SmallWorld;
let api: ApiClient;
beforeEach(async () => {
  small = smallWorld();
  api = await ApiClient.start(small.world);
});
afterEach(() => api.close());

const { selector, template } = workload('new', 1) as Readonly<Record<string, object>>;
const containers = [{ name: 'c', image: 'x' }];
const bare = { selector, template: { ...template, spec: { containers } } };

/** What a kind cannot do without. */
const SPECS: Readonly<Record<string, object>> = {
  pods: { spec: { containers } },
  daemonsets: { spec: bare },
  deployments: { spec: bare },
  replicasets: { spec: bare },
  statefulsets: { spec: bare },
  jobs: { spec: { template: bare.template } },
  cronjobs: { spec: { schedule: '@daily', jobTemplate: { spec: { template: bare.template } } } },
  rolebindings: { roleRef: { apiGroup: '', kind: 'Role', name: 'x' } },
  clusterrolebindings: { roleRef: { apiGroup: '', kind: 'Role', name: 'x' } },
  services: { spec: { ports: [{ port: 80 }] } },
  ingresses: { spec: { defaultBackend: { service: { name: 'x' } } } },
  endpointslices: { addressType: 'IPv4' },
  events: { involvedObject: {} },
  horizontalpodautoscalers: {
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'x' }, maxReplicas: 2 },
  },
};

const CRD = {
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [{ name: 'v1', served: true, storage: true }],
  },
};

it.each(KINDS)('$kind', async (kind) => {
  const given = kind.kind === 'CustomResourceDefinition' ? CRD : null;
  const name = given?.metadata.name ?? 'new';
  const root = kind.group === '' ? '/api' : '/apis';
  const scope = kind.namespaced ? '/namespaces/shop' : '';
  const path = `${root}/${apiVersionOf(kind)}${scope}/${kind.resource}`;
  for (const body of [{}, { spec: {} }, given ?? SPECS[kind.resource] ?? {}]) {
    const { code, text } = await api.post(path, { metadata: { name }, ...body });
    expect([code, text]).not.toEqual([500, expect.anything()]);
  }
  expect((await api.get(`${path}/${name}`)).code).toBe(200);
  small.run(120);
  const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
  expect((await api.get(path, table)).code).toBe(200);
  const patch = { metadata: { labels: { a: 'b' } } };
  expect((await api.patch(`${path}/${name}`, 'merge', patch)).code).toBe(200);
  await api.send(`${path}/${name}`, { method: 'DELETE' });
  small.run(120);
});
