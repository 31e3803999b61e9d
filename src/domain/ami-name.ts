/** What the names of the AMIs that AWS makes for EKS tell. */
import type { AmiKind } from './ami-release.ts';

/** What a name says, as EKS has it of a managed node group. */
export interface NamedRelease extends AmiKind {
  readonly release: string;
}

type Naming = readonly [
  pattern: RegExp,
  read: (parts: Readonly<Record<string, string>>) => NamedRelease,
];

/** `-fips` of a name in that of a type: `_FIPS`. */
const suffix = (variant: string): string => variant.toUpperCase().replaceAll('-', '_');

/** Types say `ARM_64` where names say arm64 or aarch64. */
const processor = (arch: string): string => (arch === 'x86_64' ? 'x86_64' : 'ARM_64');

const AL2: Readonly<Record<string, string>> = {
  '': 'AL2_x86_64',
  'gpu-': 'AL2_x86_64_GPU',
  'arm64-': 'AL2_ARM_64',
};

/** How EKS, Bottlerocket and the team of Windows name them (EKS user guide; releases of amazon-eks-ami). */
const NAMINGS: readonly Naming[] = [
  [
    // amazon-eks-node-al2023-x86_64-standard-1.33-v20250920
    // Once the driver stood beside the variant: nvidia-560.
    /^amazon-eks-node-al2023-(?<arch>x86_64|arm64)-(?<variant>[a-z]+)(?:-\d+)?-(?<version>\d+\.\d+)-v(?<date>\d{8})$/,
    ({ arch = '', variant = '', version = '', date = '' }) => ({
      amiType: `AL2023_${processor(arch)}_${suffix(variant)}`,
      ...{ version, release: `${version}-${date}` },
    }),
  ],
  [
    // amazon-eks-gpu-node-1.32-v20250920
    /^amazon-eks-(?<variant>gpu-|arm64-|)node-(?<version>\d+\.\d+)-v(?<date>\d{8})$/,
    ({ variant = '', version = '', date = '' }) => ({
      amiType: AL2[variant] ?? '',
      ...{ version, release: `${version}-${date}` },
    }),
  ],
  [
    // bottlerocket-aws-k8s-1.33-nvidia-aarch64-v1.54.0-5043decc
    /^bottlerocket-aws-k8s-(?<version>\d+\.\d+)(?<variant>(?:-nvidia)?(?:-fips)?)-(?<arch>x86_64|aarch64)-v(?<release>\d+\.\d+\.\d+-[0-9a-f]+)$/,
    ({ arch = '', variant = '', version = '', release = '' }) => ({
      amiType: `BOTTLEROCKET_${processor(arch)}${suffix(variant)}`,
      ...{ version, release },
    }),
  ],
  [
    // Windows_Server-2022-English-Core-EKS_Optimized-1.33-2025.09.13
    /^Windows_Server-(?<year>\d{4})-English-(?<edition>Core|Full)-EKS_Optimized-(?<version>\d+\.\d+)-(?<date>\d{4}\.\d\d\.\d\d)$/,
    ({ year = '', edition = '', version = '', date = '' }) => ({
      amiType: `WINDOWS_${suffix(edition)}_${year}_x86_64`,
      ...{ version, release: `${version}-${date}` },
    }),
  ],
];

/** What an image of AWS's own says by its name; null where it is none for EKS. */
export function namedRelease(name: string): NamedRelease | null {
  for (const [pattern, read] of NAMINGS) {
    const groups = pattern.exec(name)?.groups;
    if (groups !== undefined) return read(groups);
  }
  return null;
}
