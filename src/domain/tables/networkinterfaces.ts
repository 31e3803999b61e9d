import { ipv6Prefix, prefixAddresses } from '../cidr.ts';
import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** Whose a network interface is. */
export type InterfaceUse =
  | 'node'
  /** a branch interface or that of a Fargate pod: one pod has it */
  | 'pod'
  | 'control plane'
  | 'load balancer'
  | 'NAT gateway'
  | 'endpoint'
  /** made for a node by the CNI, and attached to nothing */
  | 'leaked'
  | 'other';

/** Where an interface is, in one object: each pod that has an address of it refers to the same. */
export interface InterfacePlace {
  readonly id: string;
  readonly use: InterfaceUse;
  readonly subnet: string;
  readonly groups: readonly string[];
  /** Blocks of addresses that pods have theirs of. */
  readonly prefixes: readonly string[];
}

/** A network interface in the VPC of the cluster; uid and name are its id. */
export interface NetworkInterfaceRow extends BaseRow {
  readonly place: InterfacePlace;
  readonly use: InterfaceUse;
  /** What it is for or belongs to, e.g. `app/k8s-shop/1a2b`, `i-0abc`, `nat-0abc`. */
  readonly holder: string;
  readonly subnet: string;
  readonly zone: string;
  /** `interface`, `trunk`, `branch`, `nat_gateway` … */
  readonly type: string;
  /** `in-use` or `available`. */
  readonly status: string;
  readonly description: string;
  /** Who made it, where that was a service; else empty. */
  readonly requester: string;
  /** The instance it is of: attached to it, or a branch of one of its interfaces. */
  readonly instanceId: string;
  /** Its number on the instance, 0 for the primary one; null where it is attached to none. */
  readonly device: number | null;
  /** Security groups, as `sg-0abc` or `name (sg-0abc)`. */
  readonly groups: readonly string[];
  /** Its primary address. */
  readonly ip: string;
  readonly publicIp: string;
  /** All its single addresses, the primary one first. */
  readonly addresses: readonly string[];
  /** Blocks of addresses, /28 or of IPv6 /80. */
  readonly prefixes: readonly string[];
  // joined
  /** Pods that have an address of it; null before pods are known. */
  pods: number | null;
  /** The node of its instance; empty where it is none of the cluster's. */
  node: string | null;
}

export const networkinterfaces: EksTable<NetworkInterfaceRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    place: { id: '', use: 'other', subnet: '', groups: [], prefixes: [] },
    use: 'other',
    holder: '',
    subnet: '',
    zone: '',
    type: '',
    status: '',
    description: '',
    requester: '',
    instanceId: '',
    device: null,
    groups: [],
    ip: '',
    publicIp: '',
    addresses: [],
    prefixes: [],
    pods: null,
    node: null,
  },
};

/** Every address that pods may have of an interface, as {@link addressKey} has them. */
export function addressKeys({
  addresses,
  prefixes,
}: Pick<NetworkInterfaceRow, 'addresses' | 'prefixes'>): readonly string[] {
  return [
    ...addresses.map(addressKey),
    ...prefixes.flatMap((prefix) =>
      prefix.includes(':') ? ipv6Prefix(prefix) : prefixAddresses(prefix),
    ),
  ];
}

/** By what the interface of an address is found: of IPv6 by its prefix, which one interface has. */
export const addressKey = (ip: string): string => (ip.includes(':') ? ipv6Prefix(ip) : ip);
