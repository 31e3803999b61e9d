import {
  type _InstanceType,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeInstanceTypesCommand,
  DescribeSpotPriceHistoryCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type {
  ImageDescription,
  InstanceDescription,
  InstanceStatusDescription,
  InstanceTypeDescription,
  SpotPrice,
} from '../../../ports/aws/ec2-shapes.ts';
import type { Operations } from './operation.ts';
import { listed } from './pages.ts';
import { count, many, record, tags, text, time } from './shape.ts';

const instance = record<InstanceDescription>({
  InstanceId: text,
  InstanceType: text,
  ImageId: text,
  LaunchTime: time,
  InstanceLifecycle: text,
  CapacityReservationId: text,
  Operator: record({ Principal: text }),
  State: record({ Name: text }),
  Placement: record({ AvailabilityZone: text }),
  PrivateIpAddress: text,
  SubnetId: text,
  Tags: tags,
});

const reservation = record<{ readonly Instances: readonly InstanceDescription[] }>({
  Instances: many(instance),
});

const image = record<ImageDescription>({
  ImageId: text,
  Name: text,
  CreationDate: text,
  ImageOwnerAlias: text,
});

const status = record<InstanceStatusDescription>({
  InstanceId: text,
  Events: many(
    record<InstanceStatusDescription['Events'][number]>({
      Code: text,
      Description: text,
      NotBefore: time,
    }),
  ),
  InstanceStatus: record({ Status: text }),
  SystemStatus: record({ Status: text }),
});

const type = record<InstanceTypeDescription>({
  InstanceType: text,
  NetworkInfo: record<InstanceTypeDescription['NetworkInfo']>({
    MaximumNetworkInterfaces: count,
    Ipv4AddressesPerInterface: count,
  }),
});

const spotPrice = record<SpotPrice>({
  InstanceType: text,
  AvailabilityZone: text,
  SpotPrice: text,
  Timestamp: time,
});

type Instances =
  | 'ec2:DescribeImages'
  | 'ec2:DescribeInstances'
  | 'ec2:DescribeInstanceStatus'
  | 'ec2:DescribeInstanceTypes'
  | 'ec2:DescribeSpotPriceHistory';

/** The door's calls of EC2 about instances. */
export function instanceOperations(client: EC2Client): Pick<Operations<'ec2'>, Instances> {
  return {
    'ec2:DescribeImages': listed(
      'Images',
      (input, NextToken, options) =>
        client.send(
          new DescribeImagesCommand({ ...input, IncludeDeprecated: true, NextToken }),
          options,
        ),
      (page) => many(image)(page.Images),
      (page) => page.NextToken,
    ),
    'ec2:DescribeInstances': listed(
      'Reservations',
      (input, NextToken, options) =>
        client.send(
          new DescribeInstancesCommand({ ...input, MaxResults: 1_000, NextToken }),
          options,
        ),
      (page) => many(reservation)(page.Reservations),
      (page) => page.NextToken,
    ),
    'ec2:DescribeInstanceStatus': listed(
      'InstanceStatuses',
      (_, NextToken, options) =>
        client.send(new DescribeInstanceStatusCommand({ MaxResults: 1_000, NextToken }), options),
      (page) => many(status)(page.InstanceStatuses),
      (page) => page.NextToken,
    ),
    'ec2:DescribeInstanceTypes': listed(
      'InstanceTypes',
      (input, NextToken, options) =>
        client.send(
          // The cast: which types there are the SDK only knew when it was made.
          new DescribeInstanceTypesCommand({
            InstanceTypes: input.InstanceTypes as _InstanceType[],
            NextToken,
          }),
          options,
        ),
      (page) => many(type)(page.InstanceTypes),
      (page) => page.NextToken,
    ),
    'ec2:DescribeSpotPriceHistory': listed(
      'SpotPriceHistory',
      ({ InstanceTypes, Filters, StartTime }, NextToken, options) =>
        client.send(
          new DescribeSpotPriceHistoryCommand({
            // The cast: as above.
            InstanceTypes: InstanceTypes as _InstanceType[],
            Filters,
            StartTime: new Date(StartTime),
            ProductDescriptions: ['Linux/UNIX'],
            MaxResults: 1_000,
            NextToken,
          }),
          options,
        ),
      (page) => many(spotPrice)(page.SpotPriceHistory),
      (page) => page.NextToken,
    ),
  };
}
