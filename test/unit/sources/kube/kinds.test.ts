import { expect, test } from 'vitest';
import { kindOf } from '../../../../src/sources/kube/kinds.ts';
import { RequestError } from '../../../../src/sources/kube/errors.ts';
import type { KubeRequest } from '../../../../src/sources/kube/request.ts';
import type { Transport } from '../../../../src/sources/kube/transport.ts';

/** A server with the deployments of apps/v1 and the pods of v1. */
function server() {
  const paths: string[] = [];
  const resources: Readonly<Record<string, readonly object[]>> = {
    '/api/v1': [{ name: 'pods', kind: 'Pod', namespaced: true }],
    '/apis/apps/v1': [
      { name: 'deployments/scale', kind: 'Deployment', namespaced: true },
      { name: 'deployments', kind: 'Deployment', namespaced: true },
    ],
  };
  const json = ({ path }: KubeRequest): Promise<unknown> => {
    paths.push(path);
    const found = resources[path];
    return found === undefined
      ? Promise.reject(new RequestError(404, 'not found'))
      : Promise.resolve({ resources: found });
  };
  return { paths, transport: { json } as unknown as Transport };
}

test('a kind is found in the discovery of its group, subresources aside', async () => {
  const { transport } = server();
  expect(await kindOf(transport, { apiVersion: 'apps/v1', kind: 'Deployment' })).toEqual({
    ...{ group: 'apps', version: 'v1', resource: 'deployments', kind: 'Deployment' },
    namespaced: true,
  });
  expect(await kindOf(transport, { apiVersion: 'v1', kind: 'Pod' })).toMatchObject({ group: '' });
});

test('a kind or a group that the server has not is none', async () => {
  const { transport, paths } = server();
  expect(await kindOf(transport, { apiVersion: 'v1', kind: 'Widget' })).toBeNull();
  expect(await kindOf(transport, { apiVersion: 'x.y/v1?a', kind: 'Widget' })).toBeNull();
  expect(paths.at(-1)).toBe('/apis/x.y/v1%3Fa');
});
