/**
 * Which cluster something belongs to. Names are not enough: two accounts, two regions or two
 * kubeconfig contexts may each have a cluster `prod`.
 */
declare const key: unique symbol;

/**
 * One cluster: its ARN, which holds partition, account, region and name, or `context:<name>` for a
 * kubeconfig context that is (so far) no EKS cluster of ours. A row of the fleet that stands for
 * less than a cluster has a key too, by which nothing can be opened.
 */
export type ClusterKey = string & { readonly [key]: true };

/** Of rows that no connection has taken in yet, and of the fleet's own. */
export const NO_CLUSTER = '' as ClusterKey;

/** The key of an EKS cluster, as DescribeCluster names it. */
export const arnKey = (arn: string): ClusterKey => arn as ClusterKey;

/** The key of a context of the kubeconfig. */
export const contextKey = (name: string): ClusterKey => `context:${name}` as ClusterKey;

/**
 * The key of a cluster that EKS lists and did not describe: its account is not known, so it is told
 * apart by who listed it.
 * @param scope profile and region, e.g. `prod/eu-central-1`
 */
export const listedKey = (scope: string, name: string): ClusterKey =>
  `listed:${scope}/${name}` as ClusterKey;

/** The key of a scope whose clusters could not be listed. */
export const unlistedKey = (scope: string): ClusterKey => `scope:${scope}` as ClusterKey;
