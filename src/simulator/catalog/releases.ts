import { own } from '../../core/own.ts';

/** Releases of the EKS AMI by minor version of Kubernetes, newest first. */
const RELEASES: Readonly<Record<string, readonly string[]>> = {
  '1.32': ['1.32.11-20261124', '1.32.11-20261110'],
  '1.33': ['1.33.9-20261124', '1.33.9-20261110'],
  '1.34': ['1.34.8-20261124', '1.34.7-20261110'],
  '1.35': ['1.35.4-20261124', '1.35.3-20261110'],
  '1.36': ['1.36.1-20261124', '1.36.1-20261110'],
};

/** The AMI releases of a minor version, newest first; none where EKS has no such version. */
export const releasesOf = (version: string): readonly string[] => own(RELEASES, version) ?? [];

/** The release that the nodes of a minor version were started with, in what the region begins with. */
export const formerRelease = (version: string): string =>
  releasesOf(version).at(-1) ?? `${version}.0-20261110`;

/** The date of a release that is still there, and that nobody should run. */
export const LONG_AGO = '20260912';

/** Every release that can still be started. */
export const publishedReleases = (): readonly string[] =>
  Object.entries(RELEASES).flatMap(([version, releases]) => [
    ...releases,
    `${version}.0-${LONG_AGO}`,
  ]);
