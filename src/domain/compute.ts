import { own } from '../core/own.ts';
import type { Capacity, Compute } from './row.ts';
import { regionOf, zoneLabelled } from './zones.ts';

/** What a node is and where it runs, as its labels and provider id tell. Unknown: empty. */
export interface NodeCompute {
  readonly compute: Compute;
  /** Managed or eksctl node group, or node pool. */
  readonly group: string;
  readonly capacity: Capacity;
  /** `i-…` or, of hybrid nodes, `mi-…`. */
  readonly instanceId: string;
  readonly instanceType: string;
  readonly zone: string;
  /** Comparable across accounts, e.g. `euc1-az3`. */
  readonly zoneId: string;
  readonly region: string;
}

type Labels = Readonly<Record<string, string>>;

const CAPACITIES: Readonly<Record<string, Capacity>> = {
  // eks.amazonaws.com/capacityType
  ON_DEMAND: 'on-demand',
  SPOT: 'spot',
  CAPACITY_BLOCK: 'capacity-block',
  // karpenter.sh/capacity-type
  'on-demand': 'on-demand',
  spot: 'spot',
  reserved: 'reserved',
  // node.kubernetes.io/lifecycle, set by hand on groups of one's own
  normal: 'on-demand',
};

/** What nodes are called whose labels name no group. */
const NAMELESS: Readonly<Record<Compute, string>> = {
  fargate: 'Fargate',
  auto: 'Auto Mode nodes',
  hybrid: 'hybrid nodes',
  managed: 'managed nodes',
  karpenter: 'Karpenter nodes',
  eksctl: 'eksctl nodes',
  'self-managed': 'self-managed nodes',
  node: 'nodes',
};

/** The name of a group of nodes by its uid (`<compute>/<group>`): the group's, else what its nodes are. */
export function groupNameOf(uid: string): string {
  const slash = uid.indexOf('/');
  const [compute, name] = [uid.slice(0, slash), uid.slice(slash + 1)];
  return name === '' && Object.hasOwn(NAMELESS, compute) ? NAMELESS[compute as Compute] : name;
}

/** The group that a node is shown in: by its labels, else by what was joined. Empty where it is of none. */
export function groupOfNode(node: {
  readonly compute: Compute;
  readonly group: string;
  readonly nodegroup: string;
}): string {
  if (node.group !== '' || node.nodegroup === '') return node.group;
  // Nodes of other clusters than those of EKS are in no group.
  return node.compute === 'node' ? '' : groupNameOf(node.nodegroup);
}

/** How a node is paid: by its labels, else as its Auto Scaling group tells; null where neither does. */
export function capacityOfNode(node: {
  readonly compute: Compute;
  readonly capacity: Capacity;
  readonly groupCapacity: Capacity | null;
}): Capacity | null {
  if (node.capacity !== '') return node.capacity;
  return node.compute === 'self-managed' || node.compute === 'eksctl' ? node.groupCapacity : '';
}

/** Reads a node's kind of compute in the order in which its labels decide. */
export function computeOf(labels: Labels, providerId: string): NodeCompute {
  const [compute, group, capacity] = kindOf(labels, providerId);
  const provider = providerId.split('/');
  const instance = provider.at(-1) ?? '';
  const zone =
    zoneLabelled(labels) ?? (providerId.startsWith('aws:///') ? (provider[3] ?? '') : '');
  return {
    compute,
    group,
    capacity: own(CAPACITIES, capacity) ?? (compute === 'fargate' ? 'fargate' : ''),
    instanceId: /^m?i-[0-9a-z]+$/.test(instance) ? instance : '',
    instanceType: labels['node.kubernetes.io/instance-type'] ?? '',
    zone,
    zoneId: labels['topology.k8s.aws/zone-id'] ?? '',
    region: labels['topology.kubernetes.io/region'] ?? regionOf(zone),
  };
}

function kindOf(
  labels: Labels,
  providerId: string,
): readonly [compute: Compute, group: string, capacity: string] {
  const type = labels['eks.amazonaws.com/compute-type'];
  const pool = labels['karpenter.sh/nodepool'] ?? labels['karpenter.sh/provisioner-name'];
  const poolCapacity = labels['karpenter.sh/capacity-type'] ?? '';
  if (type === 'fargate') return ['fargate', '', ''];
  if (type === 'auto') return ['auto', pool ?? '', poolCapacity];
  if (type === 'hybrid') return ['hybrid', '', ''];
  const managed = labels['eks.amazonaws.com/nodegroup'];
  if (managed !== undefined) {
    return ['managed', managed, labels['eks.amazonaws.com/capacityType'] ?? ''];
  }
  if (pool !== undefined) return ['karpenter', pool, poolCapacity];
  const lifecycle = labels['node.kubernetes.io/lifecycle'] ?? '';
  const eksctl = labels['alpha.eksctl.io/nodegroup-name'];
  if (eksctl !== undefined) return ['eksctl', eksctl, lifecycle];
  if (providerId.startsWith('aws:///')) return ['self-managed', '', lifecycle];
  return ['node', '', ''];
}
