/** What the shop keeps: its settings and secrets. */
import { rowOf } from '../support/rows.ts';
import type { Rows } from './world.ts';

const DAY = 24 * 60 * 60_000;

/** @param now the moment of the frames */
export function dataOf(now: number): Rows {
  const shop = { namespace: 'shop', created: now - 20 * DAY };
  const key = (name: string, size: number, binary = false) => ({ name, size, binary });
  const tls = { type: 'kubernetes.io/tls', keys: [key('tls.crt', 1164), key('tls.key', 1704)] };
  const ebs = {
    created: now - 20 * DAY,
    phase: 'Bound',
    capacity: 20 * 2 ** 30,
    accessModes: 'RWO',
    reclaimPolicy: 'Delete',
    storageClass: 'gp3',
    driver: 'ebs.csi.aws.com',
  };
  const claim = {
    phase: 'Bound',
    requested: 20 * 2 ** 30,
    capacity: 20 * 2 ** 30,
    accessModes: 'RWO',
    storageClass: 'gp3',
  };
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
    storageclasses: [
      rowOf('storageclasses', {
        name: 'gp3',
        created: now - 200 * DAY,
        provisioner: 'ebs.csi.aws.com',
        parameters: { type: 'gp3', encrypted: 'true' },
        reclaimPolicy: 'Delete',
        binding: 'WaitForFirstConsumer',
        expands: true,
        isDefault: true,
      }),
    ],
    persistentvolumes: [
      rowOf('persistentvolumes', {
        ...ebs,
        name: 'pvc-5f0c9d1e-7a41-4c55-9a1e-2f6f0f5b8f10',
        claim: 'shop/data-db-0',
        volumeId: 'vol-0a1b2c3d4e5f60001',
        zones: ['eu-central-1d'],
      }),
      rowOf('persistentvolumes', {
        ...ebs,
        name: 'archive',
        phase: 'Released',
        reclaimPolicy: 'Retain',
        claim: 'shop/archive',
        volumeId: 'vol-0a1b2c3d4e5f60002',
        zones: ['eu-central-1a'],
      }),
      rowOf('persistentvolumes', {
        ...ebs,
        name: 'models',
        driver: 's3.csi.aws.com',
        capacity: 1200 * 2 ** 30,
        accessModes: 'RWX',
        storageClass: '',
        claim: 'shop/models',
        volumeId: 'shop-models',
      }),
    ],
    persistentvolumeclaims: [
      rowOf('persistentvolumeclaims', {
        ...shop,
        ...claim,
        name: 'data-db-0',
        volume: 'pvc-5f0c9d1e-7a41-4c55-9a1e-2f6f0f5b8f10',
      }),
      rowOf('persistentvolumeclaims', {
        ...shop,
        ...claim,
        name: 'models',
        volume: 'models',
        requested: 1200 * 2 ** 30,
        capacity: 1200 * 2 ** 30,
        accessModes: 'RWX',
        storageClass: '',
      }),
      rowOf('persistentvolumeclaims', {
        ...shop,
        ...claim,
        name: 'reports',
        phase: 'Pending',
        capacity: 0,
        storageClass: 'gp4',
      }),
    ],
  };
}
