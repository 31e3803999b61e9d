import type { LoadBalancer, TargetGroup } from '../balancer.ts';
import type { Service } from '../world/network-objects.ts';
import type { KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import {
  balancerArn,
  groupName,
  nameIn,
  nodeTargets,
  podTargets,
  serviceGroup,
  subnetsOf,
  targetPort,
} from './balancer-parts.ts';
import { gatewayBalancersOf } from './gateway-balancers.ts';

/** The load balancers that the services, ingresses and gateways of a world stand behind, as they are now. */
export function loadBalancersOf(world: World): readonly LoadBalancer[] {
  const services = world.store.list('services').flatMap((service) => ofService(world, service));
  const ingresses = world.store.list('ingresses').flatMap((ingress) => ofIngress(world, ingress));
  return [...services, ...ingresses, ...gatewayBalancersOf(world)];
}

function ofService(world: World, service: Service): LoadBalancer | [] {
  const hostname = service.status.loadBalancer.ingress?.[0]?.hostname;
  if (service.spec.type !== 'LoadBalancer' || hostname === undefined) return [];
  const name = nameIn(hostname);
  const { cluster } = world;
  const { namespace = '', annotations = {} } = service.metadata;
  const stack = `${namespace}/${service.metadata.name}`;
  const type = annotations['service.beta.kubernetes.io/aws-load-balancer-type'] ?? '';
  const managed = service.spec.loadBalancerClass !== undefined;
  const kind = managed || type === 'nlb' ? 'network' : 'classic';
  // The controller makes internal ones of those that do not say otherwise; the old one the reverse.
  const internal = managed
    ? annotations['service.beta.kubernetes.io/aws-load-balancer-scheme'] !== 'internet-facing'
    : 'service.beta.kubernetes.io/aws-load-balancer-internal' in annotations;
  const tags: Record<string, string> = managed
    ? {
        'elbv2.k8s.aws/cluster': cluster.name,
        'service.k8s.aws/stack': stack,
        'service.k8s.aws/resource': 'LoadBalancer',
      }
    : { [`kubernetes.io/cluster/${cluster.name}`]: 'owned', 'kubernetes.io/service-name': stack };
  const ports = service.spec.ports ?? [];
  const byIp = annotations['service.beta.kubernetes.io/aws-load-balancer-nlb-target-type'] === 'ip';
  return {
    arn: kind === 'classic' ? '' : balancerArn(world, `loadbalancer/net/${name}`, name),
    name,
    kind,
    hostname,
    scheme: internal ? 'internal' : 'internet-facing',
    createdAt: Date.parse(service.metadata.creationTimestamp),
    subnetIds: subnetsOf(world, !internal),
    listeners: ports.map(({ port }) => ({ protocol: 'TCP', port })),
    tags,
    groups: ports.map((port): TargetGroup => {
      const group = groupName(name, `${hostname}:${port.port}`);
      return {
        arn: balancerArn(world, `targetgroup/${group}`, group),
        name: group,
        protocol: 'TCP',
        port: byIp ? targetPort(world, service) : (port.nodePort ?? port.port),
        targetType: byIp ? 'ip' : 'instance',
        checkPath: '',
        tags: { ...tags, 'service.k8s.aws/resource': `${stack}:${port.port}` },
        targets: byIp ? podTargets(world, service) : nodeTargets(world, port.nodePort ?? 0),
      };
    }),
  };
}

function ofIngress(world: World, ingress: KubeObject): LoadBalancer | [] {
  const { status, spec } = ingress as KubeObject & {
    readonly spec: {
      readonly ingressClassName?: string;
      readonly rules?: readonly {
        readonly http: {
          readonly paths: readonly {
            readonly backend: { readonly service: { readonly name: string } };
          }[];
        };
      }[];
    };
    readonly status: Service['status'];
  };
  const hostname = status.loadBalancer.ingress?.[0]?.hostname;
  if (spec.ingressClassName !== 'alb' || hostname === undefined) return [];
  const { cluster } = world;
  const { namespace = '', name: ingressName } = ingress.metadata;
  const name = nameIn(hostname);
  const tags = {
    'elbv2.k8s.aws/cluster': cluster.name,
    'ingress.k8s.aws/stack': `${namespace}/${ingressName}`,
  };
  const backends = new Set(
    (spec.rules ?? []).flatMap(({ http }) => http.paths.map(({ backend }) => backend.service.name)),
  );
  return {
    arn: balancerArn(world, `loadbalancer/app/${name}`, name),
    name,
    kind: 'application',
    hostname,
    scheme: 'internet-facing',
    createdAt: Date.parse(ingress.metadata.creationTimestamp),
    subnetIds: subnetsOf(world, true),
    listeners: [{ protocol: 'HTTPS', port: 443 }],
    tags: { ...tags, 'ingress.k8s.aws/resource': 'LoadBalancer' },
    groups: [...backends].flatMap((backend): TargetGroup | [] => {
      const service = world.store.get('services', namespace, backend);
      if (service === undefined) return [];
      return serviceGroup(world, service, `${hostname}:${backend}`, name, {
        ...tags,
        'ingress.k8s.aws/resource': `${namespace}/${ingressName}-${backend}:http`,
      });
    }),
  };
}
