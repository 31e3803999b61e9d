import type { Clock } from '../../../../core/clock.ts';
import { namedRelease } from '../../../../domain/ami-name.ts';
import { CUSTOM_AMI } from '../../../../domain/ami-release.ts';
import { type MachineImage, unknownImage } from '../../../../domain/tables/instances.ts';
import type { ImageDescription } from '../../../../ports/aws/ec2-shapes.ts';
import { type Round, tolerate } from '../../polling/round.ts';
import type { Reads } from '../../polling/table.ts';

/** EC2 takes so many values in a filter. */
const AT_ONCE = 200;
/** An image never changes; one that is not told of may be shared again, or may be asked for later. */
const AGAIN_MS = 3_600_000;

/** What EC2 tells of the images of instances. */
export interface MachineImages {
  /** Asks for those that are not known, as long as somebody runs them. */
  read(ids: readonly string[], round: Round): Promise<void>;
  /** An image, as far as it is known; its latest release is told by somebody else. */
  readonly of: (id: string) => MachineImage;
}

/** A call for two hundred images, once. */
export function machineImages(aws: Reads<'ec2:DescribeImages'>, clock: Clock): MachineImages {
  const known = new Map<string, { readonly image: MachineImage; readonly until: number }>();
  return {
    async read(ids, round) {
      const now = clock.now();
      const due = [...new Set(ids)].filter((id) => id !== '' && (known.get(id)?.until ?? 0) <= now);
      for (let i = 0; i < due.length; i += AT_ONCE) {
        const Values = due.slice(i, i + AT_ONCE);
        try {
          // By ids the call would fail as a whole where one of them is not there any more.
          const Filters = [{ Name: 'image-id', Values }];
          const { Images } = await aws.call('ec2:DescribeImages', { Filters }, round.signal);
          const told = new Map(Images.map((one) => [one.ImageId, one]));
          for (const id of Values) {
            const one = told.get(id);
            if (one) known.set(id, { image: imageOf(one), until: Infinity });
            else known.set(id, { image: goneImage(id), until: now + AGAIN_MS });
          }
        } catch (error) {
          tolerate(error, round);
        }
      }
    },
    of: (id) => known.get(id)?.image ?? unknownImage(id),
  };
}

const goneImage = (id: string): MachineImage => ({ ...unknownImage(id), name: '' });

/** Anybody may give an image any name: only of AWS's own it says what it is. */
function imageOf({ ImageId, Name, CreationDate, ImageOwnerAlias }: ImageDescription): MachineImage {
  const released = ImageOwnerAlias === 'amazon' ? namedRelease(Name) : null;
  return {
    ...unknownImage(ImageId),
    ...{ name: Name || ImageId, created: Date.parse(CreationDate) || 0 },
    ...(released ?? { amiType: CUSTOM_AMI, release: Name || ImageId }),
  };
}
