/** Server-side apply and who owns which field. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiClient } from './api-client.ts';
import type { Json } from './api-client.ts';
import { smallWorld, workload } from './small-world.ts';
import type { SmallWorld } from './small-world.ts';

const WEB = '/apis/apps/v1/namespaces/shop/deployments/web';

let small: SmallWorld;
let api: ApiClient;

beforeEach(async () => {
  small = smallWorld();
  api = await ApiClient.start(small.world);
});
afterEach(() => api.close());

const apply = (manager: string, spec: object, query = '') =>
  api.send(`${WEB}?fieldManager=${manager}${query}`, {
    method: 'PATCH',
    type: 'application/apply-patch+yaml',
    body: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec },
  });

const owners = (body: Json): string[] =>
  (body['metadata']?.['managedFields'] as unknown as Readonly<Record<string, string>>[]).map(
    ({ manager, operation, subresource = '' }) =>
      [manager, operation, subresource].join(' ').trim(),
  );

it('makes the object, and does nothing when repeated', async () => {
  const made = await apply('me', workload('web', 2));
  expect(made.code).toBe(201);
  expect(owners(made.body)).toEqual(['me Apply']);
  const again = await apply('me', workload('web', 2));
  expect(again.code).toBe(200);
  expect(again.body['metadata']?.['resourceVersion']).toBe(
    made.body['metadata']?.['resourceVersion'],
  );
});

it('does not take what others have set, but names it; by force it does', async () => {
  await apply('me', workload('web', 2));
  const scaled = await api.send(`${WEB}/scale?fieldManager=scaler`, {
    method: 'PATCH',
    type: 'application/merge-patch+json',
    body: { spec: { replicas: 3 } },
  });
  expect(scaled.code).toBe(200);
  const refused = await apply('me', workload('web', 2));
  expect(refused.code).toBe(409);
  expect(refused.body['message']).toBe(
    'Apply failed with 1 conflict: conflict with "scaler" with subresource "scale" using apps/v1: .spec.replicas',
  );
  expect(refused.body['details']?.['causes']).toEqual([
    {
      reason: 'FieldManagerConflict',
      message: 'conflict with "scaler" with subresource "scale" using apps/v1',
      field: '.spec.replicas',
    },
  ]);
  // Who wants what is, owns it too.
  expect((await apply('me', workload('web', 3))).code).toBe(200);
  const forced = await apply('me', workload('web', 2), '&force=true');
  expect(forced.body['spec']?.['replicas']).toBe(2);
  expect(owners(forced.body).filter((each) => each.startsWith('scaler'))).toEqual([]);
});

it('several fields of several managers, in the paths that people know', async () => {
  await apply('first', workload('web', 2));
  const { code, body } = await apply('second', workload('web', 3, { image: 'shop/web:2' }));
  expect(code).toBe(409);
  expect(body['message']).toBe(
    'Apply failed with 2 conflicts: conflicts with "first" using apps/v1:\n- .spec.replicas\n- .spec.template.spec.containers[name="web"].image',
  );
});

it('takes away what the applier had set and no longer names', async () => {
  await apply('me', { ...workload('web', 2), minReadySeconds: 5 });
  const { body } = await apply('me', workload('web', 2));
  expect(body['spec']?.['minReadySeconds']).toBeUndefined();
});

it('a client may hand its fields over, as kubectl does on its way to server-side apply', async () => {
  await api.post('/apis/apps/v1/namespaces/shop/deployments?fieldManager=old', {
    metadata: { name: 'web' },
    spec: workload('web', 2),
  });
  const before = (await api.get(WEB)).body['metadata'] as unknown as {
    readonly managedFields: readonly object[];
    readonly resourceVersion: string;
  };
  const value = before.managedFields.map((entry) => ({
    ...entry,
    manager: 'me',
    operation: 'Apply',
  }));
  const patched = await api.patch(WEB, 'json', [
    { op: 'replace', path: '/metadata/managedFields', value },
    { op: 'replace', path: '/metadata/resourceVersion', value: before.resourceVersion },
  ]);
  expect(patched.code).toBe(200);
  expect(owners(patched.body)).toContain('me Apply');
  expect((await apply('me', workload('web', 5))).body['spec']?.['replicas']).toBe(5);
});

it('an object that no client has written has owners too', async () => {
  small.add('deployments', 'web', workload('web', 2));
  expect((await apply('me', workload('web', 3))).code).toBe(409);
});
