import {
  DescribeNetworkInterfaces$,
  type DescribeNetworkInterfacesRequest,
  type DescribeNetworkInterfacesResult,
  type NetworkInterface as Shape,
} from '@aws-sdk/client-ec2';
import type { EksCluster, NetworkInterface, Region } from '../../region.ts';
import { operation } from '../operation.ts';
import { page, selected } from './ec2-select.ts';
import { tagList } from './filters.ts';

interface Found {
  readonly cluster: EksCluster;
  readonly each: NetworkInterface;
}

/** Every interface in the VPCs of the region's clusters, whoever has it. */
export const DESCRIBE_NETWORK_INTERFACES = operation(
  DescribeNetworkInterfaces$,
  (
    input: DescribeNetworkInterfacesRequest,
    { clusters, region },
  ): DescribeNetworkInterfacesResult => {
    const interfaces = selected(
      clusters.flatMap(interfacesOf),
      { ids: input.NetworkInterfaceIds, filters: input.Filters, kind: 'network-interface' },
      ({ cluster, each }) => ({
        id: each.id,
        tags: each.tags,
        attributes: {
          'network-interface-id': each.id,
          'vpc-id': cluster.vpcId,
          'subnet-id': each.subnetId,
          'availability-zone': zoneOf(cluster, each),
          'attachment.instance-id': each.instanceId ?? undefined,
          'private-ip-address': each.privateIps[0],
          'addresses.private-ip-address': each.privateIps,
          'group-id': each.securityGroupIds,
          'interface-type': each.service?.type ?? 'interface',
          'requester-id': each.service?.requester,
          description: each.description,
          status: 'in-use',
        },
      }),
    );
    const { items, next } = page(interfaces, input);
    return {
      NetworkInterfaces: items.map((found) => shapeOf(found, region)),
      NextToken: next,
    };
  },
);

function interfacesOf(cluster: EksCluster): readonly Found[] {
  return [
    ...[...cluster.instances.values()].flatMap(({ interfaces, state }) =>
      state === 'terminated' ? [] : interfaces,
    ),
    ...cluster.fargateInterfaces.values(),
    ...cluster.serviceInterfaces.values(),
  ].map((each) => ({ cluster, each }));
}

const zoneOf = (cluster: EksCluster, { subnetId }: NetworkInterface): string =>
  cluster.subnets.find(({ id }) => id === subnetId)?.zone.name ?? '';

function shapeOf({ cluster, each }: Found, region: Region): Shape {
  const { service } = each;
  const publicIp = service?.publicIp;
  const association = publicIp === undefined ? {} : { Association: { PublicIp: publicIp } };
  return {
    NetworkInterfaceId: each.id,
    SubnetId: each.subnetId,
    VpcId: cluster.vpcId,
    AvailabilityZone: zoneOf(cluster, each),
    OwnerId: region.accountId,
    Description: each.description,
    InterfaceType:
      (service?.type as NonNullable<Shape['InterfaceType']> | undefined) ?? 'interface',
    RequesterManaged: service !== undefined,
    ...(service && { RequesterId: service.requester }),
    Status: 'in-use',
    MacAddress: each.macAddress,
    PrivateIpAddress: each.privateIps[0],
    ...association,
    PrivateIpAddresses: each.privateIps.map((PrivateIpAddress, i) => ({
      PrivateIpAddress,
      Primary: i === 0,
      ...(i === 0 ? association : {}),
    })),
    Ipv4Prefixes: each.prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix })),
    Groups: each.securityGroupIds.map((GroupId) => ({
      GroupId,
      GroupName: groupName(cluster, GroupId),
    })),
    Attachment: {
      DeviceIndex: each.deviceIndex,
      Status: 'attached',
      ...(each.instanceId === null
        ? { InstanceOwnerId: service?.requester ?? 'amazon-aws' }
        : { InstanceId: each.instanceId, InstanceOwnerId: region.accountId }),
    },
    TagSet: tagList(each.tags),
  };
}

/** As EKS names the group that it makes for a cluster. */
const groupName = (cluster: EksCluster, id: string): string =>
  id === cluster.clusterSecurityGroupId
    ? `eks-cluster-sg-${cluster.name}-${cluster.vpcId.slice(-9)}`
    : id;
