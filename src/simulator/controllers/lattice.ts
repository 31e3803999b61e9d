/** What the AWS Gateway API Controller makes in VPC Lattice of gateways of its class and their routes. */
import { hash } from '../random.ts';
import type { LatticeGroup, LatticeNetwork, LatticeService } from '../lattice.ts';
import type { World } from '../world/world.ts';
import { podTargets, targetPort } from './balancer-parts.ts';
import { gatewaysOf, takenRoutes, type Route } from './gateway-balancers.ts';

/** The class that the controller serves. */
export const LATTICE_CLASS = 'amazon-vpc-lattice';
/** By what it says in a route how the service is called that it made of it. */
export const LATTICE_NAME = 'application-networking.k8s.aws/lattice-assigned-domain-name';

const idOf = (kind: string, of: string): string =>
  `${kind}-0${[0, 1].map((i) => (hash(`${of}/${i}`) >>> 0).toString(16).padStart(8, '0')).join('')}`;

/** The name that Lattice gives the service of a route. */
export const latticeName = ({ region, cluster }: World, namespace: string, route: string): string =>
  `${route}-${namespace}-${idOf('svc', `${cluster.name}/${namespace}/${route}`).slice(4)}.7d67968.vpc-lattice-svcs.${region.name}.on.aws`;

/** The service networks of a world: one for each gateway of the class, of its name. */
export function latticeOf(world: World): readonly LatticeNetwork[] {
  return gatewaysOf(world)
    .filter(({ spec }) => spec.gatewayClassName === LATTICE_CLASS)
    .map((gateway) => ({
      id: idOf('sn', gateway.metadata.name),
      name: gateway.metadata.name,
      createdAt: Date.parse(gateway.metadata.creationTimestamp),
      services: takenRoutes(world, gateway, 'httproutes').map((route) => serviceOf(world, route)),
    }));
}

function serviceOf(world: World, { metadata, spec }: Route): LatticeService {
  const { namespace = '', name, annotations = {} } = metadata;
  const createdAt = Date.parse(metadata.creationTimestamp);
  const sentTo = (spec.rules ?? []).flatMap(({ backendRefs = [] }) => backendRefs);
  const paths = new Set(sentTo.map((to) => `${to.namespace ?? namespace}/${to.name}`));
  return {
    id: idOf('svc', `${namespace}/${name}`),
    name: `${name}-${namespace}`,
    dns: annotations[LATTICE_NAME] ?? '',
    ...{ createdAt, status: 'ACTIVE', failure: '' },
    groups: [...paths].flatMap((path): LatticeGroup | [] => {
      const [place = '', backend = ''] = path.split('/');
      const service = world.store.get('services', place, backend);
      if (service === undefined) return [];
      const id = idOf('tg', `${namespace}/${name}/${path}`);
      return {
        ...{ id, createdAt, name: `k8s-${backend}-${place}-${id.slice(-10)}` },
        port: targetPort(world, service),
        targets: podTargets(world, service),
      };
    }),
  };
}
