import {
  DescribeAccessPointsCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
} from '@aws-sdk/client-efs';
import type {
  AccessPointDescription,
  EfsDescription,
  MountTargetDescription,
} from '../../../ports/aws/efs-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import type { Operations } from './operation.ts';
import { listed } from './pages.ts';
import { count, flag, many, record, tags, text, time } from './shape.ts';

const fileSystem = record<EfsDescription>({
  FileSystemId: text,
  CreationTime: time,
  LifeCycleState: text,
  Name: text,
  NumberOfMountTargets: count,
  SizeInBytes: record<EfsDescription['SizeInBytes']>({ Value: count }),
  PerformanceMode: text,
  Encrypted: flag,
  ThroughputMode: text,
  ProvisionedThroughputInMibps: count,
  Tags: tags,
});

const mountTarget = record<MountTargetDescription>({
  MountTargetId: text,
  SubnetId: text,
  LifeCycleState: text,
  IpAddress: text,
  AvailabilityZoneName: text,
  VpcId: text,
});

const accessPoint = record<AccessPointDescription>({
  AccessPointId: text,
  FileSystemId: text,
  RootDirectory: record<AccessPointDescription['RootDirectory']>({ Path: text }),
  LifeCycleState: text,
});

/** The door's calls of EFS. */
export function efsOperations(config: ClientConfig): Operations<'elasticfilesystem'> {
  const client = new EFSClient(config);
  return {
    'elasticfilesystem:DescribeFileSystems': listed(
      'FileSystems',
      (_, Marker, options) => client.send(new DescribeFileSystemsCommand({ Marker }), options),
      (page) => many(fileSystem)(page.FileSystems),
      (page) => page.NextMarker,
    ),
    'elasticfilesystem:DescribeMountTargets': listed(
      'MountTargets',
      (input, Marker, options) =>
        client.send(new DescribeMountTargetsCommand({ ...input, Marker }), options),
      (page) => many(mountTarget)(page.MountTargets),
      (page) => page.NextMarker,
    ),
    'elasticfilesystem:DescribeAccessPoints': listed(
      'AccessPoints',
      (_, NextToken, options) =>
        client.send(new DescribeAccessPointsCommand({ NextToken }), options),
      (page) => many(accessPoint)(page.AccessPoints),
      (page) => page.NextToken,
    ),
  };
}
