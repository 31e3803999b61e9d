import { NO_ROW, type BaseRow, type Capacity, type Compute, type HealthIssue } from '../row.ts';
import type { EksTable } from './define.ts';
import type { MachineImage } from './instances.ts';

/** A node group of any kind, a Fargate profile, or an Auto Scaling group that AWS or its nodes tell of. */
export interface NodeGroupRow extends BaseRow {
  readonly kind: Compute;
  /** `ACTIVE`, `UPDATING`, …; empty where only nodes tell of it. */
  readonly status: string;
  readonly health: readonly HealthIssue[];
  readonly version: string;
  /** AMI release version, or the AMI id of a custom one. */
  readonly release: string;
  /** The latest release of its AMI type and version; empty: there is none, null: not known. */
  readonly latestRelease: string | null;
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
  /** When that began (ms); 0 where there is none. */
  readonly updateSince: number;
  /** How many of its nodes an update may take away at a time: `1`, `33%`; empty where not known. */
  readonly maxUnavailable: string;
  /** Whether EKS replaces nodes that are broken; null where that is not known. */
  readonly repair: boolean | null;
  /** The launch template that the user gave it; empty where EKS made one by itself. */
  readonly templateId: string;
  readonly templateName: string;
  readonly templateVersion: string;
  /** Why its Auto Scaling group has fewer instances than it wants, in its own words; else empty. */
  readonly shortfall: string;
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
  /** Minor versions of their kubelets: of groups of which AWS tells no version. */
  nodeVersions: readonly string[] | null;
  /** The images that its nodes run, each once; null where that is not known. */
  nodeImages: readonly MachineImage[] | null;
}

export const nodegroups: EksTable<NodeGroupRow> = {
  source: 'aws',
  keepsGone: true,
  failsAlone: true,
  withoutAws: 'groups are shown as their nodes tell of them',
  blank: {
    ...NO_ROW,
    kind: 'node',
    status: '',
    health: [],
    version: '',
    release: '',
    latestRelease: null,
    amiType: '',
    capacity: '',
    instanceTypes: [],
    min: null,
    desired: null,
    max: null,
    zones: [],
    subnets: [],
    asg: '',
    instances: [],
    selectors: [],
    roleArn: '',
    nodeLabels: {},
    taints: [],
    update: '',
    updateSince: 0,
    maxUnavailable: '',
    repair: null,
    templateId: '',
    templateName: '',
    templateVersion: '',
    shortfall: '',
    origin: 'aws',
    nodesReady: null,
    nodesTotal: null,
    cpuRequested: null,
    cpuAllocatable: null,
    memoryRequested: null,
    memoryAllocatable: null,
    nodeZones: null,
    nodeTypes: null,
    nodeVersions: null,
    nodeImages: null,
  },
};

/** A node group without anything that AWS or its nodes could tell. */
export function blankNodeGroup(uid: string, name: string, kind: Compute): NodeGroupRow {
  return { ...nodegroups.blank, uid, name, kind };
}
