import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** Addresses in a subnet, by whose they are. */
export interface AddressUse {
  /** Primary addresses of nodes. */
  readonly nodes: number;
  /** Addresses that pods have: of the interfaces of nodes, or their own. */
  readonly pods: number;
  /** Held by interfaces of nodes for pods to come, by prefix or one by one. */
  readonly warm: number;
  /** In prefixes, of both. */
  readonly prefixed: number;
  readonly controlPlane: number;
  readonly balancers: number;
  /** On interfaces that the CNI left behind. */
  readonly leaked: number;
  readonly others: number;
}

/** A subnet of the VPC of the cluster; uid is its id. */
export interface SubnetRow extends BaseRow {
  readonly vpc: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly cidr: string;
  /** Addresses that can be used in all; null where it has no IPv4. */
  readonly size: number | null;
  readonly free: number | null;
  /** Instances get public addresses in it. */
  readonly public: boolean;
  /** The cluster names it, or it carries the cluster's tag: not one that merely is in the VPC. */
  readonly ofCluster: boolean;
  /** What its tags say it is for: `elb`, `internal-elb`, `cni`, `karpenter`. */
  readonly roles: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** When it was last read, and what was free when that began (ms). */
  readonly at: number;
  readonly since: number;
  readonly freeThen: number | null;
  // joined
  /** Null before the interfaces and pods are known. */
  use: AddressUse | null;
}

export const subnets: EksTable<SubnetRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    vpc: '',
    zone: '',
    zoneId: '',
    cidr: '',
    size: null,
    free: null,
    public: false,
    ofCluster: false,
    roles: [],
    tags: {},
    at: 0,
    since: 0,
    freeThen: null,
    use: null,
  },
};
