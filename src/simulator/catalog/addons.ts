import type { Addon, Region } from '../region.ts';

const DAY = 86_400_000;

/** Add-ons that a cluster has from EKS, in versions that fit; roles by what follows the cluster's name. */
const ADDONS: readonly (readonly [name: string, version: string, role: string])[] = [
  ['aws-ebs-csi-driver', 'v1.52.1-eksbuild.1', 'ebs-csi'],
  ['coredns', 'v1.13.1-eksbuild.1', ''],
  ['eks-pod-identity-agent', 'v0.1.34-eksbuild.1', ''],
  ['kube-proxy', 'v1.35.0-eksbuild.2', ''],
  ['metrics-server', 'v0.8.0-eksbuild.4', ''],
  ['vpc-cni', 'v1.20.4-eksbuild.2', 'vpc-cni'],
];

/** The add-ons of a cluster of that name, version and age. */
export function addonsOf(
  region: Region,
  cluster: { readonly name: string; readonly version: string; readonly ageDays: number },
  now: number,
): readonly Addon[] {
  return ADDONS.map(([name, version, role]) => ({
    name,
    version: version.replace('v1.35.', `v${cluster.version}.`),
    status: 'ACTIVE',
    roleArn: role && `arn:aws:iam::${region.accountId}:role/${cluster.name}-${role}`,
    createdAt: now - cluster.ageDays * DAY,
  }));
}
