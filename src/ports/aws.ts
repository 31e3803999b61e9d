import type { AwsTableId, EksTableId, Tables } from '../domain/tables/index.ts';
import type { AwsCall, AwsCalls } from './aws-calls.ts';
import type { Sink, Stop } from './sink.ts';

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

/** A scope whose clusters are listed. */
export interface ClusterScope extends AwsScope {
  /** Clusters that the kubeconfig says are in it or in other regions: where they may not be listed, these are looked at. */
  readonly named?: readonly { readonly name: string; readonly region: string }[];
}

/** What a table of AWS is followed for: its EKS cluster, or all the scopes of the fleet. */
export type AwsTarget<T extends AwsTableId> = T extends EksTableId
  ? EksCluster
  : readonly ClusterScope[];

/** For which cluster a token is made, and with whose credentials. */
export interface TokenRequest extends AwsScope {
  /** The cluster's name; what a plugin would be told may be the id of a local one on Outposts. */
  readonly name: string;
  /** Empty: what the variables or the profile say, as for a plugin that is given none. */
  readonly region: string;
  /** Where the cluster is, for where nothing else says a region. */
  readonly clusterRegion?: string;
  /** ARN of a role to assume first, else empty. */
  readonly role?: string;
  /** How far the clock that it counts by is ahead of ours (ms); absent: not at all. */
  readonly ahead?: number;
  /** Variables that a credential plugin would be started with besides those of the program. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * The one way by which actions and forms call AWS: what is not on the allow-list of
 * `domain/aws-actions.ts` cannot be called, and nothing that writes while nothing may be changed.
 */
export interface AwsDoor {
  readonly scope: AwsScope;
  /**
   * Makes one call (of a listing: as many as it has pages). Rejects with an `AwsFault` of the
   * domain, or with the signal's reason; a write that was sent is not left before its answer. It is
   * sent once, unless AWS says that it took no notice of it or recognises its repetition by a token.
   */
  call<A extends AwsCall>(
    action: A,
    input: AwsCalls[A]['input'],
    signal?: AbortSignal,
  ): Promise<AwsCalls[A]['output']>;
}

/**
 * All that the program asks of AWS. Each table degrades alone: a denied call tells, in the status
 * or error, which IAM action it needs.
 */
export interface AwsPort {
  /** Follows a table until the returned function is called; rows appear as each part answers. */
  follow<T extends AwsTableId>(table: T, target: AwsTarget<T>, sink: Sink<Tables[T]>): Stop;
  /**
   * A bearer token for an EKS cluster and the moment it should be replaced (ms). Nobody is asked for
   * anything: rejects at once where that would be needed, and a credential plugin may be tried.
   */
  token(cluster: TokenRequest): Promise<{
    readonly token: string;
    readonly expires: number;
  }>;
  /** @param readonly asked before each call: may nothing be changed */
  door(scope: AwsScope, readonly: () => boolean): AwsDoor;
  /** Ask every poller to try again now. */
  retryNow(): void;
  /**
   * A custom endpoint that a variable (AWS_ENDPOINT_URL…) or a profile in use sets, for any of the
   * services, else empty: shown as a mark in the header.
   */
  readonly endpoint: string;
  close(): void;
}
