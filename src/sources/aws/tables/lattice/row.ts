import { targetsTold, type TargetsTold } from '../../../../domain/balancer-targets.ts';
import {
  type LatticeGroup,
  type LatticeNetwork,
  latticeservices,
  type LatticeServiceRow,
} from '../../../../domain/tables/latticeservices.ts';
import type { BalancerTarget } from '../../../../domain/tables/targetgroups.ts';
import type {
  LatticeService,
  LatticeTarget,
  LatticeTargetGroup,
} from '../../../../ports/aws/lattice-calls.ts';

/** What Lattice's states of anything have in common. */
export const isOnItsWay = (status: string): boolean => status.endsWith('_IN_PROGRESS');
export const hasFailed = (status: string): boolean => status.endsWith('_FAILED');

/** The row of a service. */
export function serviceRow(
  service: LatticeService,
  reason: string,
  known: {
    readonly networks: readonly LatticeNetwork[] | null;
    readonly groups: readonly LatticeGroup[] | null;
  },
): LatticeServiceRow {
  return {
    ...latticeservices.blank,
    uid: service.arn,
    name: service.name,
    created: service.createdAt ?? 0,
    dns: service.dnsEntry.domainName.toLowerCase(),
    customName: service.customDomainName.toLowerCase(),
    status: service.status,
    reason,
    ...known,
    targets: told(known.groups),
  };
}

/** A group without its targets. */
export const groupOf = (group: LatticeTargetGroup): LatticeGroup => ({
  name: group.name,
  protocol: group.protocol,
  port: group.port,
  targetType: group.type.toLowerCase(),
  targets: [],
  error: '',
});

/** A target in the words that load balancers have for the same states. */
export const targetOf = ({ id, port, status, reasonCode }: LatticeTarget): BalancerTarget => ({
  ...{ id, port, zone: '', description: '' },
  state: status.toLowerCase(),
  reason: status === 'HEALTHY' ? '' : reasonCode,
});

/** Where nothing is checked, which Lattice does not do of gRPC unless told to, nothing is known. */
function told(groups: readonly LatticeGroup[] | null): TargetsTold | null {
  if (groups === null) return null;
  const targets = groups.flatMap((group) => group.targets);
  const unchecked = targets.some(({ state }) => state === 'unavailable');
  return unchecked ? null : targetsTold(groups);
}
