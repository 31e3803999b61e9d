/** Where in the VPC pods and nodes are: addresses, interfaces, subnets, security groups. */
import type { Cell } from '../../core/styled.ts';
import { cniFacts } from '../../domain/cni-settings.ts';
import { addressKind, cniMode, mostForPods } from '../../domain/node-network.ts';
import type { NodeRow, PodRow } from '../../domain/rows.ts';
import { subnetHealth } from '../../domain/subnet-room.ts';
import type { Query } from '../../ports/query.ts';
import { known, UNKNOWN } from '../cells.ts';
import { many, type Line } from './common.ts';

/** The interface of a pod; nothing where it is on its node's. */
export function interfaceLines(
  { ip, hostNetwork, network }: PodRow,
  query: Query,
): readonly Line[] {
  if (hostNetwork || ip === '' || query.status('networkinterfaces').state === 'idle') return [];
  if (network === null) {
    const { reason } = query.status('networkinterfaces');
    return [['Interface', reason === '' ? UNKNOWN : [[`? ${reason}`, 'muted']]]];
  }
  return [
    [
      'Interface',
      [
        [network.id, 'text'],
        [`  ${addressKind(ip, network)}`, 'muted'],
      ],
    ],
    ['Subnet', subnetText(network.subnet, query)],
    ...many('Security groups', network.groups),
  ];
}

/** A subnet with its name, and what is free in it. */
function subnetText(id: string, query: Query): Cell {
  const subnet = query.get('subnets', id);
  if (subnet === undefined) return known(id);
  const { level, cause } = subnetHealth(subnet);
  return [
    [subnet.name === id ? id : `${subnet.name} (${id})`, 'text'],
    [`  ${subnet.free ?? '?'} free`, level === 'ok' ? 'muted' : 'warn'],
    [cause === '' ? '' : `  ${cause}`, level === 'bad' ? 'bad' : 'warn'],
  ];
}

/** How a node gives its pods addresses, and how many of them are left. */
export function nodeNetworkLines(node: NodeRow, query: Query): readonly Line[] {
  const { network, machine } = node;
  if (network === null) return [];
  const most = machine && mostForPods(network, machine);
  const { interfaces, held, used, prefixes, endless, branches, subnet, podSubnets } = network;
  return [
    ['Mode', cniMode(network)],
    ['Interfaces', String(interfaces)],
    ...(prefixes > 0 ? [['Prefixes', String(prefixes)] as const] : []),
    [
      'Held for pods',
      endless ? 'as many as pods may be' : `${held}, ${used ?? '?'} of them in use`,
    ],
    ...(most === null || endless ? [] : [['At most', mostText(most, used, node)] as const]),
    ...(branches > 0 ? [['Branch interfaces', String(branches)] as const] : []),
    ['Subnet', subnetText(subnet, query)],
    ...many(
      'Pods are in',
      podSubnets.filter((each) => each !== subnet).map((each) => subnetText(each, query)),
    ).slice(0, podSubnets.every((each) => each === subnet) ? 0 : undefined),
  ];
}

/** What its type can hold, and whether pods run out of addresses or of slots first. */
function mostText(most: number, used: number | null, { podsAllocatable }: NodeRow): Cell {
  const left = used === null ? null : most - used;
  const first = most < podsAllocatable ? `, fewer than its ${podsAllocatable} pods` : '';
  return [
    [`${most} by its type${first}`, left !== null && left <= 0 ? 'bad' : 'text'],
    [left === null ? '' : `  ${Math.max(0, left)} left`, 'muted'],
  ];
}

/** How the VPC CNI of the cluster hands out addresses; none where it is not known to be there. */
export function cniLines(query: Query): readonly Line[] {
  const set = [...query.rows('daemonsets')].find(({ cni, gone }) => cni !== null && gone === 0);
  return cniFacts(set?.cni ?? {})
    .filter(() => set !== undefined)
    .map(({ label, text, isOdd }): Line => [label, [[text, isOdd ? 'warn' : 'text']]]);
}
