/** What the shop keeps: its settings and secrets. */
import { rowOf } from '../support/rows.ts';
import type { Rows } from './world.ts';

const DAY = 24 * 60 * 60_000;

/** @param now the moment of the frames */
export function dataOf(now: number): Rows {
  const shop = { namespace: 'shop', created: now - 20 * DAY };
  const key = (name: string, size: number, binary = false) => ({ name, size, binary });
  const tls = { type: 'kubernetes.io/tls', keys: [key('tls.crt', 1164), key('tls.key', 1704)] };
  return {
    configmaps: [
      rowOf('configmaps', {
        ...shop,
        name: 'api-config',
        keys: [key('APP_ENV', 10), key('application.yaml', 2140), key('logo.png', 40_210, true)],
      }),
      rowOf('configmaps', { ...shop, name: 'kube-root-ca.crt', keys: [key('ca.crt', 1107)] }),
    ],
    secrets: [
      rowOf('secrets', {
        ...shop,
        name: 'api-secrets',
        type: 'Opaque',
        keys: [key('db_password', 24), key('stripe_key', 32)],
      }),
      rowOf('secrets', {
        ...shop,
        ...tls,
        name: 'shop-tls',
        hosts: ['shop.example.com', '*.shop.example.com'],
        issuer: 'R11',
        expires: now + 5 * DAY,
      }),
      rowOf('secrets', {
        ...shop,
        ...tls,
        name: 'admin-tls',
        hosts: ['admin.example.com'],
        issuer: 'R11',
        expires: now - 3 * DAY,
      }),
      rowOf('secrets', {
        ...shop,
        name: 'sh.helm.release.v1.api.v12',
        type: 'helm.sh/release.v1',
        labels: { owner: 'helm', name: 'api', version: '12', status: 'deployed' },
        keys: [key('release', 21_904)],
      }),
    ],
  };
}
