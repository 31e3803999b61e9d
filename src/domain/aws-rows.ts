/** Rows of what AWS describes; the conventions of all rows are in row.ts. */
import type { ClusterKey } from './cluster-key.ts';
import type { BaseRow, Capacity, Compute } from './row.ts';

/** A health issue as EKS reports it. */
export interface HealthIssue {
  readonly code: string;
  readonly message: string;
  readonly resources: readonly string[];
}

/** A cluster as the region and the kubeconfig know it; uid is {@link ClusterRow.id}. */
export interface ClusterRow extends BaseRow {
  readonly id: ClusterKey;
  readonly source: 'eks' | 'context' | 'both';
  /** Kubeconfig context that reaches it, else empty. */
  readonly context: string;
  readonly profile: string;
  readonly account: string;
  readonly region: string;
  /** `CREATING`, `ACTIVE`, …; empty for a plain context. */
  readonly status: string;
  readonly version: string;
  readonly platformVersion: string;
  readonly endpoint: string;
  readonly caData: string;
  readonly endpointPublic: boolean | null;
  readonly endpointPrivate: boolean | null;
  readonly health: readonly HealthIssue[];
  readonly tags: Readonly<Record<string, string>>;
  /** Ends of support of its version (DescribeClusterVersions), null where not known. */
  readonly standardSupportEnd: number | null;
  readonly extendedSupportEnd: number | null;
  /** Why this row could not be read in full (denied, unreachable region), else empty. */
  readonly error: string;
  // joined, once connected
  nodes: number | null;
  pods: number | null;
}

/** A node group of any kind, a Fargate profile, or an Auto Scaling group that AWS or its nodes tell of. */
export interface NodeGroupRow extends BaseRow {
  readonly kind: Compute;
  /** `ACTIVE`, `UPDATING`, …; empty where only nodes tell of it. */
  readonly status: string;
  readonly health: readonly HealthIssue[];
  readonly version: string;
  /** AMI release version, or the AMI id of a custom one. */
  readonly release: string;
  readonly amiType: string;
  readonly capacity: Capacity;
  readonly instanceTypes: readonly string[];
  /** null where the kind has no such number (Fargate) or it is not known (AWS denied). */
  readonly min: number | null;
  readonly desired: number | null;
  readonly max: number | null;
  readonly zones: readonly string[];
  readonly subnets: readonly string[];
  readonly asg: string;
  /** Instance ids of the Auto Scaling group; empty where the labels of its nodes tell of the group. */
  readonly instances: readonly string[];
  /** Fargate selectors as text, e.g. `payments app=api`. */
  readonly selectors: readonly string[];
  readonly roleArn: string;
  readonly nodeLabels: Readonly<Record<string, string>>;
  readonly taints: readonly string[];
  /** The update in progress, e.g. `VersionUpdate InProgress`; empty where none. */
  readonly update: string;
  /** `aws` where an AWS call described it, `nodes` where only its nodes tell of it. */
  readonly origin: 'aws' | 'nodes';
  // joined
  nodesReady: number | null;
  nodesTotal: number | null;
  cpuRequested: number | null;
  cpuAllocatable: number | null;
  memoryRequested: number | null;
  memoryAllocatable: number | null;
  /** Zones of its nodes, where AWS does not tell the subnets' zones. */
  nodeZones: readonly string[] | null;
  nodeTypes: readonly string[] | null;
}
