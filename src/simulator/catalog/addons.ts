import type { Addon, EksCluster, Region } from '../region.ts';

const DAY = 86_400_000;

/** A version of an add-on, and the versions of Kubernetes that it goes with. */
export interface AddonVersion {
  readonly version: string;
  readonly from: number;
  readonly to: number;
  /** Minor versions of Kubernetes on which EKS installs it where nothing is said. */
  readonly defaultOn: readonly number[];
}

const fits = (
  version: string,
  from: number,
  to: number,
  defaultOn: readonly number[] = [],
): AddonVersion => ({ version, from, to, defaultOn });

/** Add-ons that EKS offers, newest version first. */
export const ADDON_VERSIONS: Readonly<Record<string, readonly AddonVersion[]>> = {
  'aws-ebs-csi-driver': [
    fits('v1.53.0-eksbuild.1', 31, 36, [34, 35, 36]),
    fits('v1.52.1-eksbuild.1', 31, 36),
    fits('v1.51.0-eksbuild.1', 30, 35),
  ],
  coredns: [
    fits('v1.13.2-eksbuild.1', 34, 36, [35, 36]),
    fits('v1.13.1-eksbuild.1', 34, 36),
    fits('v1.12.4-eksbuild.1', 33, 35, [34]),
  ],
  'eks-pod-identity-agent': [
    fits('v0.1.35-eksbuild.1', 31, 36),
    fits('v0.1.34-eksbuild.1', 31, 36, [34, 35, 36]),
  ],
  'kube-proxy': [
    fits('v1.36.1-eksbuild.2', 36, 36, [36]),
    fits('v1.35.3-eksbuild.2', 35, 36, [35]),
    fits('v1.35.0-eksbuild.2', 35, 36),
    fits('v1.34.6-eksbuild.2', 34, 35, [34]),
    fits('v1.34.0-eksbuild.2', 34, 35),
  ],
  'metrics-server': [
    fits('v0.8.1-eksbuild.1', 31, 36, [34, 35, 36]),
    fits('v0.8.0-eksbuild.4', 31, 36),
  ],
  'vpc-cni': [
    fits('v1.21.1-eksbuild.1', 31, 36, [36]),
    fits('v1.20.5-eksbuild.1', 31, 36, [34, 35]),
    fits('v1.20.4-eksbuild.2', 31, 35),
  ],
};

/** Add-ons that a cluster has from EKS, in versions that fit; roles by what follows the cluster's name. */
const ADDONS: readonly (readonly [name: string, version: string, role: string])[] = [
  ['aws-ebs-csi-driver', 'v1.52.1-eksbuild.1', 'ebs-csi'],
  ['coredns', 'v1.13.1-eksbuild.1', ''],
  ['eks-pod-identity-agent', 'v0.1.34-eksbuild.1', ''],
  ['kube-proxy', 'v1.35.0-eksbuild.2', ''],
  ['metrics-server', 'v0.8.0-eksbuild.4', ''],
  ['vpc-cni', 'v1.20.4-eksbuild.2', 'vpc-cni'],
];

/** Repositories of images that are not called as their add-on. */
export const ADDON_IMAGES: Readonly<Record<string, string>> = { 'vpc-cni': 'amazon-k8s-cni' };

/** What was set of an add-on. */
const CONFIGURATION: Readonly<Record<string, string>> = {
  coredns: '{"replicaCount":4,"resources":{"limits":{"memory":"170Mi"}}}',
};

/** The add-ons of a cluster of that name, version and age. */
export function addonsOf(
  region: Region,
  cluster: {
    readonly name: string;
    readonly version: string;
    readonly ageDays: number;
    /** Add-ons that run without EKS knowing of them. */
    readonly selfManaged?: readonly string[];
  },
  now: number,
): Addon[] {
  const createdAt = now - cluster.ageDays * DAY;
  return ADDONS.filter(([name]) => !cluster.selfManaged?.includes(name)).map(
    ([name, version, role]) => ({
      name,
      version: version.replace('v1.35.', `v${cluster.version}.`),
      status: 'ACTIVE',
      roleArn: role && `arn:aws:iam::${region.accountId}:role/${cluster.name}-${role}`,
      configuration: CONFIGURATION[name] ?? '',
      conflicts: [],
      healthIssues: [],
      updates: [],
      createdAt,
      modifiedAt: createdAt + (cluster.ageDays / 2) * DAY,
    }),
  );
}

/** Somebody has changed fields of an add-on by hand, and its last update ended there. */
export function conflict(cluster: EksCluster, name: string, fields: readonly string[]): void {
  const addon = cluster.addons.find((each) => each.name === name);
  if (!addon) return;
  addon.conflicts = fields;
  addon.status = 'UPDATE_FAILED';
  addon.healthIssues.push({
    code: 'ConfigurationConflict',
    message: conflictText(fields),
    resourceIds: [],
  });
}

/** What EKS says where fields were changed by hand. */
export function conflictText(fields: readonly string[]): string {
  return `Conflicts found when trying to apply. Will not continue due to resolve conflicts mode. Conflicts:\n${fields.join('\n')}`;
}
