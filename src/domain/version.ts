/** `1.36` of `v1.36.3-eks-300f94d`, as EKS names versions; empty where it is none. */
export function minorVersion(version: string): string {
  return /^v?(\d+\.\d+)/.exec(version)?.[1] ?? '';
}

const minorOf = (version: string): number => Number(minorVersion(version).split('.')[1] ?? NaN);

/** How many minor versions one is behind another, negative where it is ahead; NaN where either is none. */
export const minorsBehind = (version: string, newer: string): number =>
  minorOf(newer) - minorOf(version);
