import { ROUTE_TABLES } from '../../domain/gateways.ts';
import { kindOf } from '../../domain/ref.ts';
import type { LoadBalancer, TargetGroup } from '../balancer.ts';
import { conditionOf, type Condition, type KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { balancerArn, nameIn, serviceGroup, subnetsOf } from './balancer-parts.ts';

type RouteTable = (typeof ROUTE_TABLES)[number];

interface Reference {
  readonly namespace?: string;
  readonly name: string;
  readonly port?: number;
}

type Gateway = KubeObject & {
  readonly spec: {
    readonly gatewayClassName: string;
    readonly listeners?: readonly { readonly protocol: string; readonly port: number }[];
  };
  readonly status?: { readonly addresses?: readonly { readonly value: string }[] };
};

/** A route of any kind. */
export type Route = KubeObject & {
  readonly spec: {
    readonly hostnames?: readonly string[];
    readonly rules?: readonly { readonly backendRefs?: readonly Reference[] }[];
  };
  readonly status?: {
    readonly parents?: readonly {
      readonly parentRef: Reference;
      readonly conditions: readonly Condition[];
    }[];
  };
};

/** Objects of a kind of Gateway API; none where the cluster does not define it. */
export function listed(
  world: World,
  plural: 'gateways' | 'referencegrants' | RouteTable,
): readonly KubeObject[] {
  const resource = `${plural}.gateway.networking.k8s.io` as const;
  return world.store.kinds.has(resource) ? world.store.list(resource) : [];
}

/** The gateways of a world. */
export const gatewaysOf = (world: World): readonly Gateway[] =>
  listed(world, 'gateways') as Gateway[];

const addressOf = ({ status }: Gateway): string | undefined => status?.addresses?.[0]?.value;

/** The load balancers that the gateways of a world stand behind, as they are now. */
export function gatewayBalancersOf(world: World): readonly LoadBalancer[] {
  return gatewaysOf(world).flatMap((gateway) => ofGateway(world, gateway));
}

/** The hosts of routes, each with the address of the gateway that takes them. */
export function gatewayHostsOf(world: World): readonly (readonly [host: string, to: string])[] {
  return gatewaysOf(world).flatMap((gateway) => {
    const address = addressOf(gateway);
    if (address === undefined) return [];
    return ROUTE_TABLES.flatMap((table) => takenRoutes(world, gateway, table)).flatMap(({ spec }) =>
      (spec.hostnames ?? []).map((host) => [host, address] as const),
    );
  });
}

function ofGateway(world: World, gateway: Gateway): LoadBalancer | [] {
  const hostname = addressOf(gateway);
  if (hostname === undefined) return [];
  const { namespace = '', name: gatewayName } = gateway.metadata;
  const name = nameIn(hostname);
  const path = `${namespace}/${gatewayName}`;
  const isNetwork = gateway.spec.gatewayClassName === 'nlb';
  const prefix = `gateway.k8s.aws.${isNetwork ? 'nlb' : 'alb'}`;
  const tags = { 'elbv2.k8s.aws/cluster': world.cluster.name, [`${prefix}/stack`]: path };
  const groups = ROUTE_TABLES.flatMap((table) =>
    takenRoutes(world, gateway, table).flatMap((route) => groupsOf(route, kindOf(table).kind)),
  );
  return {
    arn: balancerArn(world, `loadbalancer/${isNetwork ? 'net' : 'app'}/${name}`, name),
    name,
    kind: isNetwork ? 'network' : 'application',
    hostname,
    scheme: 'internet-facing',
    createdAt: Date.parse(gateway.metadata.creationTimestamp),
    subnetIds: subnetsOf(world, true),
    listeners: (gateway.spec.listeners ?? []).map(({ protocol, port }) => ({ protocol, port })),
    tags: { ...tags, [`${prefix}/resource`]: 'LoadBalancer' },
    groups,
  };

  function groupsOf({ metadata, spec }: Route, kind: string): readonly TargetGroup[] {
    const own = metadata.namespace ?? '';
    const sentTo = (spec.rules ?? []).flatMap(({ backendRefs = [] }) => backendRefs);
    const paths = sentTo.map((to) => `${to.namespace ?? own}/${to.name}:${to.port ?? 0}`);
    // Rules that send to the same port of a service share its group.
    return [...new Set(paths)].flatMap((to): TargetGroup | [] => {
      const [place = '', backend = ''] = to.split(':')[0]?.split('/') ?? [];
      const service = world.store.get('services', place, backend);
      if (service === undefined) return [];
      const of = kind === 'HTTPRoute' ? '' : `/${kind}`;
      const group = serviceGroup(world, service, `${hostname ?? ''}:${to}${of}`, name, {
        ...tags,
        [`${prefix}/resource`]: `${path}:${own}-${metadata.name}:${kind}-${to.replace('/', '-')}`,
      });
      return isNetwork ? { ...group, protocol: 'TCP', checkPath: '' } : group;
    });
  }
}

/** The routes that hang on a gateway and are taken by it. */
export function takenRoutes(
  world: World,
  { metadata }: Gateway,
  table: RouteTable,
): readonly Route[] {
  const routes = listed(world, table) as Route[];
  return routes.filter((route) =>
    (route.status?.parents ?? []).some(
      ({ parentRef, conditions }) =>
        parentRef.name === metadata.name &&
        (parentRef.namespace ?? route.metadata.namespace) === metadata.namespace &&
        conditionOf(conditions, 'Accepted')?.status === 'True',
    ),
  );
}
