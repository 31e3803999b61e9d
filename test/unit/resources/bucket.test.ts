/** What a volume on a bucket asks of S3, over the wire of a served region. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AwsRead } from '../../../src/ports/aws-calls.ts';
import type { Asking } from '../../../src/resources/define.ts';
import { bucketQuestions } from '../../../src/resources/describe/bucket.ts';
import { accessDenied, type ApiCall } from '../../../src/simulator/aws-api/index.ts';
import { createAwsPort, NO_FILES } from '../../../src/sources/aws/index.ts';
import { serveRegion, type TestAws, testRegion } from '../../support/aws-region.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const questions = bucketQuestions<{ driver: string | null; volumeId: string | null }>();
const { region, shop } = testRegion();
region.buckets.push(
  { name: 'models', region: region.name },
  { name: 'far-away', region: 'eu-west-1' },
  { name: 'oldest', region: '' },
);

let aws: TestAws;
let denied: readonly string[] = [];
beforeEach(async () => {
  denied = [];
  const fault = (call: ApiCall) => (denied.includes(call.operation) ? accessDenied(call) : null);
  aws = await serveRegion(region, { fault });
});
afterEach(() => aws.close());

async function told(volumeId: string): Promise<string> {
  const env = { ...aws.env, AWS_MAX_ATTEMPTS: '1' };
  const clock = new VirtualClock();
  const port = createAwsPort({ clock, random: () => 0.5, env, files: NO_FILES });
  const door = port.door({ profile: '', region: region.name }, () => true);
  const ask = {
    eks: { name: 'shop', arn: shop.arn },
    call: (action: AwsRead, input: never) => door.call(action, input),
  } as unknown as Asking;
  const sections = await questions.sections({ driver: 's3.csi.aws.com', volumeId }, ask);
  port.close();
  return sections
    .flatMap(({ lines }) => lines)
    .map(([label, cell]) =>
      [label, typeof cell === 'string' ? cell : (cell ?? []).map(([text]) => text).join('')].join(
        ' ',
      ),
    )
    .join('\n');
}

it('is asked of volumes that are buckets alone', () => {
  const asked = (driver: string | null, volumeId: string | null) =>
    questions.when?.({ driver, volumeId });
  expect(asked('s3.csi.aws.com', 'models')).toBe(true);
  expect(asked('s3.csi.aws.com', '')).toBe(false);
  expect(asked('ebs.csi.aws.com', 'vol-1')).toBe(false);
  expect(asked(null, null)).toBe(false);
});

it('says that a bucket is there, and in which region', async () => {
  expect(await told('models')).toMatch(/Reached ✓ it is there[^]*In region eu-central-1\n/);
  expect(await told('far-away')).toMatch(/In region eu-west-1 {2}! another region/);
  expect(await told('oldest')).toMatch(/In region us-east-1 {2}! another region/);
});

it('says that there is none of that name', async () => {
  const text = await told('nothing');
  expect(text).toContain('Reached ✗ there is no such bucket');
  expect(text).not.toContain('In region');
});

it('names the action that is missing, and tells what else it knows', async () => {
  denied = ['HeadBucket'];
  const text = await told('models');
  expect(text).toContain('Reached ? needs s3:ListBucket');
  expect(text).toContain('In region eu-central-1');
  denied = ['GetBucketLocation'];
  expect(await told('models')).toMatch(/✓ it is there[^]*In region eu-central-1/);
  denied = ['HeadBucket', 'GetBucketLocation'];
  expect(await told('models')).toContain('In region ? needs s3:GetBucketLocation');
});
