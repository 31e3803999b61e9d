import { distinct } from '../../../../core/collect.ts';
import {
  type BalancerTarget,
  targetgroups,
  type TargetGroupRow,
} from '../../../../domain/tables/targetgroups.ts';
import type {
  ClassicBalancerDescription,
  InstanceStateDescription,
  TargetGroupDescription,
  TargetHealthDescription,
} from '../../../../ports/aws/elb-shapes.ts';
import { classicUid } from './balancer-row.ts';
import type { Owner } from './owner.ts';

/** `net/k8s-shop-api/1a2b` of the ARN of a balancer. */
const nameIn = (arn: string): string =>
  arn.replace(/^.*:loadbalancer\/(?:app|net|gwy)\//, '').replace(/\/.*$/, '');

/** The row of a target group; its targets are another call's answer. */
export function groupRow(
  group: TargetGroupDescription,
  ownerOf: (id: string) => Owner | undefined,
): TargetGroupRow {
  const arns = group.LoadBalancerArns;
  const owner = ownerOf(group.TargetGroupArn);
  const services = [group.TargetGroupArn, ...arns].flatMap((id) => ownerOf(id)?.services ?? []);
  return {
    ...targetgroups.blank,
    uid: group.TargetGroupArn,
    name: group.TargetGroupName,
    balancers: arns,
    balancerNames: arns.map(nameIn),
    protocol: group.Protocol,
    port: group.Port,
    targetType: group.TargetType,
    check: [group.HealthCheckProtocol, group.HealthCheckPort, group.HealthCheckPath]
      .filter((text) => text !== '')
      .join(' '),
    services: distinct(services),
    resource: owner?.resource ?? '',
  };
}

/** A classic balancer has no groups: its instances are one. */
export function classicGroupRow(
  balancer: ClassicBalancerDescription,
  owner: Owner | undefined,
): TargetGroupRow {
  const name = balancer.LoadBalancerName;
  const [first] = balancer.ListenerDescriptions;
  return {
    ...targetgroups.blank,
    uid: classicUid(name),
    name,
    balancers: [classicUid(name)],
    balancerNames: [name],
    protocol: first?.Listener.Protocol ?? '',
    port: first?.Listener.InstancePort ?? null,
    targetType: 'instance',
    check: balancer.HealthCheck.Target,
    services: owner?.services ?? [],
  };
}

/** A target with its health. */
export function targetOf({ Target, TargetHealth }: TargetHealthDescription): BalancerTarget {
  return {
    id: Target.Id,
    port: Target.Port,
    zone: Target.AvailabilityZone,
    state: TargetHealth.State,
    reason: TargetHealth.Reason,
    description: TargetHealth.Description,
  };
}

/** An instance behind a classic balancer, whose states have other names. */
export function instanceTarget(state: InstanceStateDescription): BalancerTarget {
  const healthy = state.State === 'InService';
  return {
    id: state.InstanceId,
    port: null,
    zone: '',
    state: healthy ? 'healthy' : state.State === 'OutOfService' ? 'unhealthy' : 'initial',
    // The classic generation says `N/A` where it has nothing to say.
    reason: healthy || state.ReasonCode === 'N/A' ? '' : state.ReasonCode,
    description: healthy || state.Description === 'N/A' ? '' : state.Description,
  };
}
