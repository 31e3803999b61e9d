import { computeOf } from '../compute.ts';
import type { NodeNetwork } from '../node-network.ts';
import { nodeProblems, nodeRoles, nodeStatus } from '../node-status.ts';
import type { Capacity, Compute, ObjectRow } from '../row.ts';
import { amount } from '../wire/amount.ts';
import { CONDITION } from '../wire/condition.ts';
import { bool, part, parts, quantities, text, word } from '../wire/field.ts';
import { intern } from '../wire/intern.ts';
import { message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { WRITTEN_METADATA, writerOf, type Write } from '../wire/writes.ts';
import { objectTable } from './define.ts';
import type { NodeNotice } from '../node-notice.ts';
import type { Machine } from './instances.ts';
import type { Agent } from './managednodes.ts';
import type { FargateSize } from '../fargate.ts';
import type { Price } from './prices.ts';

export interface NodeRow extends ObjectRow {
  /** STATUS exactly as kubectl prints it, e.g. `Ready,SchedulingDisabled`. */
  readonly status: string;
  readonly isReady: boolean;
  readonly cordoned: boolean;
  /** Who did that and when, as far as the API tells; null where it is not, or nobody is named. */
  readonly cordonedBy: Write | null;
  /** Conditions that are wrong, with their reason, e.g. `MemoryPressure`. */
  readonly problems: readonly string[];
  /** When the Ready condition last changed. */
  readonly readySince: number;
  readonly roles: string;
  readonly version: string;
  readonly os: string;
  readonly kernel: string;
  readonly arch: string;
  readonly runtime: string;
  readonly internalIP: string;
  /** Beside the first of each kind: of the other family. */
  readonly otherIps: readonly string[];
  readonly externalIP: string;
  readonly providerId: string;
  /** `i-…`, `mi-…` or empty. */
  readonly instanceId: string;
  readonly instanceType: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly region: string;
  readonly compute: Compute;
  /** Node group, node pool or Fargate profile as the labels tell; empty where they do not. */
  readonly group: string;
  readonly capacity: Capacity;
  /** `key=value:Effect`. */
  readonly taints: readonly string[];
  readonly cpuAllocatable: number;
  readonly memoryAllocatable: number;
  readonly podsAllocatable: number;
  /** What else it offers pods, by name: `nvidia.com/gpu`, `ephemeral-storage` (bytes). */
  readonly offers: Readonly<Record<string, number>>;
  // joined
  /** The uid of its row in `nodegroups`: `<compute>/<group>`, or its Auto Scaling group's; empty before it is known. */
  nodegroup: string;
  /** How its Auto Scaling group is paid; null where that is not known or differs in the group. */
  groupCapacity: Capacity | null;
  /** What is paid for of Fargate, as its pod tells; null of other nodes and where it is not known. */
  fargateSize: FargateSize | null;
  pods: number | null;
  cpuRequested: number | null;
  memoryRequested: number | null;
  cpu: number | null;
  memory: number | null;
  /** Its addresses for pods, where its interfaces are known. */
  network: NodeNetwork | null;
  /** The instance under it, where AWS tells of it. */
  machine: Machine | null;
  /** What Systems Manager knows of it, where AWS tells of that. */
  agent: Agent | null;
  /** What its type costs in its zone, where AWS tells of that. */
  price: Price | null;
  /** What was said lately of its end, where events are followed. */
  notice: NodeNotice | null;
}

/** core/v1 Node. Its images (8), a large part of it, are passed over. */
const NODE = message({
  metadata: part(1, WRITTEN_METADATA),
  spec: part(
    2,
    message({
      providerID: text(3),
      unschedulable: bool(4),
      taints: parts(5, message({ key: word(1), value: word(2), effect: word(3) })),
    }),
  ),
  status: part(
    3,
    message({
      allocatable: quantities(2),
      conditions: parts(4, CONDITION),
      addresses: parts(5, message({ type: word(1), address: text(2) })),
      nodeInfo: part(
        7,
        message({
          kernelVersion: word(4),
          osImage: word(5),
          containerRuntimeVersion: word(6),
          kubeletVersion: word(7),
          architecture: word(10),
        }),
      ),
    }),
  ),
});

type Node = Read<typeof NODE>;

/** The row of a node. */
function nodeRow(node: Node): NodeRow {
  const { spec, status } = node;
  const base = objectRow(node.metadata);
  const { allocatable, nodeInfo } = status;
  const ready = status.conditions.findLast(({ type }) => type === 'Ready');
  return {
    ...base,
    ...computeOf(base.labels, spec.providerID),
    status: nodeStatus(node),
    isReady: ready?.status === 'True',
    cordoned: spec.unschedulable,
    cordonedBy: spec.unschedulable ? writerOf(node.metadata.managedFields, 'unschedulable') : null,
    problems: nodeProblems(node),
    readySince: ready?.lastTransitionTime ?? 0,
    roles: nodeRoles(base.labels),
    version: nodeInfo.kubeletVersion,
    os: nodeInfo.osImage,
    kernel: nodeInfo.kernelVersion,
    arch: nodeInfo.architecture || (base.labels['kubernetes.io/arch'] ?? ''),
    runtime: nodeInfo.containerRuntimeVersion,
    internalIP: addressOf(node, 'InternalIP'),
    otherIps: othersOf(node),
    externalIP: addressOf(node, 'ExternalIP'),
    providerId: spec.providerID,
    taints: spec.taints.map(({ key, value, effect }) =>
      intern(`${key}${value && `=${value}`}:${effect}`),
    ),
    cpuAllocatable: amount(allocatable['cpu']),
    memoryAllocatable: amount(allocatable['memory']),
    podsAllocatable: amount(allocatable['pods']),
    offers: offersOf(allocatable),
    nodegroup: '',
    groupCapacity: null,
    fargateSize: null,
    pods: null,
    cpuRequested: null,
    memoryRequested: null,
    cpu: null,
    memory: null,
    network: null,
    machine: null,
    agent: null,
    price: null,
    notice: null,
  };
}

const COUNTED: ReadonlySet<string> = new Set(['cpu', 'memory', 'pods']);

function offersOf(allocatable: Readonly<Record<string, string>>): NodeRow['offers'] {
  return Object.fromEntries(
    Object.entries(allocatable).flatMap(([name, quantity]) =>
      COUNTED.has(name) || amount(quantity) === 0 ? [] : [[name, amount(quantity)]],
    ),
  );
}

function othersOf(node: Node): readonly string[] {
  const first = [addressOf(node, 'InternalIP'), addressOf(node, 'ExternalIP')];
  return node.status.addresses
    .filter(({ type, address }) => type.endsWith('IP') && !first.includes(address))
    .map(({ address }) => address);
}

function addressOf({ status }: Node, type: string): string {
  return status.addresses.find((address) => address.type === type)?.address ?? '';
}

export const nodes = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'nodes',
    kind: 'Node',
    namespaced: false,
  },
  message: NODE,
  row: nodeRow,
  keepsGone: true,
});
