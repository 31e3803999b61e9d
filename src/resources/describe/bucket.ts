/** What S3 says of the bucket that a volume is, asked when the volume is described. */
import type { AwsFault } from '../../domain/aws-fault.ts';
import type { Cell } from '../../core/styled.ts';
import { reasonOf } from '../../core/words.ts';
import { isBucket } from '../../domain/volume.ts';
import type { Asking, Questions, Section } from '../define.ts';
import { sections, type Line } from './common.ts';

/** The calls of it. HeadBucket is allowed to whoever may list the bucket. */
const IAM = ['s3:ListBucket', 's3:GetBucketLocation'] as const;

/** A volume, or what is on one. */
interface OnBucket {
  readonly driver: string | null;
  /** The bucket, of a volume that is one. */
  readonly volumeId: string | null;
}

/** Regions as S3 names them where it has older words for them. */
const OLDER: Readonly<Record<string, string>> = { '': 'us-east-1', EU: 'eu-west-1' };

/** What the description of a volume asks of its bucket; nothing where it is none. */
export function bucketQuestions<Row extends OnBucket>(): Questions<Row> {
  return {
    title: 'S3 bucket',
    iam: IAM,
    when: ({ driver, volumeId }) => isBucket(driver ?? '') && volumeId !== null && volumeId !== '',
    sections: ({ volumeId }, ask) => bucketSections(volumeId ?? '', ask),
  };
}

async function bucketSections(Bucket: string, { eks, call }: Asking): Promise<readonly Section[]> {
  const [, , , own = ''] = eks.arn.split(':');
  const [head, place] = await Promise.all([
    call('s3:ListBucket', { Bucket }).catch(faultOf),
    call('s3:GetBucketLocation', { Bucket }).then(
      ({ LocationConstraint: told }) => OLDER[told] ?? told,
      faultOf,
    ),
  ]);
  const where = typeof place === 'string' ? place : head instanceof Error ? '' : head.BucketRegion;
  const region: readonly Line[] =
    where !== ''
      ? [['In region', regionCell(where, own)]]
      : place instanceof Error && !isMissing(head)
        ? [['In region', [[`? ${reasonOf(place)}`, 'warn']]]]
        : [];
  return sections({
    title: 'S3 bucket',
    lines: [
      ['Bucket', Bucket],
      ['Reached', reachedCell(head)],
      ...region,
      ['', [['asked as you are: pods act as the role of their own, or of the driver', 'muted']]],
    ],
  });
}

const faultOf = (error: unknown): AwsFault => error as AwsFault;

const isMissing = (answer: AwsFault | object): boolean =>
  'kind' in answer && answer.kind === 'absent';

/** `✓`, that there is no such bucket, or why it cannot be told. */
function reachedCell(head: unknown): Cell {
  if (!(head instanceof Error)) {
    return [
      ['✓ ', 'good'],
      ['it is there, and may be listed', 'muted'],
    ];
  }
  if (isMissing(head)) {
    return [
      ['✗ ', 'bad'],
      ['there is no such bucket', 'bad'],
    ];
  }
  return [[`? ${reasonOf(head)}`, 'warn']];
}

/** Traffic between regions costs, and takes longer. */
const regionCell = (where: string, own: string): Cell =>
  own === '' || where === own
    ? where
    : [
        [where, 'text'],
        [`  ! another region than the cluster's, ${own}`, 'warn'],
      ];
