import { loadbalancers, type LoadBalancerRow } from '../../../../domain/tables/loadbalancers.ts';
import type {
  ClassicBalancerDescription,
  LoadBalancerDescription,
} from '../../../../ports/aws/elb-shapes.ts';
import { own } from '../../../../core/own.ts';
import type { Owner } from './owner.ts';

const KINDS: Readonly<Record<string, LoadBalancerRow['kind']>> = {
  application: 'alb',
  network: 'nlb',
  gateway: 'gwlb',
};

/** The uid of a classic balancer, which has no ARN. */
export const classicUid = (name: string): string => `classic/${name}`;

/** The row of a balancer of the second generation. */
export function balancerRow(
  balancer: LoadBalancerDescription,
  owner: Owner | undefined,
  listeners: readonly string[],
): LoadBalancerRow {
  return {
    ...loadbalancers.blank,
    uid: balancer.LoadBalancerArn,
    name: balancer.LoadBalancerName,
    created: balancer.CreatedTime ?? 0,
    kind: own(KINDS, balancer.Type) ?? 'alb',
    dns: balancer.DNSName.toLowerCase(),
    scheme: balancer.Scheme,
    state: balancer.State.Code,
    stateReason: balancer.State.Reason,
    zones: balancer.AvailabilityZones.map(({ ZoneName }) => ZoneName).sort(),
    subnets: balancer.AvailabilityZones.map(({ SubnetId }) => SubnetId),
    groups: balancer.SecurityGroups,
    listeners,
    owner: owner?.owner ?? '',
    madeFor: owner?.cluster ?? '',
  };
}

/** The row of a classic one, whose listeners are its own. */
export function classicRow(
  balancer: ClassicBalancerDescription,
  owner: Owner | undefined,
): LoadBalancerRow {
  return {
    ...loadbalancers.blank,
    uid: classicUid(balancer.LoadBalancerName),
    name: balancer.LoadBalancerName,
    created: balancer.CreatedTime ?? 0,
    kind: 'classic',
    dns: balancer.DNSName.toLowerCase(),
    scheme: balancer.Scheme,
    zones: [...balancer.AvailabilityZones].sort(),
    subnets: balancer.Subnets,
    groups: balancer.SecurityGroups,
    listeners: balancer.ListenerDescriptions.map(
      ({ Listener }) => `${Listener.Protocol}:${Listener.LoadBalancerPort ?? '?'}`,
    ),
    owner: owner?.owner ?? '',
    madeFor: owner?.cluster ?? '',
  };
}
