import { stampOf } from '../clock.ts';
import type { KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/** Of shop.example.com, until 2046. */
const LASTING = `-----BEGIN CERTIFICATE-----
MIIBYTCCAQagAwIBAgIJcywNe8T8yc9+MAoGCCqGSM49BAMCMBsxGTAXBgNVBAMT
EHNob3AuZXhhbXBsZS5jb20wHhcNMjYwMTAxMDAwMDAwWhcNNDYwMTAxMDAwMDAw
WjAbMRkwFwYDVQQDExBzaG9wLmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYIKoZI
zj0DAQcDQgAE7M9HLl5IhGAed6LiNFy1vDHHZRLSaphSNhVUx6RqeVnopvLrn9jS
hbcChHk2fJlPNRaPQfq9lR1ShQ2C7pHn9aMzMDEwLwYDVR0RBCgwJoIQc2hvcC5l
eGFtcGxlLmNvbYISKi5zaG9wLmV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0kAMEYC
IQDp+8oy/+7ETZG8Ej3rh1+CuJyUc0fv7IKmRFWpNgcqMAIhAPOqJzV8HcPtjCqh
IZchAhHyDCJOPren/TDtCNEQsnic
-----END CERTIFICATE-----
`;

/** Of partners.example.com, until October 2026: nobody renewed it. */
const ENDED = `-----BEGIN CERTIFICATE-----
MIIBcTCCARagAwIBAgIJTSXEwcyXVoa3MAoGCCqGSM49BAMCMB8xHTAbBgNVBAMT
FHBhcnRuZXJzLmV4YW1wbGUuY29tMB4XDTI1MDYwMTAwMDAwMFoXDTI2MTAwMTAw
MDAwMFowHzEdMBsGA1UEAxMUcGFydG5lcnMuZXhhbXBsZS5jb20wWTATBgcqhkjO
PQIBBggqhkjOPQMBBwNCAATJusn0dDVogwZ6zFDwUKzj0qBQAzC58dJMkAPrEpX9
ARLViMrurZ1ssKt/lO142lWlzB7/Z7s1k+mMdcMxwq2yozswOTA3BgNVHREEMDAu
ghRwYXJ0bmVycy5leGFtcGxlLmNvbYIWKi5wYXJ0bmVycy5leGFtcGxlLmNvbTAK
BggqhkjOPQQDAgNJADBGAiEA+J+71E/xDBeXvH/cib9/A1ZwRq59wZCoG2UNF81V
6/ACIQDA+koeB0ER6RjbZUJl8uBnPCI5AaQOUZGfpo1OxUJhJQ==
-----END CERTIFICATE-----
`;

/** The certificates of the shop's hosts: one is good, one has ended. */
export function plantCertificates(world: World, createdAt: number): void {
  for (const [name, certificate] of [
    ['shop-tls', LASTING],
    ['partners-tls', ENDED],
  ] as const) {
    const metadata = { name, namespace: 'storefront', creationTimestamp: stampOf(createdAt) };
    const data = {
      'tls.crt': Buffer.from(certificate).toString('base64'),
      'tls.key': Buffer.from('this is no key: the region is simulated').toString('base64'),
    };
    world.store.create('secrets', {
      metadata,
      type: 'kubernetes.io/tls',
      data,
    } as unknown as KubeObject);
  }
}
