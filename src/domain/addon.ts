/** Which add-on of EKS a pod belongs to, by the image that it runs, and how versions of one compare. */
import { own } from '../core/own.ts';
import type { AddonRow } from './tables/addons.ts';

/** Add-ons by the repository of the image that does their work. */
const BY_IMAGE: Readonly<Record<string, string>> = {
  'amazon-k8s-cni': 'vpc-cni',
  'kube-proxy': 'kube-proxy',
  coredns: 'coredns',
  'aws-ebs-csi-driver': 'aws-ebs-csi-driver',
  'aws-efs-csi-driver': 'aws-efs-csi-driver',
  'aws-fsx-csi-driver': 'aws-fsx-csi-driver',
  'aws-s3-csi-driver': 'aws-mountpoint-s3-csi-driver',
  'eks-pod-identity-agent': 'eks-pod-identity-agent',
  'eks-node-monitoring-agent': 'eks-node-monitoring-agent',
  'csi-snapshotter': 'snapshot-controller',
  'snapshot-controller': 'snapshot-controller',
  'metrics-server': 'metrics-server',
};

const KNOWN: ReadonlySet<string> = new Set(Object.values(BY_IMAGE));

/** Whether the pods of an add-on are known by their images. */
export const isKnownAddon = (addon: string): boolean => KNOWN.has(addon);

/** Where the add-ons run that a cluster cannot be without. */
const NAMESPACE = 'kube-system';

interface Image {
  readonly repository: string;
  readonly tag: string;
}

function imageOf(image: string): Image {
  const [named = ''] = image.split('@');
  const [, repository = '', tag = ''] = /([^/:]+)(?::([^/:]+))?$/.exec(named) ?? [];
  return { repository, tag };
}

interface PodLike {
  readonly namespace: string;
  readonly containers: readonly { readonly role: string; readonly image: string }[];
}

/** The add-on that a pod of kube-system belongs to, and the tag of its image; null where to none. */
export function addonOf(pod: PodLike): { readonly addon: string; readonly tag: string } | null {
  if (pod.namespace !== NAMESPACE) return null;
  for (const { role, image } of pod.containers) {
    if (role !== 'main') continue;
    const { repository, tag } = imageOf(image);
    const addon = own(BY_IMAGE, repository);
    if (addon !== undefined) return { addon, tag };
  }
  return null;
}

/** The numbers of `v1.20.4-eksbuild.2`, in the order in which they count. */
const numbersOf = (version: string): readonly number[] =>
  (version.match(/\d+/g) ?? []).map((digits) => Number(digits));

/** Orders versions of an add-on: below zero where `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The newest version of an add-on that goes with the cluster's version where that is newer than the
 * present one; empty where none is, null where it is not known.
 */
export function newerVersion({
  version,
  versions,
}: {
  readonly version: string;
  readonly versions: readonly string[] | null;
}): string | null {
  if (versions === null || version === '') return null;
  const [newest = ''] = versions;
  return newest !== '' && compareVersions(newest, version) > 0 ? newest : '';
}

/** What stands for a status where EKS keeps none of it. */
export function addonState({
  origin,
  status,
  selfManaged,
}: Pick<AddonRow, 'origin' | 'status' | 'selfManaged'>): string {
  if (origin === 'aws') return status;
  return selfManaged === true ? 'self-managed' : 'from its pods';
}

/** `1.36` after `1.35`; empty where there is no such number. */
export function nextMinor(version: string): string {
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return minor === '' ? '' : `${major}.${Number(minor) + 1}`;
}
