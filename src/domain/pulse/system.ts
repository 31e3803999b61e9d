/** Which workloads a cluster runs for itself. */
import type { WorkloadRow } from '../rows.ts';

/** What all else depends on comes first; the words are parts of names, as the add-ons give them. */
const PARTS: readonly RegExp[] = [
  /^coredns|kube-dns/,
  /^aws-node$|^kindnet|^calico-node|^cilium/,
  /^kube-proxy/,
  /ebs-csi/,
  /efs-csi|fsx-csi|s3-csi|-csi-/,
  /^eks-pod-identity-agent/,
  /load-balancer-controller/,
  /^karpenter/,
  /cluster-autoscaler/,
  /^metrics-server/,
];

/** Those of {@link PARTS} that people run in namespaces of their own too. */
const ANYWHERE = /^karpenter$|load-balancer-controller$|^cluster-autoscaler$/;

/** Is it the cluster's own, rather than what runs on it. */
export const isSystem = ({ namespace, name }: Pick<WorkloadRow, 'namespace' | 'name'>): boolean =>
  namespace === 'kube-system' || ANYWHERE.test(name);

/** The order in which the cluster's own parts are told. */
export function systemRank({ name }: Pick<WorkloadRow, 'name'>): number {
  const rank = PARTS.findIndex((part) => part.test(name));
  return rank < 0 ? PARTS.length : rank;
}
