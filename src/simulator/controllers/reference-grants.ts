/** Judges anew whether routes may name services of other namespaces when what lets them changes. */
import { ROUTE_TABLES } from '../../domain/gateways.ts';
import { kindOf } from '../../domain/ref.ts';
import type { Condition, KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { listed, type Route } from './gateway-balancers.ts';

const GROUP = 'gateway.networking.k8s.io';

type Grant = KubeObject & {
  readonly spec: {
    readonly from: readonly { readonly kind: string; readonly namespace: string }[];
    readonly to: readonly { readonly kind: string; readonly name?: string }[];
  };
};

export function startReferenceGrants(world: World): void {
  world.store.subscribe(`referencegrants.${GROUP}`, () => {
    for (const table of ROUTE_TABLES)
      for (const route of listed(world, table)) judge(world, table, route as Route);
  });
}

function judge(world: World, table: (typeof ROUTE_TABLES)[number], route: Route): void {
  const { parents = [] } = route.status ?? {};
  const denied = deniedOf(world, kindOf(table).kind, route);
  const verdict =
    denied === undefined
      ? { status: 'True' as const, reason: 'ResolvedRefs', message: '' }
      : {
          ...{ status: 'False' as const, reason: 'RefNotPermitted' },
          message: `Unable to get backendRef object: ${denied} is not allowed by a ReferenceGrant`,
        };
  const judged = parents.map((parent) => ({
    ...parent,
    conditions: parent.conditions.map((each): Condition =>
      each.type !== 'ResolvedRefs' || each.status === verdict.status
        ? each
        : { ...each, ...verdict, lastTransitionTime: world.clock.stamp() },
    ),
  }));
  if (
    judged.every(({ conditions }, i) =>
      conditions.every((each, at) => each === parents[i]?.conditions[at]),
    )
  )
    return;
  world.store.update(`${table}.${GROUP}`, {
    ...route,
    status: { ...route.status, parents: judged },
  });
}

/** The first service of another namespace that no grant lets a route name. */
function deniedOf(world: World, kind: string, { metadata, spec }: Route): string | undefined {
  const own = metadata.namespace ?? '';
  const foreign = (spec.rules ?? [])
    .flatMap(({ backendRefs = [] }) => backendRefs)
    .filter(({ namespace = own }) => namespace !== own);
  const grants = listed(world, 'referencegrants') as readonly Grant[];
  const denied = foreign.find(
    ({ namespace, name }) =>
      !grants.some(
        (grant) =>
          grant.metadata.namespace === namespace &&
          grant.spec.from.some((each) => each.kind === kind && each.namespace === own) &&
          grant.spec.to.some((each) => each.kind === 'Service' && (each.name ?? name) === name),
      ),
  );
  return denied && `${denied.namespace ?? own}/${denied.name}`;
}
