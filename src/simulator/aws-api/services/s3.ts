import {
  type BucketLocationConstraint,
  GetBucketLocation$,
  type GetBucketLocationOutput,
  type GetBucketLocationRequest,
  HeadBucket$,
  type HeadBucketOutput,
  type HeadBucketRequest,
} from '@aws-sdk/client-s3';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';

function regionOf(bucket: string | undefined, { region }: AccountView): string {
  const found = region.buckets.find(({ name }) => name === bucket);
  if (found !== undefined) return found.region;
  throw new ApiError('NoSuchBucket', 404, 'The specified bucket does not exist');
}

/** What S3 answers: whether there is a bucket, and where. */
export const S3_OPERATIONS: readonly Operation[] = [
  operation(HeadBucket$, ({ Bucket }: HeadBucketRequest, account): HeadBucketOutput => ({
    BucketRegion: regionOf(Bucket, account),
  })),
  operation(
    GetBucketLocation$,
    ({ Bucket }: GetBucketLocationRequest, account): GetBucketLocationOutput => ({
      // The cast: any region may be one that the client does not know yet.
      LocationConstraint: regionOf(Bucket, account) as BucketLocationConstraint,
    }),
  ),
];
