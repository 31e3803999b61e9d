import {
  DescribeAccessPoints$,
  type DescribeAccessPointsRequest,
  type DescribeAccessPointsResponse,
  DescribeFileSystems$,
  type DescribeFileSystemsRequest,
  type DescribeFileSystemsResponse,
  DescribeMountTargets$,
  type DescribeMountTargetsRequest,
  type DescribeMountTargetsResponse,
} from '@aws-sdk/client-efs';
import type { ElasticFileSystem } from '../../storage.ts';
import { type Region, regionArn } from '../../region.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { tagList } from './filters.ts';

const all = ({ fileSystems }: Region): readonly ElasticFileSystem[] =>
  fileSystems.filter((each) => each.kind === 'EFS');

/** The file system of an id, or all where none is named. */
function named(region: Region, id: string | undefined): readonly ElasticFileSystem[] {
  const found = all(region).filter((each) => id === undefined || each.id === id);
  if (id === undefined || found.length > 0) return found;
  throw new ApiError('FileSystemNotFound', 404, `File system '${id}' does not exist.`);
}

const page = <Item>(items: readonly Item[], size: number | undefined, token: string | undefined) =>
  pageOf(items, { size, token, most: 100, invalid: 'BadRequest' });

/** What EFS answers about file systems, where they are mounted, and their access points. */
export const EFS_OPERATIONS: readonly Operation[] = [
  operation(
    DescribeFileSystems$,
    (input: DescribeFileSystemsRequest, { region }): DescribeFileSystemsResponse => {
      const found = named(region, input.FileSystemId);
      const { items, next } = page(found, input.MaxItems, input.Marker);
      return {
        FileSystems: items.map((one) => ({
          OwnerId: region.accountId,
          CreationToken: one.name,
          FileSystemId: one.id,
          FileSystemArn: regionArn(region, 'elasticfilesystem', `file-system/${one.id}`),
          CreationTime: new Date(one.createdAt),
          LifeCycleState: one.state,
          Name: one.name,
          NumberOfMountTargets: one.mountTargets.length,
          SizeInBytes: { Value: one.size },
          PerformanceMode: 'generalPurpose',
          Encrypted: one.encrypted,
          ThroughputMode: one.throughput,
          Tags: tagList({ Name: one.name, ...one.tags }),
        })),
        ...(next !== undefined && { NextMarker: next }),
      };
    },
  ),
  operation(
    DescribeMountTargets$,
    (input: DescribeMountTargetsRequest, { region }): DescribeMountTargetsResponse => {
      if (input.FileSystemId === undefined) {
        throw new ApiError('BadRequest', 400, 'Exactly one of the ids has to be given.');
      }
      const [one] = named(region, input.FileSystemId);
      const { items, next } = page(one?.mountTargets ?? [], input.MaxItems, input.Marker);
      return {
        MountTargets: items.map((target) => ({
          OwnerId: region.accountId,
          MountTargetId: target.id,
          FileSystemId: input.FileSystemId,
          SubnetId: target.subnetId,
          LifeCycleState: target.state,
          IpAddress: target.ip,
          AvailabilityZoneName: target.zone.name,
          AvailabilityZoneId: target.zone.id,
          VpcId: one?.vpcId,
        })),
        ...(next !== undefined && { NextMarker: next }),
      };
    },
  ),
  operation(
    DescribeAccessPoints$,
    (input: DescribeAccessPointsRequest, { region }): DescribeAccessPointsResponse => {
      const points = named(region, input.FileSystemId).flatMap((one) =>
        one.accessPoints.map(({ id, path }) => ({
          AccessPointId: id,
          AccessPointArn: regionArn(region, 'elasticfilesystem', `access-point/${id}`),
          FileSystemId: one.id,
          PosixUser: { Uid: 1000, Gid: 1000 },
          RootDirectory: { Path: path },
          OwnerId: region.accountId,
          LifeCycleState: 'available' as const,
          Tags: [],
        })),
      );
      const { items, next } = page(points, input.MaxResults, input.NextToken);
      return { AccessPoints: [...items], ...(next !== undefined && { NextToken: next }) };
    },
  ),
];
