import { Random } from '../random.ts';
import type { EksCluster, NetworkInterface, Subnet } from '../region.ts';
import { addressAt } from '../world/network.ts';

/** Where in their subnet services have their addresses, so that no seed moves them. */
const PLACE = 10;

/** The interfaces of the control plane, in two private subnets, and of a NAT gateway in each zone. */
export function plantServiceInterfaces(cluster: EksCluster): void {
  const random = new Random(`${cluster.name}/services`);
  const plant = (
    subnet: Subnet,
    description: string,
    service: NonNullable<NetworkInterface['service']>,
    groups: readonly string[],
  ): void => {
    const id = `eni-0${random.hex(16)}`;
    cluster.serviceInterfaces.set(id, {
      id,
      subnetId: subnet.id,
      instanceId: null,
      deviceIndex: 1,
      description,
      macAddress: `02:${(random.hex(10).match(/../g) ?? []).join(':')}`,
      securityGroupIds: groups,
      privateIps: [addressAt(subnet.cidr, PLACE)],
      prefixes: [],
      tags: {},
      service,
    });
    subnet.availableIps--;
  };
  const closed = cluster.subnets.filter((each) => !each.public);
  for (const subnet of closed.slice(0, 2)) {
    const service = { type: 'interface', requester: `${cluster.name}-eks` } as const;
    plant(subnet, `Amazon EKS ${cluster.name}`, service, [cluster.clusterSecurityGroupId]);
  }
  for (const subnet of cluster.subnets.filter((each) => each.public)) {
    const description = `Interface for NAT Gateway nat-0${random.hex(16)}`;
    // An address is one gateway's alone: those of two VPCs differ as their subnets do.
    const publicIp = `203.0.113.${subnet.cidr.split('.')[2]}`;
    const service = { type: 'nat_gateway', requester: 'amazon-nat', publicIp } as const;
    plant(subnet, description, service, []);
  }
}
