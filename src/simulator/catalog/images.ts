import { Random } from '../random.ts';
import type { Image } from '../image.ts';
import type { Instance } from '../region.ts';
import { LONG_AGO, publishedReleases } from './releases.ts';

/** AMIs are published within a day of the date of their release. */
const HOURS_LATER = 7 * 3_600_000;

/** The AMI of a release, `1.35.3-20261110`, for an architecture. */
export function eksImage(architecture: Instance['architecture'], release: string): Image {
  const [, version = '', date = ''] = /^(\d+\.\d+)\.\d+-(\d{8})$/.exec(release) ?? [];
  const day = date.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
  const arch = architecture === 'arm64' ? 'arm64' : 'x86_64';
  return {
    id: `ami-0${new Random(`${architecture}/${release}`).hex(16)}`,
    name: `amazon-eks-node-al2023-${arch}-standard-${version}-v${date}`,
    createdAt: Date.parse(`${day}T00:00:00Z`) + HOURS_LATER,
    architecture,
    ownerId: '602401143452',
    ownerAlias: 'amazon',
  };
}

/** What Auto Mode starts nodes of a version from: EKS tells nobody of it. */
export function eksAutoImage(
  architecture: Instance['architecture'],
  version: string,
): Pick<Image, 'id'> & { readonly os: string } {
  return {
    id: `ami-0${new Random(`auto/${architecture}/${version}`).hex(16)}`,
    os: `Bottlerocket (EKS Auto, Standard) 2026.11.14 (aws-k8s-${version}-standard)`,
  };
}

/** What a launch template names whose owner has not looked at it for long. */
export const forgottenImage = (version: string): Image =>
  eksImage('x86_64', `${version}.0-${LONG_AGO}`);

/** All that EKS publishes. */
export const PUBLISHED_IMAGES: readonly Image[] = publishedReleases().flatMap((release) => [
  eksImage('x86_64', release),
  eksImage('arm64', release),
]);
