/** What the load balancers of a cluster are made of, whatever they were made for. */
import type { Target, TargetGroup } from '../balancer.ts';
import { hash } from '../random.ts';
import { regionArn } from '../region.ts';
import type { Endpoint, Service } from '../world/network-objects.ts';
import { conditionOf } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/** So long a new target is checked before it gets traffic (ms). */
const REGISTERING = 15_000;

/** `k8s-shop-api-1a2b`: what stands before the last dash of a host's first label. */
export const nameIn = (hostname: string): string =>
  (hostname.split('.')[0] ?? '').replace(/-[^-]+$/, '').replace(/^internal-/, '');

const hexOf = (text: string): string => (hash(text) >>> 0).toString(16).padStart(8, '0').repeat(2);

/** The ARN of a balancer or group, which ends with digits of its name. */
export const balancerArn = ({ region }: World, resource: string, name: string): string =>
  regionArn(region, 'elasticloadbalancing', `${resource}/${hexOf(name)}`);

/** The name of a group, by its balancer's and what tells it from the others of that. */
export const groupName = (balancer: string, of: string): string =>
  `k8s-${balancer.slice(4, 20)}-${hexOf(of).slice(0, 10)}`;

/**
 * The group of an ALB that sends to the pods of a service.
 *
 * @param of what tells it from the others of the balancer
 */
export function serviceGroup(
  world: World,
  service: Service,
  of: string,
  balancer: string,
  tags: Readonly<Record<string, string>>,
): TargetGroup {
  const name = groupName(balancer, of);
  return {
    arn: balancerArn(world, `targetgroup/${name}`, name),
    name,
    protocol: 'HTTP',
    port: targetPort(world, service),
    targetType: 'ip',
    checkPath: '/healthz',
    tags,
    targets: podTargets(world, service),
  };
}

/** The public subnets of a cluster, or the others. */
export const subnetsOf = ({ cluster }: World, open: boolean): readonly string[] =>
  cluster.subnets.filter((each) => each.public === open).map(({ id }) => id);

function slicesOf(world: World, service: Service) {
  return world.store.ownedBy('endpointslices', service.metadata.uid);
}

/** Where the pods of a service listen. */
export function targetPort(world: World, service: Service): number {
  const [slice] = slicesOf(world, service);
  const [port] = slice?.ports ?? [];
  return port?.port ?? service.spec.ports?.[0]?.port ?? 0;
}

/** The pods behind a service, as the balancer sees each: by its own checks, which follow readiness. */
export function podTargets(world: World, service: Service): readonly Target[] {
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
export function nodeTargets(world: World, port: number): readonly Target[] {
  return world.store.list('nodes').flatMap((node): Target[] => {
    const id = /\/(i-[\da-f]+)$/.exec(node.spec.providerID)?.[1];
    if (id === undefined) return [];
    const ready = conditionOf(node.status.conditions, 'Ready')?.status === 'True';
    const zone = node.metadata.labels?.['topology.kubernetes.io/zone'] ?? '';
    return [{ id, port, zone, ...(ready ? HEALTHY : FAILED) }];
  });
}
