import {
  type _InstanceType,
  DescribeInstances$,
  type DescribeInstancesRequest,
  type DescribeInstancesResult,
  DescribeLaunchTemplateVersions$,
  type DescribeLaunchTemplateVersionsRequest,
  type DescribeLaunchTemplateVersionsResult,
  DescribeSubnets$,
  type DescribeSubnetsRequest,
  type DescribeSubnetsResult,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { DESCRIBE_IMAGES } from './ec2-images.ts';
import { DESCRIBE_NETWORK_INTERFACES } from './ec2-interfaces.ts';
import { DESCRIBE_REGIONS } from './ec2-regions.ts';
import { DESCRIBE_ROUTE_TABLES } from './ec2-routes.ts';
import { page, selected } from './ec2-select.ts';
import { DESCRIBE_SPOT_PRICE_HISTORY } from './ec2-spot.ts';
import { DESCRIBE_INSTANCE_STATUS, DESCRIBE_INSTANCE_TYPES } from './ec2-status.ts';
import { DESCRIBE_VOLUMES, DESCRIBE_VOLUMES_MODIFICATIONS } from './ec2-volumes.ts';
import { instanceShape, instanceTags, STATE_CODES, subnetShape } from './ec2-shapes.ts';

/** What EC2 answers of the region. */
export const EC2_OPERATIONS: readonly Operation[] = [
  DESCRIBE_IMAGES,
  DESCRIBE_INSTANCE_STATUS,
  DESCRIBE_INSTANCE_TYPES,
  DESCRIBE_NETWORK_INTERFACES,
  DESCRIBE_REGIONS,
  DESCRIBE_ROUTE_TABLES,
  DESCRIBE_SPOT_PRICE_HISTORY,
  DESCRIBE_VOLUMES,
  DESCRIBE_VOLUMES_MODIFICATIONS,
  operation(
    DescribeSubnets$,
    (input: DescribeSubnetsRequest, { clusters, region }): DescribeSubnetsResult => {
      const subnets = selected(
        clusters.flatMap((cluster) => cluster.subnets),
        { ids: input.SubnetIds, filters: input.Filters, kind: 'subnet' },
        (subnet) => ({
          id: subnet.id,
          tags: subnet.tags,
          attributes: {
            'subnet-id': subnet.id,
            'vpc-id': subnet.vpcId,
            'availability-zone': subnet.zone.name,
            'availability-zone-id': subnet.zone.id,
            'cidr-block': subnet.cidr,
          },
        }),
      );
      const { items, next } = page(subnets, input);
      return { Subnets: items.map((subnet) => subnetShape(subnet, region)), NextToken: next };
    },
  ),
  operation(
    DescribeInstances$,
    (input: DescribeInstancesRequest, { clusters, region }): DescribeInstancesResult => {
      const all = clusters.flatMap((cluster) =>
        [...cluster.instances.values()].map((instance) => ({ cluster, instance })),
      );
      const instances = selected(
        all,
        { ids: input.InstanceIds, filters: input.Filters, kind: 'instance' },
        ({ cluster, instance }) => ({
          id: instance.id,
          tags: instanceTags(cluster, instance),
          attributes: {
            'instance-id': instance.id,
            'instance-type': instance.type,
            'instance-state-name': instance.state,
            'instance-state-code': String(STATE_CODES[instance.state]),
            'instance-lifecycle': instance.lifecycle,
            'availability-zone': instance.zone.name,
            'subnet-id': instance.subnetId,
            'vpc-id': cluster.vpcId,
            'private-ip-address': instance.privateIp,
            'private-dns-name': instance.privateDnsName,
          },
        }),
      );
      const { items, next } = page(instances, input);
      return {
        Reservations: items.map(({ cluster, instance }) => ({
          ReservationId: instance.id.replace(/^i-/, 'r-'),
          OwnerId: region.accountId,
          Instances: [instanceShape(cluster, instance)],
        })),
        NextToken: next,
      };
    },
  ),
  operation(
    DescribeLaunchTemplateVersions$,
    (
      { LaunchTemplateId: id = '', Versions = [] }: DescribeLaunchTemplateVersionsRequest,
      { clusters },
    ): DescribeLaunchTemplateVersionsResult => {
      const group = clusters
        .flatMap((cluster) => cluster.autoScalingGroups)
        .find(({ launchTemplate }) => launchTemplate?.id === id);
      if (!group?.launchTemplate) {
        throw new ApiError(
          'InvalidLaunchTemplateId.NotFound',
          400,
          `The specified launch template, with template ID ${id}, does not exist.`,
        );
      }
      const { version, market, imageId } = group.launchTemplate;
      const wanted = [version, '$Latest', '$Default'];
      if (Versions.length > 0 && !Versions.some((each) => wanted.includes(each))) {
        return { LaunchTemplateVersions: [] };
      }
      return {
        LaunchTemplateVersions: [
          {
            LaunchTemplateId: id,
            LaunchTemplateName: group.name,
            VersionNumber: Number(version),
            DefaultVersion: true,
            LaunchTemplateData: {
              ...{ InstanceType: group.instanceTypes[0] as _InstanceType, ImageId: imageId },
              ...(market ? { InstanceMarketOptions: { MarketType: market } } : {}),
            },
          },
        ],
      };
    },
  ),
];
