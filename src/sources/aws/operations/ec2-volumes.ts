import {
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type {
  VolumeDescription,
  VolumeModificationDescription,
} from '../../../ports/aws/ec2-shapes.ts';
import type { Operations } from './operation.ts';
import { listed } from './pages.ts';
import { count, flag, many, record, tags, text, time } from './shape.ts';

const volume = record<VolumeDescription>({
  VolumeId: text,
  AvailabilityZone: text,
  CreateTime: time,
  State: text,
  VolumeType: text,
  Size: count,
  Iops: count,
  Throughput: count,
  Encrypted: flag,
  Attachments: many(
    record<VolumeDescription['Attachments'][number]>({ InstanceId: text, State: text }),
  ),
  Tags: tags,
});

const modification = record<VolumeModificationDescription>({
  VolumeId: text,
  ModificationState: text,
  StatusMessage: text,
  Progress: count,
});

type Volumes = 'ec2:DescribeVolumes' | 'ec2:DescribeVolumesModifications';

/** The door's calls of EC2 about volumes. */
export function volumeOperations(client: EC2Client): Pick<Operations<'ec2'>, Volumes> {
  return {
    'ec2:DescribeVolumes': listed(
      'Volumes',
      (input, NextToken, options) =>
        client.send(new DescribeVolumesCommand({ ...input, MaxResults: 500, NextToken }), options),
      (page) => many(volume)(page.Volumes),
      (page) => page.NextToken,
    ),
    'ec2:DescribeVolumesModifications': listed(
      'VolumesModifications',
      (input, NextToken, options) =>
        client.send(
          new DescribeVolumesModificationsCommand({ ...input, MaxResults: 500, NextToken }),
          options,
        ),
      (page) => many(modification)(page.VolumesModifications),
      (page) => page.NextToken,
    ),
  };
}
