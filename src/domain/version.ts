/** `1.36` of `v1.36.3-eks-300f94d`, as EKS names versions; empty where it is none. */
export function minorVersion(version: string): string {
  return /^v?(\d+\.\d+)/.exec(version)?.[1] ?? '';
}
