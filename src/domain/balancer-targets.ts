/** How the targets of load balancers do, and which of them stand for a pod, service or ingress. */
import { explained } from '../core/words.ts';
import { plainHost } from './host-records.ts';
import type { BalancerTarget, TargetGroupRow } from './tables/targetgroups.ts';

/** How many of the targets get traffic, and what keeps the others from it, in the balancer's words. */
export interface TargetsTold {
  readonly healthy: number;
  readonly all: number;
  /** The most frequent reason; empty where all get traffic. */
  readonly trouble: string;
}

/** Whether a target gets traffic; one that drains has none of the new. */
export const getsTraffic = ({ state }: Pick<BalancerTarget, 'state'>): boolean =>
  state === 'healthy';

/** Comes or goes by itself. */
const PASSING: ReadonlySet<string> = new Set(['initial', 'draining', 'unhealthy.draining']);
/** Whether the state of a target becomes another one by itself. */
export const isPassing = ({ state }: Pick<BalancerTarget, 'state'>): boolean => PASSING.has(state);

/** What keeps a target from traffic: `Target.FailedHealthChecks: Health checks failed`. */
export function reasonOfTarget({ state, reason, description }: BalancerTarget): string {
  if (state === 'healthy') return '';
  return explained(reason || state, description);
}

/** Sums up the targets of groups; null where those of one are not known. */
export function targetsTold(
  groups: readonly Pick<TargetGroupRow, 'targets' | 'error'>[],
): TargetsTold | null {
  if (groups.some(({ error }) => error !== '')) return null;
  const targets = groups.flatMap((group) => group.targets);
  const reasons = new Map<string, number>();
  for (const target of targets) {
    const reason = getsTraffic(target) ? '' : target.reason || target.state;
    if (reason !== '') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const [first] = [...reasons].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return {
    healthy: targets.filter(getsTraffic).length,
    all: targets.length,
    trouble: first?.[0] ?? '',
  };
}

/** A target of a group that stands for something. */
export interface FoundTarget {
  readonly group: TargetGroupRow;
  readonly target: BalancerTarget;
}

/**
 * The targets that stand for a pod: those with its address, and its node where balancers send to
 * node ports of a service that it is behind.
 *
 * @param services those that select it, as `namespace/name`
 * @param ingresses of the cluster: groups of ingresses name both an ingress and a service
 */
export function targetsOfPod(
  pod: { readonly ip: string; readonly hostNetwork: boolean },
  instanceId: string,
  services: ReadonlySet<string>,
  groups: Iterable<TargetGroupRow>,
  ingresses: readonly BalancedIngress[],
): readonly FoundTarget[] {
  const found: FoundTarget[] = [];
  for (const group of groups) {
    const byNode = group.targetType === 'instance';
    const id = byNode ? instanceId : pod.ip;
    if (id === '' || (byNode && !isOfServices(group, services, ingresses))) continue;
    for (const target of group.targets) if (target.id === id) found.push({ group, target });
  }
  return found;
}

/** Whether a group was made for one of the services, `namespace/name`. */
export function isOfServices(
  group: TargetGroupRow,
  services: ReadonlySet<string>,
  ingresses: Iterable<BalancedIngress>,
): boolean {
  return (
    group.services.some((service) => services.has(service)) ||
    viaIngress(group, services, ingresses) ||
    viaGateway(group, services)
  );
}

const ROUTE_KIND = /^(HTTP|GRPC|TCP|UDP|TLS)Route-/;

/**
 * `shop-api` of `infra/web:shop-shop:HTTPRoute-shop-api:80`: namespace and name of the service that a
 * route on a gateway sends to, which a dash joins; older controllers leave out the kind of the route.
 * Empty for groups that were made for something else.
 */
export function routeBackendOf({ resource }: Pick<TargetGroupRow, 'resource'>): string {
  const [, , backend, port] = resource.split(':');
  return backend === undefined || port === undefined ? '' : backend.replace(ROUTE_KIND, '');
}

function viaGateway(group: TargetGroupRow, services: ReadonlySet<string>): boolean {
  const backend = routeBackendOf(group);
  return backend !== '' && [...services].some((service) => service.replace('/', '-') === backend);
}

/** Whether a group was made for a route on a gateway. */
export const isOfRoute = (
  { resource }: Pick<TargetGroupRow, 'resource'>,
  route: { readonly namespace: string; readonly name: string; readonly routeKind: string },
  gateway: { readonly namespace: string; readonly name: string },
): boolean => {
  const made = `${gateway.namespace}/${gateway.name}:${route.namespace}-${route.name}:`;
  if (!resource.startsWith(made)) return false;
  // Routes of two kinds may have one name.
  const [told] = ROUTE_KIND.exec(resource.slice(made.length)) ?? [];
  return told === undefined || told === `${route.routeKind}-`;
};

/** What of an ingress tells which groups were made for it. */
export interface BalancedIngress {
  readonly namespace: string;
  readonly name: string;
  readonly backends: readonly { readonly service: string }[];
}

/**
 * `shop/web-api:http` is the group of service `shop/api` of the ingress `shop/web`. Both names may
 * have dashes: only the ingresses that there are tell where one ends.
 */
function viaIngress(
  group: TargetGroupRow,
  services: ReadonlySet<string>,
  ingresses: Iterable<BalancedIngress>,
): boolean {
  if (group.resource === '') return false;
  for (const { namespace, name, backends } of ingresses) {
    const own = backends.filter(({ service }) => services.has(`${namespace}/${service}`));
    if (isOfIngress(group, { namespace, name, backends: own })) return true;
  }
  return false;
}

/** Whether a group was made for an ingress with these backends. */
export function isOfIngress(
  { resource }: Pick<TargetGroupRow, 'resource'>,
  ingress: BalancedIngress,
): boolean {
  const path = resource.slice(0, Math.max(0, resource.lastIndexOf(':')));
  return ingress.backends.some(
    ({ service }) => path === `${ingress.namespace}/${ingress.name}-${service}`,
  );
}

/** The host names of an external address as a balancer tells its own. */
export const hostsOf = (external: string): readonly string[] =>
  external
    .split(',')
    .filter((host) => host.includes('.'))
    .map(plainHost);
