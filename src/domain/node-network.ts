/** How the CNI gives the pods of a node their addresses, as the interfaces of the node tell. */
import { ipv6Prefix, PREFIX_SIZE, prefixAddresses } from './cidr.ts';
import type { InterfacePlace, NetworkInterfaceRow } from './tables/networkinterfaces.ts';

/** Addresses of a node for its pods. Its own, one of each interface, are no part of them. */
export interface NodeNetwork {
  readonly interfaces: number;
  /** Addresses that its interfaces hold for pods: one by one, and in prefixes. */
  readonly held: number;
  /** Those of them that pods have; null where pods are not known. */
  readonly used: number | null;
  /** /28 or /80 blocks. */
  readonly prefixes: number;
  /** An IPv6 prefix has more addresses than pods could ever take. */
  readonly endless: boolean;
  /** Pods with an interface of their own (security groups for pods). */
  readonly branches: number;
  readonly trunk: boolean;
  /** The subnet of its primary interface, and those that pods have their addresses in. */
  readonly subnet: string;
  readonly podSubnets: readonly string[];
}

type Part = Pick<
  NetworkInterfaceRow,
  'use' | 'type' | 'device' | 'subnet' | 'addresses' | 'prefixes' | 'pods'
>;

/** Whether a prefix is of IPv6. */
const isV6 = (prefix: string): boolean => prefix.includes(':');

/** The addresses that an interface of a node holds for pods. */
export function heldForPods({ addresses, prefixes }: Pick<Part, 'addresses' | 'prefixes'>): number {
  const singles = addresses.filter((ip) => !isV6(ip)).length;
  const blocks = prefixes.filter((prefix) => !isV6(prefix)).length;
  return Math.max(0, singles - 1) + blocks * PREFIX_SIZE;
}

/** The network of a node from its interfaces; null where it has none that is known. */
export function nodeNetwork(parts: readonly Part[]): NodeNetwork | null {
  const own = parts.filter(({ use }) => use === 'node');
  if (own.length === 0) return null;
  const branches = parts.filter(({ use }) => use === 'pod');
  const primary = own.find(({ device }) => device === 0);
  const carrying = own.filter((part) => heldForPods(part) > 0 || part.prefixes.length > 0);
  let held = 0;
  let used: number | null = 0;
  for (const part of own) {
    held += heldForPods(part);
    used = used === null || part.pods === null ? null : used + part.pods;
  }
  const prefixes = own.flatMap((part) => part.prefixes);
  return {
    interfaces: own.length,
    held,
    used,
    prefixes: prefixes.length,
    endless: prefixes.some(isV6),
    branches: branches.length,
    trunk: own.some(({ type }) => type === 'trunk'),
    subnet: primary?.subnet ?? '',
    podSubnets: [...new Set([...carrying, ...branches].map(({ subnet }) => subnet))].sort(),
  };
}

/** The mode that the CNI runs a node in, in words. */
export function cniMode({ prefixes, endless, trunk, subnet, podSubnets }: NodeNetwork): string {
  const elsewhere = podSubnets.some((each) => each !== subnet);
  return [
    prefixes === 0 ? 'secondary addresses' : endless ? 'IPv6 prefixes' : 'prefix delegation',
    ...(trunk ? ['security groups for pods'] : []),
    ...(elsewhere && subnet !== '' ? ['pods in other subnets than the node'] : []),
  ].join(', ');
}

/**
 * The most addresses that the interfaces of an instance can hold for pods; null where its type is
 * not known. Where pods have their subnets apart, the primary interface has none of them.
 */
export function mostForPods(
  network: NodeNetwork,
  limits: { readonly interfaces: number | null; readonly addresses: number | null },
): number | null {
  if (limits.interfaces === null || limits.addresses === null) return null;
  const apart = network.podSubnets.length > 0 && !network.podSubnets.includes(network.subnet);
  const interfaces = Math.max(0, limits.interfaces - (apart ? 1 : 0));
  const slots = interfaces * Math.max(0, limits.addresses - 1);
  return network.prefixes > 0 ? slots * PREFIX_SIZE : slots;
}

/** What the address of a pod is on its interface. */
export function addressKind(ip: string, { use, prefixes }: InterfacePlace): string {
  if (use === 'pod') return 'own interface';
  const prefixed = prefixes.some((prefix) =>
    isV6(prefix) ? ipv6Prefix(prefix) === ipv6Prefix(ip) : prefixAddresses(prefix).includes(ip),
  );
  if (prefixed) return 'prefix';
  // Fargate's interfaces are of no instance that the account sees.
  return use === 'node' ? 'secondary' : 'own interface';
}
