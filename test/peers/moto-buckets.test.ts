/**
 * Whether there is a bucket, and where, against what the aws CLI prints of the same moto. Skipped where
 * moto or the CLI is not installed.
 */
import { type BucketLocationConstraint, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MotoCluster, startMotoCluster } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

const FAR = 'eu-west-1';

describe.skipIf(!onPath('moto_server') || !onPath('aws'))('buckets, and the aws CLI', () => {
  let moto: MotoCluster;

  beforeAll(async () => {
    moto = await startMotoCluster();
    for (const [Bucket, region] of [
      ['models', moto.region],
      ['far-away', FAR],
    ] as const) {
      const client = new S3Client({ ...moto.sdk, region, forcePathStyle: true });
      const CreateBucketConfiguration = {
        LocationConstraint: region as BucketLocationConstraint,
      };
      await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    }
  }, 300_000);
  afterAll(() => moto.close());

  it.each(['models', 'far-away'])('tell the same of %s', async (Bucket) => {
    const theirs = await moto.aws('@', `s3api get-bucket-location --bucket ${Bucket}`);
    expect(await moto.door.call('s3:GetBucketLocation', { Bucket })).toEqual(theirs);
    const { BucketRegion } = await moto.door.call('s3:ListBucket', { Bucket });
    expect(BucketRegion).toBe(
      await moto.aws('BucketRegion', `s3api head-bucket --bucket ${Bucket}`),
    );
  });

  it('tell that there is none', async () => {
    const Bucket = 'nothing';
    for (const action of ['s3:ListBucket', 's3:GetBucketLocation'] as const) {
      await expect(moto.door.call(action, { Bucket })).rejects.toMatchObject({
        ...{ kind: 'absent', action },
      });
    }
  });
});
