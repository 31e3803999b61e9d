/** Load balancers as pods, services and ingresses see theirs: whom they send traffic to, and why not. */
import type { Cell, Segment } from '../../core/styled.ts';
import {
  getsTraffic,
  hostsOf,
  isOfIngress,
  isOfRoute,
  isOfServices,
  isPassing,
  reasonOfTarget,
  routeBackendOf,
  targetsOfPod,
  type TargetsTold,
} from '../../domain/balancer-targets.ts';
import type { PodRow, ServiceRow } from '../../domain/rows.ts';
import type { GatewayRow } from '../../domain/tables/gateways.ts';
import type { RouteRow } from '../../domain/tables/gateway-routes.ts';
import type { IngressRow } from '../../domain/tables/ingresses.ts';
import type { LoadBalancerRow } from '../../domain/tables/loadbalancers.ts';
import type { BalancerTarget, TargetGroupRow } from '../../domain/tables/targetgroups.ts';
import type { Query } from '../../ports/query.ts';
import { targetsHealth } from '../balancer-columns.ts';
import { status, toned } from '../cells.ts';
import type { Section } from '../define.ts';
import { shortNode } from '../names.ts';
import { selects } from '../selects.ts';
import { NONE, type Line } from './common.ts';

/** What they are told by. */
export const BALANCER_TABLES = ['loadbalancers', 'targetgroups'] as const;
/** And by what groups are told that were made for ingresses. */
export const TARGET_TABLES = [...BALANCER_TABLES, 'ingresses'] as const;

/** One target in the balancer's words: `✗ unhealthy  Target.FailedHealthChecks: …`. */
export function targetCell(target: BalancerTarget): Cell {
  const [glyph, tone] = getsTraffic(target)
    ? (['✓', 'good'] as const)
    : isPassing(target)
      ? (['…', 'info'] as const)
      : (['✗', 'bad'] as const);
  const words: Segment[] = [
    [`${glyph} `, tone],
    [target.state, tone === 'good' ? 'muted' : tone],
  ];
  const reason = reasonOfTarget(target);
  return reason === '' ? words : [...words, [`  ${reason}`, 'text']];
}

/** The targets of a group by the pod or node that they are; those without traffic first. */
export function groupTargets(
  group: Pick<TargetGroupRow, 'error' | 'targets' | 'targetType'>,
  query: Query,
): readonly Line[] {
  if (group.error !== '') return [[[`? ${group.error}`, 'warn']]];
  if (group.targets.length === 0) return [NONE];
  const names = new Map<string, string>();
  if (group.targetType === 'ip') {
    for (const pod of query.rows('pods')) {
      if (pod.gone === 0 && !pod.hostNetwork && pod.ip !== '')
        names.set(pod.ip, `${pod.namespace}/${pod.name}`);
    }
  } else {
    for (const node of query.rows('nodes')) names.set(node.instanceId, shortNode(node.name));
  }
  return [...group.targets]
    .sort((a, b) => Number(getsTraffic(a)) - Number(getsTraffic(b)) || (a.id < b.id ? -1 : 1))
    .map((target) => [
      `${names.get(target.id) ?? target.id}${target.port === null ? '' : `:${target.port}`}`,
      targetCell(target),
    ]);
}

/** A section for each group of a balancer. */
export function balancerGroupsSection(row: LoadBalancerRow, query: Query): readonly Section[] {
  return [...query.rows('targetgroups')]
    .filter(({ balancers }) => balancers.includes(row.uid))
    .map((group) => ({
      title: `Targets of ${group.services.join(', ') || group.resource || group.name}`,
      lines: groupTargets(group, query),
    }));
}

/** What is said where the balancers could not be read; null where they were, or nobody asks. */
function unread(query: Query): readonly Line[] | null {
  const { state, reason, synced } = query.status('targetgroups');
  if (state === 'idle') return [];
  if (synced) return null;
  return [[[`? ${reason === '' ? 'load balancers are being read' : reason}`, 'muted']]];
}

/** The services that select a pod. */
export function servicesOf(row: PodRow, query: Query): ReadonlySet<string> {
  const names = new Set<string>();
  for (const service of query.rows('services')) {
    if (service.gone > 0 || service.namespace !== row.namespace) continue;
    const only = selects(service);
    if (typeof only !== 'string' && only(row)) names.add(`${service.namespace}/${service.name}`);
  }
  return names;
}

/** Whether load balancers send a pod traffic, in their own words; none where none knows it. */
export function podTargetsSection(row: PodRow, query: Query): Section {
  const title = 'Load balancers';
  const said = unread(query);
  const services = servicesOf(row, query);
  // Of a pod behind no service nobody has to be told that AWS could not be asked.
  if (said !== null) return { title, lines: services.size === 0 ? [] : said };
  const node = query.named('nodes', '', row.node);
  const groups = [...query.rows('targetgroups')];
  const ingresses = [...query.rows('ingresses')];
  const found = targetsOfPod(row, node?.instanceId ?? '', services, groups, ingresses);
  const lines = found.map(({ group, target }): Line => [groupLabel(group), targetCell(target)]);
  const expected = groups.filter((group) => isOfServices(group, services, ingresses));
  const missing = expected
    .filter((group) => group.error === '' && !found.some((one) => one.group === group))
    .map((group): Line => [groupLabel(group), notATarget(row, group)]);
  return { title, lines: [...lines, ...missing] };
}

/** How the targets of the balancer before something do, in a line; none where that is not known. */
export function targetsLine(targets: TargetsTold | null): readonly Line[] {
  if (targets === null) return [];
  const { healthy, all } = targets;
  return [['Targets', status(`${healthy} of ${all} get traffic`, targetsHealth(targets))]];
}

/** `k8s-shop-api TCP:8080`; one of several of a gateway also by its service: ` for shop-api`. */
function groupLabel(group: TargetGroupRow): string {
  const { name, balancerNames, protocol, port } = group;
  const backend = routeBackendOf(group);
  const of = backend === '' ? '' : ` for ${backend}`;
  return `${balancerNames.join(', ') || name} ${protocol}:${port ?? '?'}${of}`;
}

/** Why a pod that its service means is no target. */
export function notATarget(row: PodRow, group: Pick<TargetGroupRow, 'targetType'>): Cell {
  if (!row.isReady) return toned('not registered: the pod is not ready', 'warn');
  const only = row.fargateProfile !== '' && group.targetType === 'instance';
  return toned(
    only
      ? 'no target: it runs on Fargate, and this group sends to node ports'
      : 'not registered, though it is ready: see the events of the service and its controller',
    'warn',
  );
}

/** Groups in sections of lines, named by their balancer. */
const groupSections = (groups: readonly TargetGroupRow[], query: Query): readonly Section[] =>
  groups.map((group) => ({
    title: `Targets of ${groupLabel(group)}`,
    lines: groupTargets(group, query),
  }));

/** The balancer behind a host name. */
function balancerOf(hosts: readonly string[], query: Query): LoadBalancerRow | undefined {
  return [...query.rows('loadbalancers')].find(
    ({ gone, dns }) => gone === 0 && dns !== '' && hosts.includes(dns),
  );
}

/** What AWS says of the balancer behind a host name. */
export function balancerLinesOf(external: string, query: Query): readonly Line[] {
  const balancer = balancerOf(hostsOf(external), query);
  if (balancer === undefined) return [];
  return [
    ['In AWS', `${balancer.kind} ${balancer.name}, ${balancer.state || 'there'}`],
    ['Listeners', balancer.listeners.join(', ') || NONE],
    ['Made for', balancer.owner || NONE],
  ];
}

/** The targets of a service's balancer, and of the groups that ingresses made for it. */
export function serviceTargetsSections(row: ServiceRow, query: Query): readonly Section[] {
  const said = unread(query);
  if (said !== null) {
    return row.type === 'LoadBalancer' ? [{ title: 'Targets', lines: said }] : [];
  }
  const balancer = balancerOf(hostsOf(row.external), query);
  const own = new Set([`${row.namespace}/${row.name}`]);
  const ingresses = [...query.rows('ingresses')];
  const groups = [...query.rows('targetgroups')].filter(
    (group) =>
      isOfServices(group, own, ingresses) ||
      (balancer !== undefined && group.balancers.includes(balancer.uid)),
  );
  return groupSections(groups, query);
}

/** The targets of an ingress: of the groups made for it, or where tags do not tell of its balancer. */
export function ingressTargetsSections(row: IngressRow, query: Query): readonly Section[] {
  const said = unread(query);
  if (said !== null) return row.address === '' ? [] : [{ title: 'Targets', lines: said }];
  const groups = [...query.rows('targetgroups')];
  const own = groups.filter((group) => isOfIngress(group, row));
  const balancer = balancerOf(hostsOf(row.address), query);
  const all = groups.filter(
    ({ balancers, resource }) =>
      resource === '' && balancer !== undefined && balancers.includes(balancer.uid),
  );
  return groupSections([...own, ...all], query);
}

/** The targets of a gateway: of all that its balancer sends to. */
export function gatewayTargetsSections(row: GatewayRow, query: Query): readonly Section[] {
  const said = unread(query);
  if (said !== null) return unreadTargets([row], said);
  const balancer = balancerOf(hostsOf(row.address), query);
  if (balancer === undefined) return [];
  const groups = [...query.rows('targetgroups')];
  return groupSections(
    groups.filter(({ balancers }) => balancers.includes(balancer.uid)),
    query,
  );
}

/** The targets of a route: of the groups that were made for it on one of its gateways. */
export function routeTargetsSections(row: RouteRow, query: Query): readonly Section[] {
  const said = unread(query);
  if (said !== null) {
    const gateways = row.parents.map(({ namespace, name }) =>
      query.named('gateways', namespace, name),
    );
    return unreadTargets(gateways, said);
  }
  const groups = [...query.rows('targetgroups')];
  return groupSections(
    groups.filter((group) => row.parents.some((parent) => isOfRoute(group, row, parent))),
    query,
  );
}

/** Says why the targets behind gateways are not known; nothing where none has a host name. */
const unreadTargets = (
  gateways: readonly (GatewayRow | undefined)[],
  lines: Section['lines'],
): readonly Section[] =>
  gateways.some((row) => row !== undefined && hostsOf(row.address).length > 0)
    ? [{ title: 'Targets', lines }]
    : [];
