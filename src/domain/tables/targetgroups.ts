import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** One that a balancer sends traffic to, and how it does in the balancer's own words. */
export interface BalancerTarget {
  /** The address of a pod, or an instance. */
  readonly id: string;
  readonly port: number | null;
  readonly zone: string;
  /** `healthy`, `unhealthy`, `initial`, `draining`, `unused`, `unavailable`. */
  readonly state: string;
  /** `Target.FailedHealthChecks`, …; empty where it is healthy. */
  readonly reason: string;
  readonly description: string;
}

/** Whom a load balancer sends traffic to; of a classic one, all its instances. uid is its ARN. */
export interface TargetGroupRow extends BaseRow {
  /** The uids of the load balancers that send to it. */
  readonly balancers: readonly string[];
  readonly balancerNames: readonly string[];
  readonly protocol: string;
  readonly port: number | null;
  /** `ip`, `instance`, `lambda`, `alb`. */
  readonly targetType: string;
  /** How targets are checked: `HTTP traffic-port /healthz`. */
  readonly check: string;
  /** The services that it was made for by its tags, as `namespace/name`; empty where they do not tell. */
  readonly services: readonly string[];
  /**
   * For an ingress: `namespace/ingress-service:port`; for a gateway:
   * `namespace/gateway:namespace-route:HTTPRoute-namespace-service:port`; else empty.
   */
  readonly resource: string;
  readonly targets: readonly BalancerTarget[];
  /** Why its targets are not known; empty where they are. */
  readonly error: string;
}

export const targetgroups: EksTable<TargetGroupRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    balancers: [],
    balancerNames: [],
    protocol: '',
    port: null,
    targetType: '',
    check: '',
    services: [],
    resource: '',
    targets: [],
    error: '',
  },
};
