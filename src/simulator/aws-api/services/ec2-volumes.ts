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

/** The volumes of the region's clusters. */
export const DESCRIBE_VOLUMES = operation(
  DescribeVolumes$,
  (input: DescribeVolumesRequest, { clusters }): DescribeVolumesResult => {
    const volumes = selected(
      clusters.flatMap((cluster) => cluster.volumes()),
      { ids: input.VolumeIds, filters: input.Filters, kind: 'volume' },
      ({ id, zone, type, instanceId, tags }) => ({
        id,
        tags,
        attributes: {
          'volume-id': id,
          'availability-zone': zone,
          'volume-type': type,
          status: instanceId === undefined ? 'available' : 'in-use',
        },
      }),
    );
    const { items, next } = page(volumes, input);
    return {
      Volumes: items.map(({ id, zone, sizeGi, type, createdAt, instanceId, tags }) => ({
        VolumeId: id,
        AvailabilityZone: zone,
        CreateTime: new Date(createdAt),
        Size: sizeGi,
        VolumeType: type,
        State: instanceId === undefined ? 'available' : 'in-use',
        Iops: 3_000,
        Throughput: 125,
        Encrypted: true,
        Attachments: instanceId === undefined ? [] : [attachment(id, instanceId, createdAt)],
        Tags: tagList(tags),
      })),
      NextToken: next,
    };
  },
);

const attachment = (VolumeId: string, InstanceId: string, at: number) => ({
  ...{ VolumeId, InstanceId, AttachTime: new Date(at), DeleteOnTermination: false },
  ...{ Device: '/dev/xvdaa', State: 'attached' as const },
});

/** Nothing is being modified. */
export const DESCRIBE_VOLUMES_MODIFICATIONS = operation(
  DescribeVolumesModifications$,
  (): DescribeVolumesModificationsResult => ({ VolumesModifications: [] }),
);
