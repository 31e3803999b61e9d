import type { NetworkInterfaceDescription } from '../../../ports/aws/ec2-shapes.ts';
import { count, flag, many, record, tags, text } from './shape.ts';

type Described = NetworkInterfaceDescription;

const publicIp = record<Described['Association']>({ PublicIp: text });

/** What is read of a network interface. */
export const networkInterface = record<Described>({
  NetworkInterfaceId: text,
  SubnetId: text,
  VpcId: text,
  AvailabilityZone: text,
  Description: text,
  InterfaceType: text,
  RequesterId: text,
  RequesterManaged: flag,
  Status: text,
  PrivateIpAddress: text,
  PrivateDnsName: text,
  Association: publicIp,
  Attachment: record<Described['Attachment']>({
    InstanceId: text,
    InstanceOwnerId: text,
    DeviceIndex: count,
  }),
  Groups: many(record<Described['Groups'][number]>({ GroupId: text, GroupName: text })),
  PrivateIpAddresses: many(
    record<Described['PrivateIpAddresses'][number]>({
      PrivateIpAddress: text,
      Association: publicIp,
    }),
  ),
  Ipv4Prefixes: many(record<Described['Ipv4Prefixes'][number]>({ Ipv4Prefix: text })),
  Ipv6Addresses: many(record<Described['Ipv6Addresses'][number]>({ Ipv6Address: text })),
  Ipv6Prefixes: many(record<Described['Ipv6Prefixes'][number]>({ Ipv6Prefix: text })),
  TagSet: tags,
});
