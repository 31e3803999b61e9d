import { isInternal, loadBalancerOf } from '../../../domain/load-balancer.ts';
import type { ServiceRow } from '../../../domain/rows.ts';
import { int, intOrString, map, part, parts, text, word, words } from './field.ts';
import { message, type Read } from './message.ts';
import { METADATA, objectRow } from './meta.ts';

/** core/v1 Service. */
export const SERVICE = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      ports: parts(
        1,
        message({
          name: word(1),
          protocol: word(2),
          port: int(3),
          targetPort: intOrString(4),
          nodePort: int(5),
        }),
      ),
      selector: map(2),
      clusterIP: text(3),
      type: word(4),
      externalIPs: words(5),
      externalName: text(10),
      loadBalancerClass: word(21),
    }),
  ),
  status: part(
    3,
    message({
      loadBalancer: part(
        1,
        message({ ingress: parts(1, message({ ip: text(1), hostname: text(2) })) }),
      ),
    }),
  ),
});

type Service = Read<typeof SERVICE>;

/** The row of a service. */
export function serviceRow(service: Service): ServiceRow {
  const { metadata, spec } = service;
  const balanced = { ...spec, annotations: metadata.annotations };
  return {
    ...objectRow(metadata),
    type: spec.type,
    clusterIP: spec.clusterIP,
    external: externalAddress(service),
    ports: spec.ports,
    selector: spec.selector,
    loadBalancer: loadBalancerOf(balanced),
    internal: isInternal(balanced),
    endpointsReady: null,
    endpointsNotReady: null,
  };
}

/** EXTERNAL-IP as `kubectl get -o wide` prints it; empty where kubectl prints `<none>`. */
function externalAddress({ spec, status }: Service): string {
  if (spec.type === 'ExternalName') return spec.externalName;
  if (spec.type !== 'LoadBalancer') return spec.externalIPs.join(',');
  const balancers = status.loadBalancer.ingress
    .map(({ ip, hostname }) => ip || hostname)
    .filter((address) => address !== '');
  const addresses = [...[...new Set(balancers)].sort(), ...spec.externalIPs];
  return addresses.length === 0 ? '<pending>' : addresses.join(',');
}
