import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  signServiceAccountToken,
  verifyServiceAccountToken,
} from '../../../src/simulator/world/service-account-token.ts';
import { ApiClient } from './api-client.ts';
import { NOW, smallWorld } from './small-world.ts';
import type { SmallWorld } from './small-world.ts';

const PATH = '/api/v1/namespaces/shop/serviceaccounts/default/token';

let small: SmallWorld;
let api: ApiClient;

beforeEach(async () => {
  small = smallWorld();
  api = await ApiClient.start(small.world);
});
afterEach(() => api.close());

const askFor = (spec: object) =>
  api.post(PATH, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec });

it('a token says who it is for, whose it is and when it ends', async () => {
  const { code, body } = await askFor({ audiences: ['sts.amazonaws.com'], expirationSeconds: 900 });
  expect(code).toBe(201);
  const { token, expirationTimestamp } = body['status'] as unknown as Record<string, string>;
  const claims = verifyServiceAccountToken(token ?? '');
  expect(claims).toMatchObject({
    iss: small.world.cluster.oidcIssuer,
    sub: 'system:serviceaccount:shop:default',
    aud: ['sts.amazonaws.com'],
  });
  expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(900);
  expect(Date.parse(expirationTimestamp ?? '')).toBe((claims?.exp ?? 0) * 1000);
});

it('is for the API server and an hour where nothing else is asked for, and never for less than 10 minutes', async () => {
  const { body } = await askFor({});
  expect(body['spec']).toMatchObject({
    audiences: ['https://kubernetes.default.svc'],
    expirationSeconds: 3600,
  });
  expect((await askFor({ expirationSeconds: 60 })).code).toBe(422);
  expect((await api.post(PATH.replace('default', 'nobody'), {})).code).toBe(404);
});

it('a token that was not signed here says nothing', () => {
  const at = NOW / 1000;
  const claims = { iss: 'x', sub: 'y', aud: ['z'], iat: at, nbf: at, exp: at + 600 };
  const token = signServiceAccountToken(claims);
  expect(verifyServiceAccountToken(token)).toEqual(claims);
  const [header = '', , signature = ''] = token.split('.');
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'admin' })).toString('base64url');
  for (const other of [`${header}.${forged}.${signature}`, '', 'a.b', `${token}x.y`, 'a.b.c']) {
    expect(verifyServiceAccountToken(other)).toBeNull();
  }
});
