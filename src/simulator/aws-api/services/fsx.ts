import {
  DescribeFileSystems$,
  type DescribeFileSystemsRequest,
  type DescribeFileSystemsResponse,
} from '@aws-sdk/client-fsx';
import { regionArn } from '../../region.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { tagList } from './filters.ts';

/** What FSx answers: file systems of Lustre. */
export const FSX_OPERATIONS: readonly Operation[] = [
  operation(
    DescribeFileSystems$,
    (input: DescribeFileSystemsRequest, { region }): DescribeFileSystemsResponse => {
      const { FileSystemIds: ids, MaxResults: size, NextToken: token } = input;
      const all = region.fileSystems.filter((each) => each.kind === 'Lustre');
      const missing = ids?.find((id) => !all.some((each) => each.id === id));
      if (missing !== undefined) {
        throw new ApiError('FileSystemNotFound', 400, `File system '${missing}' does not exist.`);
      }
      const found = all.filter(({ id }) => ids === undefined || ids.includes(id));
      const { items, next } = pageOf(found, { size, token, most: 2_000, invalid: 'BadRequest' });
      return {
        FileSystems: items.map((one) => ({
          OwnerId: region.accountId,
          CreationTime: new Date(one.createdAt),
          FileSystemId: one.id,
          FileSystemType: 'LUSTRE',
          Lifecycle: one.state,
          ...(one.failure !== '' && { FailureDetails: { Message: one.failure } }),
          StorageCapacity: one.sizeGi,
          StorageType: 'SSD',
          VpcId: one.vpcId,
          SubnetIds: [one.subnetId],
          DNSName: `${one.id}.fsx.${region.name}.amazonaws.com`,
          ResourceARN: regionArn(region, 'fsx', `file-system/${one.id}`),
          Tags: tagList({ Name: one.name, ...one.tags }),
          LustreConfiguration: { DeploymentType: one.deployment, MountName: 'fsx' },
        })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
  ),
];
