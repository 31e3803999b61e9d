/** Releases of the AMIs of managed node groups, and how far one is behind the latest. */
import { own } from '../core/own.ts';
import type { NodeGroupRow } from './rows.ts';

/** An AMI of the user's own: of what release it is EKS does not know. */
export const CUSTOM_AMI = 'CUSTOM';

const DAY = 86_400_000;
/** New releases come about every week: what is older than this (ms) lacks several. */
const OLD = 30 * DAY;

const OPTIMIZED = '/aws/service/eks/optimized-ami';
const BOTTLEROCKET = '/aws/service/bottlerocket/aws-k8s';

const al2 =
  (image: string) =>
  (version: string): string =>
    `${OPTIMIZED}/${version}/${image}/recommended/release_version`;
const al2023 =
  (arch: string, variant: string) =>
  (version: string): string =>
    `${OPTIMIZED}/${version}/amazon-linux-2023/${arch}/${variant}/recommended/release_version`;
const bottlerocket =
  (arch: string, variant = '') =>
  (version: string): string =>
    `${BOTTLEROCKET}-${version}${variant}/${arch}/latest/image_version`;
const windows =
  (edition: string, year: string) =>
  (version: string): string =>
    `/aws/service/ami-windows-latest/Windows_Server-${year}-English-${edition}-EKS_Optimized-${version}/release_version`;

/** Where Systems Manager keeps the latest release of each AMI type (EKS user guide; eksctl's ami package). */
const PARAMETERS: Readonly<Record<string, (version: string) => string>> = {
  AL2_x86_64: al2('amazon-linux-2'),
  AL2_x86_64_GPU: al2('amazon-linux-2-gpu'),
  AL2_ARM_64: al2('amazon-linux-2-arm64'),
  AL2023_x86_64_STANDARD: al2023('x86_64', 'standard'),
  AL2023_ARM_64_STANDARD: al2023('arm64', 'standard'),
  AL2023_x86_64_NVIDIA: al2023('x86_64', 'nvidia'),
  AL2023_ARM_64_NVIDIA: al2023('arm64', 'nvidia'),
  AL2023_x86_64_NEURON: al2023('x86_64', 'neuron'),
  BOTTLEROCKET_x86_64: bottlerocket('x86_64'),
  BOTTLEROCKET_ARM_64: bottlerocket('arm64'),
  BOTTLEROCKET_x86_64_FIPS: bottlerocket('x86_64', '-fips'),
  BOTTLEROCKET_ARM_64_FIPS: bottlerocket('arm64', '-fips'),
  BOTTLEROCKET_x86_64_NVIDIA: bottlerocket('x86_64', '-nvidia'),
  BOTTLEROCKET_ARM_64_NVIDIA: bottlerocket('arm64', '-nvidia'),
  WINDOWS_CORE_2019_x86_64: windows('Core', '2019'),
  WINDOWS_FULL_2019_x86_64: windows('Full', '2019'),
  WINDOWS_CORE_2022_x86_64: windows('Core', '2022'),
  WINDOWS_FULL_2022_x86_64: windows('Full', '2022'),
  WINDOWS_CORE_2025_x86_64: windows('Core', '2025'),
  WINDOWS_FULL_2025_x86_64: windows('Full', '2025'),
};

type Released = Pick<NodeGroupRow, 'kind' | 'version' | 'amiType' | 'release' | 'latestRelease'>;

/** The public parameter that names the latest release of a group's AMI; empty where there is none. */
export function releaseParameter({
  version,
  amiType,
}: Pick<Released, 'version' | 'amiType'>): string {
  return version === '' ? '' : (own(PARAMETERS, amiType)?.(version) ?? '');
}

/** When a release was made (ms), as its version says: `1.35.3-20261110`; null where it says nothing. */
export function releaseDate(release: string): number | null {
  const [, year, month, day] = /-(\d{4})(\d\d)(\d\d)$/.exec(release) ?? [];
  return year === undefined ? null : Date.UTC(Number(year), Number(month) - 1, Number(day));
}

/** How a group's AMI stands to the latest release of its type and version of Kubernetes. */
export interface ReleaseGap {
  readonly state: 'current' | 'behind' | 'custom' | 'unknown';
  /** By how much it is behind (ms), where the versions say their dates; else null. */
  readonly age: number | null;
}

/** Null where a group has no AMI release at all: Fargate, self-managed groups, node pools. */
export function releaseGap({ kind, amiType, release, latestRelease }: Released): ReleaseGap | null {
  if (kind !== 'managed') return null;
  if (amiType === CUSTOM_AMI) return { state: 'custom', age: null };
  if (latestRelease === null || latestRelease === '' || release === '')
    return { state: 'unknown', age: null };
  if (release === latestRelease) return { state: 'current', age: 0 };
  const [own, newest] = [releaseDate(release), releaseDate(latestRelease)];
  const age = own === null || newest === null ? null : newest - own;
  // The list of an endpoint may lag behind a release that a group has already.
  return age !== null && age < 0 ? { state: 'current', age: 0 } : { state: 'behind', age };
}

/** `14d behind`; where dates are not told, what the latest is; empty where it is not behind. */
export function gapWords({ state, age }: ReleaseGap, latest: string | null): string {
  if (state === 'custom') return 'custom';
  if (state !== 'behind') return '';
  return age === null ? `behind ${latest ?? '?'}` : `${Math.round(age / DAY)}d behind`;
}

/** Whether it lacks so much that it needs a look. */
export const isFarBehind = ({ state, age }: ReleaseGap): boolean =>
  state === 'behind' && (age === null || age > OLD);

/** What is said of images that get no patches any more. */
export const ENDED = 'Amazon Linux 2 gets no releases any more, since 2025-11-26';

/** Whether an image is of Amazon Linux 2. */
export const isEnded = ({ amiType }: Pick<Released, 'amiType'>): boolean =>
  amiType.startsWith('AL2_');
