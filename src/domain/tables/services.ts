import type { TargetsTold } from '../balancer-targets.ts';
import { BALANCER_ANNOTATIONS, isInternal, loadBalancerOf } from '../load-balancer.ts';
import type { ObjectRow } from '../row.ts';
import { int, intOrString, map, part, parts, text, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
  readonly nodePort: number;
  readonly protocol: string;
}

export interface ServiceRow extends ObjectRow {
  readonly type: string;
  readonly clusterIP: string;
  /** Beside that where it has two: of the other family. */
  readonly otherClusterIPs: readonly string[];
  /** EXTERNAL-IP as kubectl prints it: load balancer host names, external IPs, or the external name. */
  readonly external: string;
  readonly ports: readonly ServicePort[];
  readonly selector: Readonly<Record<string, string>>;
  /** Which AWS load balancer its class and annotations ask for; empty where none. */
  readonly loadBalancer: '' | 'classic' | 'nlb' | 'alb';
  readonly internal: boolean;
  // joined
  endpointsReady: number | null;
  endpointsNotReady: number | null;
  /** Its ports, by name or number, that lead to no ready endpoint although there are some; null: not known. */
  deadPorts: readonly string[] | null;
  /** How the targets of its load balancer do; null where that is not known. */
  targets: TargetsTold | null;
  /** Names of Route 53 that lead to its load balancer; null: not known. */
  names: readonly string[] | null;
}

/** core/v1 Service. */
const SERVICE = message({
  metadata: part(1, metadata(BALANCER_ANNOTATIONS)),
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
      clusterIPs: words(18),
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
function serviceRow(service: Service): ServiceRow {
  const { metadata, spec } = service;
  const balanced = { ...spec, annotations: metadata.annotations };
  return {
    ...objectRow(metadata),
    type: spec.type,
    clusterIP: spec.clusterIP,
    otherClusterIPs: spec.clusterIPs.filter((ip) => ip !== spec.clusterIP),
    external: externalAddress(service),
    ports: spec.ports,
    selector: spec.selector,
    loadBalancer: loadBalancerOf(balanced),
    internal: isInternal(balanced),
    endpointsReady: null,
    endpointsNotReady: null,
    deadPorts: null,
    targets: null,
    names: null,
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

export const services = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'services',
    kind: 'Service',
    namespaced: true,
  },
  message: SERVICE,
  row: serviceRow,
  keepsGone: true,
});
