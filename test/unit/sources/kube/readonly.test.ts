import { describe, expect, it } from 'vitest';
import { isRead } from '../../../../src/sources/kube/readonly.ts';

describe('known to be a read', () => {
  it.each([
    ['GET', '/api/v1/pods'],
    ['GET', '/api/v1/namespaces/shop/pods/a/log'],
    ['GET', '/apis/apps/v1/namespaces/exec/deployments/attach-me'],
    ['POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'],
    ['POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews'],
  ])('%s %s', (method, path) => expect(isRead(method, path)).toBe(true));
});

describe('not known to be a read', () => {
  it.each([
    ['POST', '/api/v1/namespaces/shop/pods'],
    ['PATCH', '/apis/apps/v1/namespaces/shop/deployments/api/scale'],
    ['PUT', '/api/v1/namespaces/shop/pods/a'],
    ['DELETE', '/api/v1/namespaces/shop/pods/a'],
    ['POST', '/api/v1/namespaces/shop/pods/a/eviction'],
    ['POST', '/api/v1/namespaces/shop/serviceaccounts/a/token'],
    ['GET', '/api/v1/namespaces/shop/pods/a/exec'],
    ['GET', '/api/v1/namespaces/shop/pods/a/attach'],
    ['GET', '/api/v1/namespaces/shop/pods/a/portforward'],
    ['GET', '/api/v1/namespaces/shop/services/a/proxy/delete-all'],
    ['GET', '/api/v1/nodes/n/proxy/run/shop/a/c'],
  ])('%s %s', (method, path) => expect(isRead(method, path)).toBe(false));
});
