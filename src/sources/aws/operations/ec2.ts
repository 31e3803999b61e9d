import {
  DescribeLaunchTemplateVersionsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type {
  LaunchTemplateVersion,
  RouteTableDescription,
  SubnetDescription,
  Tag,
} from '../../../ports/aws-shapes.ts';
import type { ClientConfig } from '../client-config.ts';
import { listed } from './pages.ts';
import type { Operations } from './operation.ts';
import { count, flag, many, record, text } from './shape.ts';

const subnet = record<SubnetDescription>({
  SubnetId: text,
  VpcId: text,
  CidrBlock: text,
  AvailabilityZone: text,
  AvailableIpAddressCount: count,
  MapPublicIpOnLaunch: flag,
  Tags: many(record<Tag>({ Key: text, Value: text })),
});

const templateVersion = record<LaunchTemplateVersion>({
  LaunchTemplateData: record<LaunchTemplateVersion['LaunchTemplateData']>({
    InstanceType: text,
    InstanceMarketOptions: record({ MarketType: text }),
  }),
});

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

/** The door's calls of EC2. */
export function ec2Operations(config: ClientConfig): Operations<'ec2'> {
  const client = new EC2Client(config);
  return {
    'ec2:DescribeLaunchTemplateVersions': listed(
      'LaunchTemplateVersions',
      (input, NextToken, options) =>
        client.send(new DescribeLaunchTemplateVersionsCommand({ ...input, NextToken }), options),
      (page) => many(templateVersion)(page.LaunchTemplateVersions),
      (page) => page.NextToken,
    ),
    'ec2:DescribeSubnets': listed(
      'Subnets',
      (input, NextToken, options) =>
        client.send(new DescribeSubnetsCommand({ ...input, NextToken }), options),
      (page) => many(subnet)(page.Subnets),
      (page) => page.NextToken,
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
