/** Releases of the AMIs that nodes run, and how far one is behind the latest. */
import { own } from '../core/own.ts';
import type { Compute, NodeGroupRow, NodeRow } from './rows.ts';
import type { MachineImage } from './tables/instances.ts';

/** An AMI that is none of those that AWS makes for EKS: of what release it is nobody knows. */
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
  BOTTLEROCKET_x86_64_NVIDIA_FIPS: bottlerocket('x86_64', '-nvidia-fips'),
  BOTTLEROCKET_ARM_64_NVIDIA_FIPS: bottlerocket('arm64', '-nvidia-fips'),
  WINDOWS_CORE_2019_x86_64: windows('Core', '2019'),
  WINDOWS_FULL_2019_x86_64: windows('Full', '2019'),
  WINDOWS_CORE_2022_x86_64: windows('Core', '2022'),
  WINDOWS_FULL_2022_x86_64: windows('Full', '2022'),
  WINDOWS_CORE_2025_x86_64: windows('Core', '2025'),
  WINDOWS_FULL_2025_x86_64: windows('Full', '2025'),
};

/** An AMI, as what its release is compared by. */
export type AmiKind = Pick<NodeGroupRow, 'version' | 'amiType'>;

/** A release, and the latest one of its kind. */
export interface Released extends AmiKind, Pick<NodeGroupRow, 'release' | 'latestRelease'> {
  /** When the image was made (ms); 0 where that is not known. */
  readonly created: number;
}

/** The public parameter that names the latest release of an AMI; empty where there is none. */
export function releaseParameter({ version, amiType }: AmiKind): string {
  return version === '' ? '' : (own(PARAMETERS, amiType)?.(version) ?? '');
}

/** When a release was made (ms), as its version says: `1.35.3-20261110`; null where it says nothing. */
export function releaseDate(release: string): number | null {
  const [, year, month, day] = /-(\d{4})(\d\d)(\d\d)$/.exec(release) ?? [];
  return year === undefined ? null : Date.UTC(Number(year), Number(month) - 1, Number(day));
}

/** How an AMI stands to the latest release of its type and version of Kubernetes. */
export interface ReleaseGap {
  readonly state: 'current' | 'behind' | 'custom' | 'unknown';
  /** By how much it is behind (ms), where the versions say their dates; else null. */
  readonly age: number | null;
  /** How long ago it was made (ms); null where that is not known. */
  readonly old: number | null;
}

/** How a release stands to the latest. */
export function releaseGap(released: Released, now: number): ReleaseGap {
  const { amiType, release, latestRelease: latest, created } = released;
  const old = created === 0 ? null : now - created;
  if (amiType === CUSTOM_AMI) return { state: 'custom', age: null, old };
  if (latest === null || latest === '' || release === '')
    return { state: 'unknown', age: null, old };
  if (release === latest) return { state: 'current', age: 0, old };
  const [own, newest] = [releaseDate(release), releaseDate(latest)];
  const age = own === null || newest === null ? null : newest - own;
  // An image names its date alone, and the list of an endpoint may lag behind what a group has already.
  return age !== null && age <= 0
    ? { state: 'current', age: 0, old }
    : { state: 'behind', age, old };
}

/** `14d behind`; where dates are not told, what the latest is; empty where it is not behind. */
export function gapWords({ state, age, old }: ReleaseGap, latest: string | null): string {
  if (state === 'custom') return old === null ? 'custom' : `custom, ${days(old)} old`;
  if (state !== 'behind') return '';
  return age === null ? `behind ${latest ?? '?'}` : `${days(age)} behind`;
}

const days = (span: number): string => `${Math.round(span / DAY)}d`;

/** Whether it lacks so much that it needs a look: no image is further behind than it is old. */
export const isFarBehind = ({ state, age, old }: ReleaseGap): boolean =>
  state === 'behind' && (age ?? old ?? Infinity) > OLD;

/** What is said of images that get no patches any more. */
export const ENDED = 'Amazon Linux 2 gets no releases any more, since 2025-11-26';

/** Whether an image is of Amazon Linux 2. */
export const isEnded = ({ amiType }: AmiKind): boolean => amiType.startsWith('AL2_');

/** Kinds of compute whose images are nobody's matter but AWS's, or that are no instances of it. */
const WITHOUT_IMAGE: ReadonlySet<Compute> = new Set(['fargate', 'auto', 'hybrid', 'node']);

/** What is known of a release. `none`: there is none; null: it is not known. */
export type ReleaseKnown = Released | 'none' | null;

/**
 * The release that a group's nodes run: what EKS says of it, and where that says no more than that
 * the image is not one of its own choice, the oldest image of the nodes.
 */
export function releaseOfGroup(group: NodeGroupRow): ReleaseKnown {
  const told = { ...group, created: 0 };
  if (group.kind === 'managed' && group.amiType !== CUSTOM_AMI) return told;
  if (WITHOUT_IMAGE.has(group.kind)) return 'none';
  const oldest = group.nodeImages === null ? null : oldestOf(group.nodeImages);
  return group.kind === 'managed' && (oldest === null || oldest === 'none') ? told : oldest;
}

/** The release of the image under a node. */
export function releaseOfNode({ compute, machine }: NodeRow): ReleaseKnown {
  if (WITHOUT_IMAGE.has(compute)) return 'none';
  return machine === null || machine.image.name === null ? null : machine.image;
}

/** When a release was made, or its image where it does not say; null where neither is known. */
export function releaseMoment(released: ReleaseKnown): number | null {
  if (released === 'none' || released === null) return null;
  return releaseDate(released.release) ?? (released.created || null);
}

/** The image that was made first; null where one is not known. */
function oldestOf(images: readonly MachineImage[]): ReleaseKnown {
  if (images.some(({ name }) => name === null)) return null;
  return [...images].sort((a, b) => a.created - b.created)[0] ?? 'none';
}
