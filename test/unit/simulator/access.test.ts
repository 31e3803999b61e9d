/** Service accounts and impersonated users may do what roles and bindings say. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiClient } from './api-client.ts';
import { smallWorld } from './small-world.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1/namespaces/shop';
const PODS = '/api/v1/namespaces/shop/pods';

let api: ApiClient;
let token: string;

beforeEach(async () => {
  api = await ApiClient.start(smallWorld({ nodes: 0 }).world);
  const asked = await api.post('/api/v1/namespaces/shop/serviceaccounts/default/token', {});
  token = (JSON.parse(asked.text) as { readonly status: { readonly token: string } }).status.token;
});
afterEach(() => api.close());

const bind = async (): Promise<void> => {
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }];
  await api.post(`${RBAC}/roles`, { metadata: { name: 'reader' }, rules });
  await api.post(`${RBAC}/rolebindings`, {
    metadata: { name: 'readers' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'shop' }],
  });
};

it('a service account may nothing before it is bound to a role', async () => {
  const { code, body } = await api.get(PODS, { token });
  expect([code, body['message']]).toEqual([
    403,
    'pods is forbidden: User "system:serviceaccount:shop:default" cannot list resource "pods" in API group "" in the namespace "shop"',
  ]);
});

it('then what the role says, in its namespace, as long as it is bound', async () => {
  await bind();
  expect((await api.get(PODS, { token })).code).toBe(200);
  expect((await api.get('/api/v1/pods', { token })).code).toBe(403);
  expect((await api.send(`${PODS}/x`, { method: 'DELETE', token })).code).toBe(403);
  await api.send(`${RBAC}/rolebindings/readers`, { method: 'DELETE' });
  expect((await api.get(PODS, { token })).code).toBe(403);
});

it('whoever may impersonate is who they say they are', async () => {
  await bind();
  const headers = { 'impersonate-user': 'system:serviceaccount:shop:default' };
  expect((await api.get(PODS, { headers })).code).toBe(200);
  expect((await api.get('/api/v1/nodes', { headers })).code).toBe(403);
  expect(
    (await api.get(PODS, { token, headers: { 'impersonate-user': 'jane' } })).body,
  ).toMatchObject({
    code: 403,
    message:
      'users "jane" is forbidden: User "system:serviceaccount:shop:default" cannot impersonate resource "users" in API group "" at the cluster scope',
  });
});
