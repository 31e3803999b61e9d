import {
  DescribeLaunchTemplateVersionsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type {
  LaunchTemplateVersion,
  RouteTableDescription,
  SubnetDescription,
} from '../../../ports/aws-shapes.ts';
import type { ClientConfig } from '../client-config.ts';
import { listed } from './pages.ts';
import { single, type Operations } from './operation.ts';
import { instanceOperations } from './ec2-instances.ts';
import { networkInterface } from './ec2-interfaces.ts';
import { volumeOperations } from './ec2-volumes.ts';
import { count, flag, many, record, tags, text } from './shape.ts';

const subnet = record<SubnetDescription>({
  SubnetId: text,
  VpcId: text,
  CidrBlock: text,
  AvailabilityZone: text,
  AvailabilityZoneId: text,
  AvailableIpAddressCount: count,
  MapPublicIpOnLaunch: flag,
  Tags: tags,
});

const templateVersion = record<LaunchTemplateVersion>({
  LaunchTemplateData: record<LaunchTemplateVersion['LaunchTemplateData']>({
    InstanceType: text,
    InstanceMarketOptions: record({ MarketType: text }),
  }),
});

const region = record<{ readonly RegionName: string }>({ RegionName: text });

const routeTable = record<RouteTableDescription>({
  RouteTableId: text,
  VpcId: text,
  Associations: many(
    record<RouteTableDescription['Associations'][number]>({ SubnetId: text, Main: flag }),
  ),
  Routes: many(
    record<RouteTableDescription['Routes'][number]>({
      DestinationCidrBlock: text,
      DestinationIpv6CidrBlock: text,
      GatewayId: text,
      NatGatewayId: text,
      TransitGatewayId: text,
      State: text,
    }),
  ),
});

/** More than a VPC of 2,000 nodes with 50,000 pods has, even where each pod has one of its own. */
const MOST_INTERFACES = 100_000;

/** The door's calls of EC2. */
export function ec2Operations(config: ClientConfig): Operations<'ec2'> {
  const client = new EC2Client(config);
  return {
    ...instanceOperations(client),
    ...volumeOperations(client),
    'ec2:DescribeLaunchTemplateVersions': listed(
      'LaunchTemplateVersions',
      (input, NextToken, options) =>
        client.send(new DescribeLaunchTemplateVersionsCommand({ ...input, NextToken }), options),
      (page) => many(templateVersion)(page.LaunchTemplateVersions),
      (page) => page.NextToken,
    ),
    'ec2:DescribeNetworkInterfaces': listed(
      'NetworkInterfaces',
      (input, NextToken, options) =>
        client.send(
          new DescribeNetworkInterfacesCommand({ ...input, MaxResults: 1_000, NextToken }),
          options,
        ),
      (page) => many(networkInterface)(page.NetworkInterfaces),
      (page) => page.NextToken,
      MOST_INTERFACES,
    ),
    'ec2:DescribeSubnets': listed(
      'Subnets',
      (input, NextToken, options) =>
        client.send(new DescribeSubnetsCommand({ ...input, NextToken }), options),
      (page) => many(subnet)(page.Subnets),
      (page) => page.NextToken,
    ),
    'ec2:DescribeRegions': single(
      (input, options) => client.send(new DescribeRegionsCommand(input), options),
      ({ Regions }) => ({ Regions: many(region)(Regions) }),
    ),
    'ec2:DescribeRouteTables': listed(
      'RouteTables',
      (input, NextToken, options) =>
        client.send(new DescribeRouteTablesCommand({ ...input, NextToken }), options),
      (page) => many(routeTable)(page.RouteTables),
      (page) => page.NextToken,
    ),
  };
}
