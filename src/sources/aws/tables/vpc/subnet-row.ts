import { own } from '../../../../core/own.ts';
import { usableAddresses } from '../../../../domain/cidr.ts';
import { subnets, type SubnetRow } from '../../../../domain/tables/subnets.ts';
import type { SubnetDescription, Tag } from '../../../../ports/aws-shapes.ts';

/** What tags of a subnet say it is for, in the order in which it is told. */
const ROLES: readonly (readonly [key: string, role: string])[] = [
  ['kubernetes.io/role/elb', 'elb'],
  ['kubernetes.io/role/internal-elb', 'internal-elb'],
  ['kubernetes.io/role/cni', 'cni'],
  ['karpenter.sh/discovery', 'karpenter'],
];

/** A map of tags. */
export const tagMap = (tags: readonly Tag[]): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

/**
 * The row of a subnet; how much was free before is not its own to tell.
 *
 * @param named the subnets that the cluster names
 */
export function subnetRow(
  subnet: SubnetDescription,
  cluster: string,
  named: readonly string[],
): SubnetRow {
  const id = subnet.SubnetId;
  const tags = tagMap(subnet.Tags);
  const roles = ROLES.flatMap(([key, role]) => {
    const value = own(tags, key);
    // A tag of `0` says no; that of Karpenter names whose nodes may be there.
    return value === undefined || value === '0' ? [] : role;
  });
  return {
    ...subnets.blank,
    uid: id,
    name: tags['Name'] || id,
    vpc: subnet.VpcId,
    zone: subnet.AvailabilityZone,
    zoneId: subnet.AvailabilityZoneId,
    cidr: subnet.CidrBlock,
    size: usableAddresses(subnet.CidrBlock),
    free: subnet.AvailableIpAddressCount,
    public: subnet.MapPublicIpOnLaunch,
    ofCluster: named.includes(id) || Object.hasOwn(tags, `kubernetes.io/cluster/${cluster}`),
    roles,
    tags,
  };
}
