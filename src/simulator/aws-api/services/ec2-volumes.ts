import {
  DescribeVolumes$,
  type DescribeVolumesModificationsResult,
  DescribeVolumesModifications$,
  type DescribeVolumesRequest,
  type DescribeVolumesResult,
} from '@aws-sdk/client-ec2';
import { operation } from '../operation.ts';
import { page, selected } from './ec2-select.ts';
import { tagList } from './filters.ts';

/** The volumes of the region's clusters: nobody has them attached, as no pod there mounts one. */
export const DESCRIBE_VOLUMES = operation(
  DescribeVolumes$,
  (input: DescribeVolumesRequest, { clusters }): DescribeVolumesResult => {
    const volumes = selected(
      clusters.flatMap((cluster) => cluster.volumes()),
      { ids: input.VolumeIds, filters: input.Filters, kind: 'volume' },
      ({ id, zone, type, tags }) => ({
        id,
        tags,
        attributes: {
          'volume-id': id,
          'availability-zone': zone,
          'volume-type': type,
          status: 'available',
        },
      }),
    );
    const { items, next } = page(volumes, input);
    return {
      Volumes: items.map(({ id, zone, sizeGi, type, createdAt, tags }) => ({
        VolumeId: id,
        AvailabilityZone: zone,
        CreateTime: new Date(createdAt),
        Size: sizeGi,
        VolumeType: type,
        State: 'available',
        Iops: 3_000,
        Throughput: 125,
        Encrypted: true,
        Attachments: [],
        Tags: tagList(tags),
      })),
      NextToken: next,
    };
  },
);

/** Nothing is being modified. */
export const DESCRIBE_VOLUMES_MODIFICATIONS = operation(
  DescribeVolumesModifications$,
  (): DescribeVolumesModificationsResult => ({ VolumesModifications: [] }),
);
