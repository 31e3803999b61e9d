import type { Instance as InstanceShape, Subnet as SubnetShape } from '@aws-sdk/client-ec2';
import type { EksCluster, Instance, NetworkInterface, Region, Subnet } from '../../region.ts';
import { tagList } from './filters.ts';

/** A subnet as DescribeSubnets tells it. */
export function subnetShape(subnet: Subnet, region: Region): SubnetShape {
  return {
    SubnetId: subnet.id,
    SubnetArn: `arn:${region.partition}:ec2:${region.name}:${region.accountId}:subnet/${subnet.id}`,
    VpcId: subnet.vpcId,
    OwnerId: region.accountId,
    State: 'available',
    CidrBlock: subnet.cidr,
    AvailableIpAddressCount: subnet.availableIps,
    AvailabilityZone: subnet.zone.name,
    AvailabilityZoneId: subnet.zone.id,
    DefaultForAz: false,
    MapPublicIpOnLaunch: subnet.public,
    AssignIpv6AddressOnCreation: false,
    Tags: tagList(subnet.tags),
  };
}

/** The numbers that go with the names of instance states. */
export const STATE_CODES: Readonly<Record<Instance['state'], number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
};

/** The tags that EKS and Auto Scaling, or Auto Mode, put on an instance. */
export function instanceTags(
  cluster: EksCluster,
  instance: Instance,
): Readonly<Record<string, string>> {
  const owned = { [`kubernetes.io/cluster/${cluster.name}`]: 'owned' };
  const { claim } = instance;
  if (claim !== undefined)
    return {
      ...owned,
      'aws:eks:cluster-name': cluster.name,
      'eks:eks-cluster-name': cluster.name,
      'eks:kubernetes-node-class-name': claim.nodeClass,
      'eks:kubernetes-node-pool-name': claim.pool,
    };
  return {
    ...owned,
    'aws:autoscaling:groupName': instance.asgName,
    ...(instance.nodegroup === null
      ? {}
      : { 'eks:cluster-name': cluster.name, 'eks:nodegroup-name': instance.nodegroup }),
  };
}

/** An instance as DescribeInstances tells it. */
export function instanceShape(cluster: EksCluster, instance: Instance): InstanceShape {
  return {
    InstanceId: instance.id,
    ImageId: instance.imageId,
    InstanceType: instance.type as NonNullable<InstanceShape['InstanceType']>,
    Architecture: instance.architecture,
    State: { Code: STATE_CODES[instance.state], Name: instance.state },
    LaunchTime: new Date(instance.launchedAt),
    Placement: {
      AvailabilityZone: instance.zone.name,
      AvailabilityZoneId: instance.zone.id,
      Tenancy: 'default',
    },
    PrivateDnsName: instance.privateDnsName,
    PrivateIpAddress: instance.privateIp,
    SubnetId: instance.subnetId,
    VpcId: cluster.vpcId,
    NetworkInterfaces: instance.interfaces.map((each) => interfaceShape(cluster, each)),
    Tags: tagList(instanceTags(cluster, instance)),
    Operator:
      instance.claim === undefined
        ? { Managed: false }
        : { Managed: true, Principal: 'eks.amazonaws.com' },
    ...(instance.lifecycle === 'spot' ? { InstanceLifecycle: 'spot' } : {}),
  };
}

function interfaceShape(
  cluster: EksCluster,
  { id, subnetId, deviceIndex, description, macAddress, privateIps, prefixes }: NetworkInterface,
): NonNullable<InstanceShape['NetworkInterfaces']>[number] {
  return {
    NetworkInterfaceId: id,
    SubnetId: subnetId,
    VpcId: cluster.vpcId,
    Status: 'in-use',
    Description: description,
    MacAddress: macAddress,
    PrivateIpAddress: privateIps[0],
    PrivateIpAddresses: privateIps.map((PrivateIpAddress, i) => ({
      PrivateIpAddress,
      Primary: i === 0,
    })),
    Ipv4Prefixes: prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix })),
    Attachment: { DeviceIndex: deviceIndex, Status: 'attached' },
  };
}
