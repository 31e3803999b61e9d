import {
  DescribeImages$,
  type DescribeImagesRequest,
  type DescribeImagesResult,
  type Image as ImageShape,
} from '@aws-sdk/client-ec2';
import { PUBLISHED_IMAGES } from '../../catalog/images.ts';
import type { Image } from '../../image.ts';
import { operation } from '../operation.ts';
import { page, selected } from './ec2-select.ts';

/** The AMIs of EKS, and the account's own. */
export const DESCRIBE_IMAGES = operation(
  DescribeImages$,
  (input: DescribeImagesRequest, { region }): DescribeImagesResult => {
    const isOwned = ({ ownerId, ownerAlias }: Image): boolean =>
      [ownerId, ownerAlias, ownerId === region.accountId ? 'self' : ''].some(
        (owner) => owner !== '' && input.Owners?.includes(owner),
      );
    const images = selected(
      [...PUBLISHED_IMAGES, ...region.images].filter(
        (image) => !input.Owners?.length || isOwned(image),
      ),
      { ids: input.ImageIds, filters: input.Filters, kind: 'image' },
      ({ id, name, architecture, ownerId, ownerAlias }) => ({
        ...{ id, tags: {} },
        attributes: {
          ...{ 'image-id': id, name, architecture, state: 'available' },
          ...{ 'owner-id': ownerId, 'owner-alias': ownerAlias },
        },
      }),
    );
    const { items, next } = page(images, input);
    return { Images: items.map(imageShape), NextToken: next };
  },
);

function imageShape(image: Image): ImageShape {
  const { id, name, createdAt, architecture, ownerId, ownerAlias } = image;
  return {
    ...{ ImageId: id, Name: name, OwnerId: ownerId, Architecture: architecture },
    ImageLocation: `${ownerAlias || ownerId}/${name}`,
    CreationDate: new Date(createdAt).toISOString(),
    ...(ownerAlias === '' ? {} : { ImageOwnerAlias: ownerAlias }),
    ...{ State: 'available', ImageType: 'machine', Public: ownerAlias === 'amazon' },
    ...{ RootDeviceType: 'ebs', RootDeviceName: '/dev/xvda', VirtualizationType: 'hvm' },
  };
}
