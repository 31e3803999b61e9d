/** Whether a subnet has room, for how long, and what to do where it has not. */
import { PREFIX_SIZE } from './cidr.ts';
import type { Health } from './health.ts';
import type { SubnetRow } from './tables/subnets.ts';

const HOUR = 3_600_000;
/** Growth over less than that (ms) tells nothing. */
const TELLING = 5 * 60_000;
/** Whoever has less time than that (ms) is told. */
const SOON = 24 * HOUR;
/** EKS takes up to that many addresses in the subnets that the cluster names when it is updated. */
const FOR_UPDATES = 5;
/** Share of addresses in use from which a subnet is nearly full. */
const NEARLY = 0.9;

/** How the free addresses of a subnet went since it is watched. */
export interface Runway {
  /** For how long it was watched (ms). */
  readonly watched: number;
  /** Addresses taken in an hour, net; at most 0 where none are. */
  readonly perHour: number;
  /** Until none is free at that pace (ms); null where it does not come to that. */
  readonly left: number | null;
}

/** Null before it was watched long enough to tell. */
export function runwayOf({ at, since, free, freeThen }: SubnetRow): Runway | null {
  const watched = at - since;
  if (free === null || freeThen === null || !(watched >= TELLING)) return null;
  const perHour = ((freeThen - free) / watched) * HOUR;
  return { watched, perHour, left: perHour > 0 ? (free / perHour) * HOUR : null };
}

/** Addresses that are taken, of those that can be; null where that is not known. */
export const takenIn = ({ size, free }: SubnetRow): number | null =>
  size === null || free === null ? null : Math.max(0, size - free);

/** Whether nodes or pods of the cluster are in it, or are to be. */
const isInUse = ({ ofCluster, use, roles }: SubnetRow): boolean =>
  ofCluster || roles.includes('cni') || (use !== null && use.nodes + use.pods > 0);

/** A subnet: whether the next node, pod and prefix finds an address. Others in the VPC are well. */
export function subnetHealth(row: SubnetRow): Health {
  const { free, size, use } = row;
  const taken = takenIn(row);
  if (free === null || size === null || taken === null || !isInUse(row)) return OK;
  if (free === 0) return bad('exhausted: InsufficientFreeAddressesInSubnet');
  if (use !== null && use.prefixed > 0 && free < PREFIX_SIZE)
    return bad('no /28 left: InsufficientCidrBlocks');
  if (row.ofCluster && free < FOR_UPDATES) return bad('too few to update the cluster');
  const runway = runwayOf(row);
  if (runway !== null && runway.left !== null && runway.left < SOON)
    return warn('runs out within a day');
  return taken >= size * NEARLY ? warn('nearly full') : OK;
}

const OK: Health = { level: 'ok', cause: '' };
const bad = (cause: string): Health => ({ level: 'bad', cause });
const warn = (cause: string): Health => ({ level: 'warn', cause });

/** What helps where addresses run out, the nearest first; none where there is room. */
export function remedies(row: SubnetRow): readonly string[] {
  if (subnetHealth(row).level === 'ok') return [];
  const { use, free, size } = row;
  const warm = use?.warm ?? 0;
  return [
    ...(use !== null && use.leaked > 0
      ? [`delete the interfaces that the CNI left behind: ${use.leaked} addresses come free`]
      : []),
    ...(size !== null && warm > size / 10
      ? [
          `${warm} addresses wait on nodes: WARM_IP_TARGET with MINIMUM_IP_TARGET of the VPC CNI gives them back`,
        ]
      : []),
    ...(use !== null && use.prefixed > 0 && (free ?? 0) >= PREFIX_SIZE
      ? [
          'if prefixes fail though addresses are free, it is fragmented: reserve a block for prefixes',
        ]
      : []),
    'add a secondary CIDR (100.64.0.0/10) with a subnet in this zone tagged kubernetes.io/role/cni=1, or ENIConfigs',
    'IPv6 clusters do not run out of addresses',
  ];
}
