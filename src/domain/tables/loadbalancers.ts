import type { TargetsTold } from '../balancer-targets.ts';
import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** A load balancer in the VPC of the cluster. uid is its ARN, or `classic/<name>`. */
export interface LoadBalancerRow extends BaseRow {
  readonly kind: 'alb' | 'nlb' | 'gwlb' | 'classic';
  /** In lower case. */
  readonly dns: string;
  /** `internet-facing` or `internal`. */
  readonly scheme: string;
  /** `active`, `provisioning`, `active_impaired`, `failed`; a classic one tells none. */
  readonly state: string;
  readonly stateReason: string;
  readonly zones: readonly string[];
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  /** `HTTPS:443`. */
  readonly listeners: readonly string[];
  /** By its tags: the service (`service shop/api`), ingress, group of ingresses or gateway it was made for. */
  readonly owner: string;
  /** The cluster that it was made for by its tags; empty where they do not tell. */
  readonly madeFor: string;
  // joined
  /** How its targets do; null before they are known. */
  targets: TargetsTold | null;
  /** Names of Route 53 that lead to it; null: not known. */
  names: readonly string[] | null;
}

export const loadbalancers: EksTable<LoadBalancerRow> = {
  source: 'aws',
  keepsGone: true,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    kind: 'alb',
    dns: '',
    scheme: '',
    state: '',
    stateReason: '',
    zones: [],
    subnets: [],
    groups: [],
    listeners: [],
    owner: '',
    madeFor: '',
    targets: null,
    names: null,
  },
};
