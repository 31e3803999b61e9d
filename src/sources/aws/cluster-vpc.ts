import { AwsFault } from '../../domain/aws-fault.ts';
import type { Reads } from './polling/table.ts';

/** The network that a cluster is in. */
export interface ClusterVpc {
  readonly id: string;
  /** The subnets that the cluster names. */
  readonly subnets: readonly string[];
}

/**
 * Finds the network of a cluster: asked for once, which VPC it is never changes.
 *
 * @returns rejects with an {@link AwsFault}, also where the cluster has no VPC
 */
export function clusterVpc(
  name: string,
  aws: Reads<'eks:DescribeCluster'>,
): (signal: AbortSignal) => Promise<ClusterVpc> {
  let known: ClusterVpc | null = null;
  return async (signal) => {
    if (known !== null) return known;
    const { cluster } = await aws.call('eks:DescribeCluster', { name }, signal);
    const { vpcId: id, subnetIds: subnets } = cluster.resourcesVpcConfig;
    if (id === '') throw new AwsFault('absent', `${name} is in no VPC`);
    known = { id, subnets };
    return known;
  };
}

/** A filter by the VPC. */
export const inVpc = ({ id }: ClusterVpc) => ({ Filters: [{ Name: 'vpc-id', Values: [id] }] });
