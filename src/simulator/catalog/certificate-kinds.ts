/** Certificates of two groups: the same plural means another kind in each. */
import type { World } from '../world/world.ts';
import { plantCustom, plantDefinition } from './definitions.ts';

const names = { plural: 'certificates', kind: 'Certificate' };

/** Defines both and puts one of each. */
export function plantCertificates(world: World): void {
  plantDefinition(world, {
    group: 'cert-manager.io',
    names: { ...names, shortNames: ['cert', 'certs'], categories: ['cert-manager'] },
    namespaced: true,
    columns: [
      'Ready .status.conditions[?(@.type=="Ready")].status',
      'Secret .spec.secretName',
      'Issuer+ .spec.issuerRef.name',
      'Status+ .status.conditions[?(@.type=="Ready")].message',
      'Age .metadata.creationTimestamp date',
    ],
    fields: { spec: { type: 'object' }, status: { type: 'object' } },
    ageDays: 230,
  });
  plantDefinition(world, {
    group: 'acm.services.k8s.aws',
    names,
    namespaced: true,
    version: 'v1alpha1',
    columns: ['Domain .spec.domainName', 'Status .status.status'],
    fields: { spec: { type: 'object' }, status: { type: 'object' } },
    ageDays: 90,
  });
  plantCustom(world, {
    of: 'certificates.cert-manager.io',
    name: 'webhook-serving',
    namespace: 'kube-system',
    ageMinutes: 40 * 1440,
    spec: {
      secretName: 'webhook-serving-tls',
      dnsNames: ['webhook.kube-system.svc'],
      issuerRef: { kind: 'ClusterIssuer', name: 'internal' },
    },
    status: { notAfter: '2027-01-18T09:00:00Z' },
    conditions: ['Ready True Ready Certificate is up to date and has not expired'],
  });
  plantCustom(world, {
    of: 'certificates.acm.services.k8s.aws',
    name: 'shop-public',
    namespace: 'kube-system',
    ageMinutes: 80 * 1440,
    spec: { domainName: 'shop.example.com', validationMethod: 'DNS' },
    status: { status: 'ISSUED', domainName: 'shop.example.com' },
    conditions: ['ACK.ResourceSynced True Synced'],
  });
}
