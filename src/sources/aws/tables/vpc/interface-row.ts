import { own } from '../../../../core/own.ts';
import {
  type InterfaceUse,
  networkinterfaces,
  type NetworkInterfaceRow,
} from '../../../../domain/tables/networkinterfaces.ts';
import type { NetworkInterfaceDescription } from '../../../../ports/aws/ec2-shapes.ts';
import { tagMap } from './subnet-row.ts';

/** By which the CNI knows what it made for an instance. */
const OF_INSTANCE = 'node.k8s.amazonaws.com/instance_id';
/** By which the VPC resource controller knows whose branch an interface is. */
const TRUNK = 'vpcresources.k8s.aws/trunk-eni-id';

/** Whose an interface is by how AWS's services describe what they make; the group is what it is for. */
const DESCRIBED: readonly (readonly [pattern: RegExp, use: InterfaceUse])[] = [
  [/^aws-k8s-branch-eni/, 'pod'],
  [/^Amazon EKS (.+)$/, 'control plane'],
  [/^ELB (.+)$/, 'load balancer'],
  [/^Interface for NAT Gateway (.+)$/, 'NAT gateway'],
  [/^VPC Endpoint Interface (.+)$/, 'endpoint'],
];

const TYPED: Readonly<Record<string, InterfaceUse>> = {
  branch: 'pod',
  trunk: 'node',
  load_balancer: 'load balancer',
  network_load_balancer: 'load balancer',
  gateway_load_balancer: 'load balancer',
  nat_gateway: 'NAT gateway',
  natGateway: 'NAT gateway',
  vpc_endpoint: 'endpoint',
  gateway_load_balancer_endpoint: 'endpoint',
};

/** The rows of interfaces; branches are told with the instance that their trunk is on. */
export function interfaceRows(
  all: readonly NetworkInterfaceDescription[],
): readonly NetworkInterfaceRow[] {
  const instances = new Map(
    all.map(({ NetworkInterfaceId, Attachment }) => [NetworkInterfaceId, Attachment.InstanceId]),
  );
  return all
    .filter(({ NetworkInterfaceId }) => NetworkInterfaceId !== '')
    .map((described) => interfaceRow(described, instances));
}

function interfaceRow(
  described: NetworkInterfaceDescription,
  instances: ReadonlyMap<string, string>,
): NetworkInterfaceRow {
  const id = described.NetworkInterfaceId;
  const tags = tagMap(described.TagSet);
  const attached = described.Attachment.InstanceId;
  const instanceId = attached || instances.get(tags[TRUNK] ?? '') || '';
  const made = tags[OF_INSTANCE] ?? '';
  const { use, holder } = ownerOf(described, attached, made);
  const subnet = described.SubnetId;
  const groups = described.Groups.map(({ GroupId, GroupName }) =>
    GroupName === '' || GroupName === GroupId ? GroupId : `${GroupName} (${GroupId})`,
  );
  const prefixes = [
    ...described.Ipv4Prefixes.map(({ Ipv4Prefix }) => Ipv4Prefix),
    ...described.Ipv6Prefixes.map(({ Ipv6Prefix }) => Ipv6Prefix),
  ].filter((prefix) => prefix !== '');
  const singles = [
    described.PrivateIpAddress,
    ...described.PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress),
    ...described.Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
  ];
  return {
    ...networkinterfaces.blank,
    uid: id,
    name: id,
    place: { id, use, subnet, groups, prefixes },
    use,
    holder: holder || instanceId,
    subnet,
    zone: described.AvailabilityZone,
    type: described.InterfaceType,
    status: described.Status,
    description: described.Description,
    requester: described.RequesterManaged ? described.RequesterId : '',
    instanceId,
    device: attached === '' ? null : described.Attachment.DeviceIndex,
    groups,
    ip: described.PrivateIpAddress,
    publicIp:
      described.Association.PublicIp ||
      (described.PrivateIpAddresses.find(({ Association }) => Association.PublicIp !== '')
        ?.Association.PublicIp ??
        ''),
    addresses: [...new Set(singles)].filter((ip) => ip !== ''),
    prefixes,
  };
}

/** @param made the instance that the CNI made it for; empty where it did not make it */
function ownerOf(
  { Description, InterfaceType, RequesterId, Status }: NetworkInterfaceDescription,
  attached: string,
  made: string,
): Pick<NetworkInterfaceRow, 'use' | 'holder'> {
  for (const [pattern, use] of DESCRIBED) {
    const found = pattern.exec(Description);
    if (found) return { use, holder: found[1] ?? '' };
  }
  const typed = own(TYPED, InterfaceType);
  if (typed !== undefined) return { use: typed, holder: typed === 'node' ? '' : Description };
  if (RequesterId === 'amazon-elb') return { use: 'load balancer', holder: Description };
  if (attached !== '') return { use: 'node', holder: '' };
  const ofCni = made !== '' || Description.startsWith('aws-K8S-');
  if (ofCni && Status === 'available') {
    return { use: 'leaked', holder: made || Description.slice('aws-K8S-'.length) };
  }
  return { use: 'other', holder: Description };
}
