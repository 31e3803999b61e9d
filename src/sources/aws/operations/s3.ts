import { GetBucketLocationCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { ClientConfig } from '../client-config.ts';
import { type Operations, single } from './operation.ts';
import { text } from './shape.ts';

/**
 * The door's calls of S3. Buckets are in regions of their own, whatever region they are asked in: it
 * is followed there. Where a host stands in for AWS's own, it has no name for each bucket.
 */
export function s3Operations(config: ClientConfig): Operations<'s3'> {
  const client = new S3Client({
    ...config,
    followRegionRedirects: true,
    forcePathStyle: config.endpoint !== undefined,
    // What the client would look up by itself, in files that are read by rules of our own.
    useArnRegion: false,
    disableMultiregionAccessPoints: true,
    disableS3ExpressSessionAuth: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    's3:ListBucket': single(
      (input, options) => client.send(new HeadBucketCommand(input), options),
      ({ BucketRegion }) => ({ BucketRegion: text(BucketRegion) }),
    ),
    's3:GetBucketLocation': single(
      (input, options) => client.send(new GetBucketLocationCommand(input), options),
      ({ LocationConstraint }) => ({ LocationConstraint: text(LocationConstraint) }),
    ),
  };
}
