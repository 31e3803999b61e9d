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
import { type Page, pageOf } from '../page.ts';
import { DESCRIBE_ROUTE_TABLES } from './ec2-routes.ts';
import { instanceShape, instanceTags, STATE_CODES, subnetShape } from './ec2-shapes.ts';
import { type Attributes, type Filter, passes } from './filters.ts';

/** What EC2 answers of the region. */
export const EC2_OPERATIONS: readonly Operation[] = [
  DESCRIBE_ROUTE_TABLES,
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
      const { version, market } = group.launchTemplate;
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
              InstanceType: group.instanceTypes[0] as _InstanceType,
              ...(market ? { InstanceMarketOptions: { MarketType: market } } : {}),
            },
          },
        ],
      };
    },
  ),
];

interface Selection {
  readonly ids: readonly string[] | undefined;
  readonly filters: readonly Filter[] | undefined;
  /** `subnet` or `instance`, for the code of the error about ids. */
  readonly kind: 'subnet' | 'instance';
}

/** Those of the ids asked for, or all, that pass the filters. An unknown id fails the call. */
function selected<Item>(
  all: readonly Item[],
  { ids, filters, kind }: Selection,
  describe: (item: Item) => {
    readonly id: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly attributes: Attributes;
  },
): readonly Item[] {
  const described = all.map((item) => ({ item, ...describe(item) }));
  const missing = (ids ?? []).filter((id) => !described.some((each) => each.id === id));
  if (missing.length > 0) {
    const code = kind === 'subnet' ? 'InvalidSubnetID.NotFound' : 'InvalidInstanceID.NotFound';
    throw new ApiError(code, 400, `The ${kind} ID '${missing.join(', ')}' does not exist`);
  }
  return described
    .filter(({ id, attributes, tags }) => {
      const passed = passes(filters, attributes, tags);
      if (passed === null) {
        throw new ApiError('InvalidParameterValue', 400, 'The filter is not supported here');
      }
      return passed && (!ids?.length || ids.includes(id));
    })
    .map(({ item }) => item);
}

function page<Item>(
  all: readonly Item[],
  input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): Page<Item> {
  const invalid = 'InvalidParameterValue';
  return pageOf(all, { size: input.MaxResults, token: input.NextToken, most: 1_000, invalid });
}
