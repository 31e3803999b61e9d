import type { Clock } from '../core/clock.ts';
import type { Worker } from '../core/work.ts';
import type { ChangePolicy } from '../config/policy.ts';
import type { WorkspaceChoice } from '../config/workspaces.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { AwsDoor, AwsPort, AwsScope, EksCluster } from '../ports/aws.ts';
import type { Insecure, KubePort } from '../ports/kube.ts';
import type { Log } from '../ports/log.ts';
import type { Stop } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';

/** A context of the kubeconfig, as the clusters pane and the session need it. */
export interface ContextInfo {
  readonly name: string;
  readonly server: string;
  readonly namespace: string;
  readonly current: boolean;
  /** The EKS cluster its credentials are made for, null where it is no EKS context. */
  readonly eks: { readonly name: string; readonly region: string; readonly profile: string } | null;
  /** Why it cannot be used, in a sentence; empty where it can. */
  readonly problem: string;
}

/** How a cluster is reached: by a kubeconfig context, or by what DescribeCluster says. */
export type KubeTarget =
  /** A context's name, never empty: no context is the default of anything. */
  | { readonly context: string }
  | { readonly eks: EksCluster; readonly server: string; readonly caData: string };

/** Names of AWS profiles and regions, as they were chosen: `all` among them, none where none was. */
export interface ScopeNames {
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
}

/** Which profiles and regions clusters are listed of, and could be. */
export interface ScopeChoosing {
  /** All profiles that the configuration has. */
  readonly profiles: readonly string[];
  readonly chosen: ScopeNames;
  /** What such names mean now. Rejects in words where one means nothing. */
  readonly scopes: (names: ScopeNames) => Promise<readonly AwsScope[]>;
}

/** What main gives the session: how to make each source, and what acts on a connection. */
export interface SessionParts<Actions> {
  readonly clock: Clock;
  readonly contexts: readonly ContextInfo[];
  /**
   * @param readonly asked before each request: may nothing be changed
   * @throws when the target cannot be turned into a connection (bad kubeconfig entry)
   */
  readonly kube: (
    target: KubeTarget,
    fallbackNamespaces: readonly string[],
    readonly: () => boolean,
  ) => KubePort;
  readonly aws: AwsPort | null;
  /** Why there is no AWS, or why its scopes are empty, and what to do; both empty where all is well. */
  readonly awsProblem: { readonly reason: string; readonly hint: string };
  readonly scopes: readonly AwsScope[];
  readonly choosing: ScopeChoosing;
  readonly actions: (connection: ConnectionCore) => Actions;
  readonly favorites: readonly string[];
  readonly policy: ChangePolicy;
  /** Which Prometheus has the metrics of a cluster, as far as the user says so. */
  readonly workspaces: WorkspaceChoice;
  readonly frameMs: () => number;
  /** Who does what takes long; absent: it is done at once. */
  readonly worker?: Worker | undefined;
  readonly goneMs: number;
  /** The program's own log; absent: none is written. */
  readonly log?: Log | undefined;
}

/** Where a connection leads. */
export interface ConnectionTarget {
  readonly cluster: ClusterKey;
  readonly title: string;
  readonly context: string;
  readonly server: string;
  readonly region: string;
  readonly account: string;
  readonly contextNamespace: string;
  /** @param readonly asked before each request: may nothing be changed */
  readonly kube: (readonly: () => boolean) => KubePort;
}

/** What the header says about a connection. */
export interface ConnectionInfo {
  /** Kubernetes version as the server tells it; empty until known. */
  readonly version: string;
  readonly user: string;
  /** Whose credentials they are where `user` is impersonated; else empty. */
  readonly realUser: string;
  readonly server: string;
  readonly region: string;
  readonly account: string;
  /** Last round trip to the API server (ms), null before the first. */
  readonly roundTrip: number | null;
  /** What to add to our time (ms) to have the API server's, null until known. */
  readonly clockOffset: number | null;
  /** Null where the API server's certificate is verified. */
  readonly insecure: Insecure | null;
  readonly readonly: boolean;
  /** A custom AWS endpoint, empty for AWS's own. */
  readonly awsEndpoint: string;
}

/** What an action runner needs of a connection. */
export interface ConnectionCore {
  readonly cluster: ClusterKey;
  readonly title: string;
  readonly store: Store;
  readonly kube: KubePort;
  readonly eks: EksCluster | null;
  /** Where actions call AWS, for that EKS cluster only; null while none is attached. */
  readonly door: AwsDoor | null;
  readonly info: ConnectionInfo;
  readonly health: SourceStatus;
  /** Nothing is changed there, as far as it is known now which cluster it is. */
  readonly readonly: boolean;
  /** Whoever changes something there types its name, likewise. */
  readonly isProtected: boolean;
  /** The kubeconfig context that reaches it, empty where it is connected without one. */
  readonly context: string;
  /** Follows these tables until the returned function is called. */
  need(tables: readonly TableId[]): Stop;
}
