import type { TargetsTold } from '../balancer-targets.ts';
import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';
import type { TargetGroupRow } from './targetgroups.ts';

/** A service network that a service belongs to, and through which the cluster's VPC reaches it. */
export interface LatticeNetwork {
  readonly name: string;
  /** How far the service belongs to it: `ACTIVE`, `CREATE_IN_PROGRESS` … */
  readonly status: string;
  /** How far the VPC does. */
  readonly vpcStatus: string;
}

/** Targets of a service of VPC Lattice, in the words that groups of load balancers have. */
export type LatticeGroup = Pick<
  TargetGroupRow,
  'name' | 'protocol' | 'port' | 'targetType' | 'targets' | 'error'
>;

/** A service of VPC Lattice that the cluster's VPC reaches, or that sends into it; uid is its ARN. */
export interface LatticeServiceRow extends BaseRow {
  /** The name that Lattice gave it. */
  readonly dns: string;
  /** The name that its owner gave it; empty: none. */
  readonly customName: string;
  /** `ACTIVE`, `CREATE_IN_PROGRESS`, `DELETE_IN_PROGRESS`, `CREATE_FAILED`, `DELETE_FAILED`. */
  readonly status: string;
  /** Why that failed; empty where it did not. */
  readonly reason: string;
  /** Null: not known. */
  readonly networks: readonly LatticeNetwork[] | null;
  /** Those of the VPC that it sends to; null: not known. */
  readonly groups: readonly LatticeGroup[] | null;
  /** How many of its targets are healthy; null: not known, as where nothing checks them. */
  readonly targets: TargetsTold | null;
  // joined
  /** The route that it stands for, as `namespace/name`; empty: none of that kind, null: not known. */
  httpRoute: string | null;
  grpcRoute: string | null;
  tlsRoute: string | null;
}

export const latticeservices: EksTable<LatticeServiceRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    dns: '',
    customName: '',
    status: '',
    reason: '',
    networks: null,
    groups: null,
    targets: null,
    httpRoute: null,
    grpcRoute: null,
    tlsRoute: null,
  },
};
