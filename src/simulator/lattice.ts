/** VPC Lattice of a cluster's VPC, as its API tells it. */
import type { Target } from './balancer.ts';

export interface LatticeNetwork {
  /** `sn-…` */
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly services: readonly LatticeService[];
}

export interface LatticeService {
  /** `svc-…` */
  readonly id: string;
  readonly name: string;
  readonly dns: string;
  readonly createdAt: number;
  readonly status: 'ACTIVE' | 'CREATE_IN_PROGRESS' | 'CREATE_FAILED';
  /** Why it failed; else empty. */
  readonly failure: string;
  readonly groups: readonly LatticeGroup[];
}

/** Pods that a service sends to. */
export interface LatticeGroup {
  /** `tg-…` */
  readonly id: string;
  readonly name: string;
  readonly port: number;
  readonly createdAt: number;
  readonly targets: readonly Target[];
}
