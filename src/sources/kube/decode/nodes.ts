import { computeOf } from '../../../domain/compute.ts';
import { nodeProblems, nodeRoles, nodeStatus } from '../../../domain/node-status.ts';
import type { NodeRow } from '../../../domain/rows.ts';
import { amount } from './containers.ts';
import { bool, part, parts, prose, quantities, text, time, word } from './field.ts';
import { message, type Read } from './message.ts';
import { intern } from './intern.ts';
import { METADATA, objectRow } from './meta.ts';

/** core/v1 Node. Its images (8), a large part of it, are passed over. */
export const NODE = message({
  metadata: part(1, METADATA),
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
      allocatable: quantities(2, ['cpu', 'memory', 'pods']),
      conditions: parts(
        4,
        message({
          type: word(1),
          status: word(2),
          lastTransitionTime: time(4),
          reason: word(5),
          message: prose(6),
        }),
      ),
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
export function nodeRow(node: Node): NodeRow {
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
    problems: nodeProblems(node),
    readySince: ready?.lastTransitionTime ?? 0,
    roles: nodeRoles(base.labels),
    version: nodeInfo.kubeletVersion,
    os: nodeInfo.osImage,
    kernel: nodeInfo.kernelVersion,
    arch: nodeInfo.architecture || (base.labels['kubernetes.io/arch'] ?? ''),
    runtime: nodeInfo.containerRuntimeVersion,
    internalIP: addressOf(node, 'InternalIP'),
    externalIP: addressOf(node, 'ExternalIP'),
    providerId: spec.providerID,
    taints: spec.taints.map(({ key, value, effect }) =>
      intern(`${key}${value && `=${value}`}:${effect}`),
    ),
    cpuAllocatable: amount(allocatable['cpu']),
    memoryAllocatable: amount(allocatable['memory']),
    podsAllocatable: amount(allocatable['pods']),
    nodegroup: '',
    groupCapacity: null,
    pods: null,
    cpuRequested: null,
    memoryRequested: null,
    cpu: null,
    memory: null,
  };
}

function addressOf({ status }: Node, type: string): string {
  return status.addresses.find((address) => address.type === type)?.address ?? '';
}
