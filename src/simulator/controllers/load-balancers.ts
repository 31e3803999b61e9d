import type { LoadBalancer, Target, TargetGroup } from '../balancer.ts';
import { hash } from '../random.ts';
import { regionArn } from '../region.ts';
import type { Endpoint, Service } from '../world/network-objects.ts';
import { conditionOf, type KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/** So long a new target is checked before it gets traffic (ms). */
const REGISTERING = 15_000;

/** The load balancers that the services and ingresses of a world stand behind, as they are now. */
export function loadBalancersOf(world: World): readonly LoadBalancer[] {
  const services = world.store.list('services').flatMap((service) => ofService(world, service));
  const ingresses = world.store.list('ingresses').flatMap((ingress) => ofIngress(world, ingress));
  return [...services, ...ingresses];
}

/** `k8s-shop-api-1a2b`: what stands before the last dash of a host's first label. */
const nameIn = (hostname: string): string =>
  (hostname.split('.')[0] ?? '').replace(/-[^-]+$/, '').replace(/^internal-/, '');

const hexOf = (text: string): string => (hash(text) >>> 0).toString(16).padStart(8, '0').repeat(2);

function ofService(world: World, service: Service): LoadBalancer | [] {
  const hostname = service.status.loadBalancer.ingress?.[0]?.hostname;
  if (service.spec.type !== 'LoadBalancer' || hostname === undefined) return [];
  const name = nameIn(hostname);
  const { region, cluster } = world;
  const { namespace = '', annotations = {} } = service.metadata;
  const stack = `${namespace}/${service.metadata.name}`;
  const type = annotations['service.beta.kubernetes.io/aws-load-balancer-type'] ?? '';
  const managed = service.spec.loadBalancerClass !== undefined;
  const kind = managed || type === 'nlb' ? 'network' : 'classic';
  const internal = 'service.beta.kubernetes.io/aws-load-balancer-internal' in annotations;
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
    arn: kind === 'classic' ? '' : arnOf(region, `loadbalancer/net/${name}/${hexOf(name)}`),
    name,
    kind,
    hostname,
    scheme: internal ? 'internal' : 'internet-facing',
    createdAt: Date.parse(service.metadata.creationTimestamp),
    subnetIds: subnetsOf(world, !internal),
    listeners: ports.map(({ port }) => ({ protocol: 'TCP', port })),
    tags,
    groups: ports.map((port): TargetGroup => {
      const group = `k8s-${name.slice(4, 20)}-${hexOf(`${hostname}:${port.port}`).slice(0, 10)}`;
      return {
        arn: arnOf(region, `targetgroup/${group}/${hexOf(group)}`),
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
  const { region, cluster } = world;
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
    arn: arnOf(region, `loadbalancer/app/${name}/${hexOf(name)}`),
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
      const group = `k8s-${name.slice(4, 20)}-${hexOf(`${hostname}:${backend}`).slice(0, 10)}`;
      return {
        arn: arnOf(region, `targetgroup/${group}/${hexOf(group)}`),
        name: group,
        protocol: 'HTTP',
        port: targetPort(world, service),
        targetType: 'ip',
        checkPath: '/healthz',
        tags: {
          ...tags,
          'ingress.k8s.aws/resource': `${namespace}/${ingressName}-${backend}:http`,
        },
        targets: podTargets(world, service),
      };
    }),
  };
}

const arnOf = (region: World['region'], resource: string): string =>
  regionArn(region, 'elasticloadbalancing', resource);

const subnetsOf = ({ cluster }: World, open: boolean): readonly string[] =>
  cluster.subnets.filter((each) => each.public === open).map(({ id }) => id);

function slicesOf(world: World, service: Service) {
  return world.store.ownedBy('endpointslices', service.metadata.uid);
}

function targetPort(world: World, service: Service): number {
  const [slice] = slicesOf(world, service);
  const [port] = (slice?.ports ?? []) as readonly { readonly port?: number }[];
  return port?.port ?? service.spec.ports?.[0]?.port ?? 0;
}

/** The pods behind a service, as the balancer sees each: by its own checks, which follow readiness. */
function podTargets(world: World, service: Service): readonly Target[] {
  const port = targetPort(world, service);
  return slicesOf(world, service).flatMap((slice) =>
    slice.endpoints.flatMap((endpoint): Target[] => {
      const [id] = endpoint.addresses;
      if (id === undefined || id === '') return [];
      return [{ id, port, zone: endpoint.zone, ...healthOf(world, endpoint) }];
    }),
  );
}

const HEALTHY = { state: 'healthy', reason: '', description: '' } as const;
const FAILED = {
  state: 'unhealthy',
  reason: 'Target.FailedHealthChecks',
  description: 'Health checks failed',
} as const;

function healthOf(
  world: World,
  { conditions, targetRef }: Endpoint,
): Pick<Target, 'state' | 'reason' | 'description'> {
  if (conditions.terminating) {
    return {
      state: 'draining',
      reason: 'Target.DeregistrationInProgress',
      description: 'Target deregistration is in progress',
    };
  }
  if (!conditions.serving) return FAILED;
  const { namespace = '', name = '' } = targetRef as { namespace?: string; name?: string };
  const ready = conditionOf(
    world.store.get('pods', namespace, name)?.status.conditions,
    'Ready',
  )?.lastTransitionTime;
  const since = world.clock.now() - Date.parse(ready ?? '');
  return since < REGISTERING
    ? {
        state: 'initial',
        reason: 'Elb.RegistrationInProgress',
        description: 'Target registration is in progress',
      }
    : HEALTHY;
}

/** The instances whose node ports balancers send to: any node forwards, as long as it is there. */
function nodeTargets(world: World, port: number): readonly Target[] {
  return world.store.list('nodes').flatMap((node): Target[] => {
    const id = /\/(i-[\da-f]+)$/.exec(node.spec.providerID)?.[1];
    if (id === undefined) return [];
    const ready = conditionOf(node.status.conditions, 'Ready')?.status === 'True';
    const zone = node.metadata.labels?.['topology.kubernetes.io/zone'] ?? '';
    return [{ id, port, zone, ...(ready ? HEALTHY : FAILED) }];
  });
}
