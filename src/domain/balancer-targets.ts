/** How the targets of load balancers do, and which of them stand for a pod, service or ingress. */
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
  return [reason || state, description].filter((text) => text !== '').join(': ');
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
 */
export function targetsOfPod(
  pod: { readonly ip: string; readonly hostNetwork: boolean },
  instanceId: string,
  services: ReadonlySet<string>,
  groups: Iterable<TargetGroupRow>,
): readonly FoundTarget[] {
  const found: FoundTarget[] = [];
  for (const group of groups) {
    const byNode = group.targetType === 'instance';
    const id = byNode ? instanceId : pod.ip;
    if (id === '' || (byNode && !isOfServices(group, services))) continue;
    for (const target of group.targets) if (target.id === id) found.push({ group, target });
  }
  return found;
}

/** Whether a group was made for one of the services, `namespace/name`. */
export function isOfServices(group: TargetGroupRow, services: ReadonlySet<string>): boolean {
  return group.services.some((service) => services.has(service)) || viaIngress(group, services);
}

/** `shop/web-api:http` is the group of service `shop/api` of the ingress `shop/web`. */
function viaIngress({ resource }: TargetGroupRow, services: ReadonlySet<string>): boolean {
  const colon = resource.lastIndexOf(':');
  if (colon < 0) return false;
  const path = resource.slice(0, colon);
  const slash = path.indexOf('/');
  const [namespace, rest] = [path.slice(0, slash), path.slice(slash + 1)];
  // Both names may have dashes: any end of it may be the service.
  for (let at = rest.indexOf('-'); at >= 0; at = rest.indexOf('-', at + 1)) {
    if (services.has(`${namespace}/${rest.slice(at + 1)}`)) return true;
  }
  return false;
}

/** Whether a group was made for an ingress with these backends. */
export function isOfIngress(
  { resource }: Pick<TargetGroupRow, 'resource'>,
  ingress: {
    readonly namespace: string;
    readonly name: string;
    readonly backends: readonly { readonly service: string }[];
  },
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
