import type { ClusterRow, NodeGroupRow } from '../domain/rows.ts';
import type { Sink, Stop } from './sink.ts';

/** Who AWS says the caller is. */
export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
}

/** One profile in one region: what an AWS question is asked with. Empty profile: the default chain. */
export interface AwsScope {
  readonly profile: string;
  readonly region: string;
}

/** An EKS cluster, as AWS questions about it need it. */
export interface EksCluster extends AwsScope {
  readonly name: string;
  readonly arn: string;
}

/**
 * All that the program asks of AWS. Every method degrades alone: a denied call tells, in the
 * status or error, which IAM action it needs.
 */
export interface AwsPort {
  /** Follows the clusters of several profiles and regions; rows appear as each source answers. */
  clusters(scopes: readonly AwsScope[], sink: Sink<ClusterRow>): Stop;
  /** Follows managed node groups, Fargate profiles and Auto Scaling groups of one cluster. */
  nodegroups(cluster: EksCluster, sink: Sink<NodeGroupRow>): Stop;
  identity(scope: AwsScope): Promise<CallerIdentity>;
  /** A bearer token for an EKS cluster and the moment it should be replaced (ms). */
  token(cluster: {
    readonly name: string;
    readonly profile: string;
    readonly region: string;
    readonly role?: string;
  }): Promise<{
    readonly token: string;
    readonly expires: number;
  }>;
  /** Ask every poller to try again now. */
  retryNow(): void;
  /** The custom endpoint in force (AWS_ENDPOINT_URL…), else empty: shown as a mark in the header. */
  readonly endpoint: string;
  close(): void;
}
