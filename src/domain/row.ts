/**
 * The slim rows the store keeps: what columns, joins, filters and health rules need of an object,
 * projected at the door (sources) so that the object itself can be dropped.
 *
 * Conventions, everywhere: times are milliseconds since the epoch, 0 where the object has none;
 * CPU is in cores, memory in bytes; `null` means "not known" and is shown as `?`, while an empty
 * string or 0 means "known to be none". Fields under "joined" are written by the store's joins
 * (domain/joins.ts), never by a source.
 */

import { NO_CLUSTER, type ClusterKey } from './cluster-key.ts';

/** What every row has, whatever it came from. */
export interface BaseRow {
  /** Unique within its table: the object's uid, an ARN, or a name where there is neither. */
  readonly uid: string;
  readonly name: string;
  /** Empty for what is not namespaced. */
  readonly namespace: string;
  readonly created: number;
  /** The cluster it was read from: the store stamps it, whatever the source said. */
  cluster: ClusterKey;
  /** When it left the API; 0 while it is there. A row that is gone is shown dimmed for a while. */
  gone: number;
}

/** What a row has of which nothing is known. */
export const NO_ROW: BaseRow = {
  uid: '',
  name: '',
  namespace: '',
  created: 0,
  gone: 0,
  cluster: NO_CLUSTER,
};

/** How the instance under a node is paid. Empty where the node does not tell. */
export type Capacity = 'on-demand' | 'spot' | 'fargate' | 'capacity-block' | 'reserved' | '';

/** What a node is, in the order in which its labels decide. */
export type Compute =
  | 'fargate'
  | 'auto'
  | 'hybrid'
  | 'managed'
  | 'karpenter'
  | 'eksctl'
  | 'self-managed'
  /** not an EKS node at all: kind, k3s and the like */
  | 'node';

/** What every row of a Kubernetes object has. */
export interface ObjectRow extends BaseRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly resourceVersion: string;
  /** When it is to be gone, once its deletion was asked for (metadata.deletionTimestamp); else 0. */
  readonly deleting: number;
  /** The controlling owner, empty strings where there is none. */
  readonly ownerKind: string;
  readonly ownerName: string;
}

/** A condition of an object, as its status tells it. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly at: number;
}

/** Requests and limits of something that uses CPU and memory; 0: none. */
export interface Demands {
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  readonly cpuLimit: number;
  readonly memoryLimit: number;
}

/** A health issue as EKS reports it. */
export interface HealthIssue {
  readonly code: string;
  readonly message: string;
  readonly resources: readonly string[];
}
