/** VPC Lattice as gateways and routes see theirs: the services that stand for routes, and their targets. */
import { kindUid } from '../../domain/kinds.ts';
import { isLattice } from '../../domain/load-balancer.ts';
import type { PodRow } from '../../domain/rows.ts';
import type { GatewayRow } from '../../domain/tables/gateways.ts';
import type { RouteRow } from '../../domain/tables/gateway-routes.ts';
import type { LatticeGroup, LatticeServiceRow } from '../../domain/tables/latticeservices.ts';
import type { Query } from '../../ports/query.ts';
import { targetsHealth } from '../balancer-columns.ts';
import { known, muted, status, toned, UNKNOWN } from '../cells.ts';
import type { Section } from '../define.ts';
import { groupTargets, notATarget, servicesOf, targetCell, targetsLine } from './balancer.ts';
import type { Line } from './common.ts';

const TABLE = ['latticeservices'] as const;

/** The kind that the controller of VPC Lattice brings along: where it is not, nothing is in Lattice. */
const CONTROLLER = kindUid({
  group: 'application-networking.k8s.aws',
  resource: 'targetgrouppolicies',
});
/** By these a pod is behind a service of Lattice. */
const OF_PODS = [...TABLE, 'httproutes', 'grpcroutes'] as const;

/** What is looked into of rows that VPC Lattice serves. */
export const latticeNeeds = {
  ofPod: (_: PodRow, query: Query) => (query.get('kinds', CONTROLLER) ? OF_PODS : []),
  ofGateway: (row: GatewayRow) => (isLattice(row) ? TABLE : []),
  ofRoute: (row: RouteRow) => (row.latticeName === '' ? [] : TABLE),
};

/** What is said where Lattice could not be read; null where it was. */
function unread(query: Query): readonly Line[] | null {
  const { synced, reason } = query.status('latticeservices');
  return synced ? null : [[[`? ${reason === '' ? 'VPC Lattice is being read' : reason}`, 'muted']]];
}

/** How a service does, with its service networks. */
export function latticeLines(row: LatticeServiceRow): readonly Line[] {
  const { networks } = row;
  return [
    ['State', row.reason === '' ? known(row.status) : toned(`${row.status}: ${row.reason}`, 'bad')],
    ['Host name', known(row.dns)],
    ...(networks === null
      ? [['Service networks', UNKNOWN] as const]
      : networks.length === 0
        ? [['Service networks', toned('none that the VPC reaches', 'warn')] as const]
        : networks.map((network, i): Line => [
            i === 0 ? 'Service networks' : '',
            [
              [network.name, 'text'],
              [`  ${network.status}, VPC ${network.vpcStatus}`, 'muted'],
            ],
          ])),
    ...targetsLine(row.targets),
  ];
}

/** A section for each group of targets of a service. */
export const latticeGroupsSections = (row: LatticeServiceRow, query: Query): readonly Section[] =>
  row.groups === null
    ? [{ title: 'Targets', lines: [[['? its groups of targets are not known', 'muted']]] }]
    : row.groups.map((group) => ({
        title: `Targets of ${groupLabel(group)}`,
        lines: groupTargets(group, query),
      }));

/** Whether VPC Lattice sends a pod requests, in its own words; none where no service of it means the pod. */
export function podLatticeSection(row: PodRow, query: Query): Section {
  const title = 'VPC Lattice';
  if (query.status('latticeservices').state === 'idle') return { title, lines: [] };
  const services = servicesOf(row, query);
  const names = new Set(
    [...query.rows('httproutes'), ...query.rows('grpcroutes')]
      .filter(({ gone, latticeName, namespace, backends }) => {
        const behind = backends.map((to) => `${to.namespace || namespace}/${to.service}`);
        return gone === 0 && latticeName !== '' && behind.some((path) => services.has(path));
      })
      .map(({ latticeName }) => latticeName.toLowerCase()),
  );
  const said = unread(query);
  if (said !== null) return { title, lines: names.size === 0 ? [] : said };
  const address = row.hostNetwork ? '' : row.ip;
  const instance = query.named('nodes', '', row.node)?.instanceId ?? '';
  const lines = [...query.rows('latticeservices')].flatMap(({ name, dns, groups }): Line[] => {
    if (groups === null) return names.has(dns) ? [[name, UNKNOWN]] : [];
    const found = groups.flatMap((group) =>
      group.targets
        // An instance is a target for the pods of one service, whichever run on it.
        .filter(({ id }) =>
          group.targetType === 'instance'
            ? id === instance && names.has(dns)
            : id === address && id !== '',
        )
        .map((target): Line => [`${name} ${groupLabel(group)}`, targetCell(target)]),
    );
    const [group] = groups;
    if (found.length > 0 || group === undefined || !names.has(dns)) return found;
    // A group that could not be read may have it.
    if (groups.some(({ error }) => error !== '')) return [[name, UNKNOWN]];
    return [[name, notATarget(row, group)]];
  });
  return { title, lines };
}

/** `k8s-api-shop HTTP:8080`. */
const groupLabel = ({ name, protocol, port }: LatticeGroup): string =>
  `${name} ${protocol}:${port ?? '?'}`;

/** The service network of a gateway, which has its name, and the services in it. */
export function latticeGatewaySections(row: GatewayRow, query: Query): readonly Section[] {
  if (!isLattice(row)) return [];
  const title = `VPC Lattice: service network ${row.name}`;
  const said = unread(query);
  if (said !== null) return [{ title, lines: said }];
  const services = [...query.rows('latticeservices')].filter(({ networks }) =>
    networks?.some(({ name }) => name === row.name),
  );
  const none = toned('no service of it that the VPC of the cluster reaches', 'warn');
  const lines = services.map((service): Line => {
    const { targets } = service;
    const words = targets === null ? '' : `, ${targets.healthy} of ${targets.all} get traffic`;
    return [service.name, status(`${service.status}${words}`, targetsHealth(targets))];
  });
  return [{ title, lines: lines.length === 0 ? [none] : lines }];
}

/** The service that stands for a route, with its targets; nothing of routes that others serve. */
export function latticeRouteSections(row: RouteRow, query: Query): readonly Section[] {
  if (row.latticeName === '') return [];
  const title = 'VPC Lattice';
  const said = unread(query);
  if (said !== null) return [{ title, lines: [['Host name', row.latticeName], ...said] }];
  const found = [...query.rows('latticeservices')].find(({ dns }) => dns === row.latticeName);
  if (found === undefined) {
    const missing = toned(
      'no service of that name, that the VPC reaches or that sends into it',
      'warn',
    );
    return [
      {
        title,
        lines: [
          ['Host name', row.latticeName],
          ['Service', missing],
        ],
      },
    ];
  }
  return [
    { title, lines: [['Service', muted(found.name)], ...latticeLines(found)] },
    ...latticeGroupsSections(found, query),
  ];
}
