/** Rows of which no more than the name is known: what a source or join starts from. */
import { NO_CLUSTER, type ClusterKey } from './cluster-key.ts';
import type { ClusterRow, Compute, NodeGroupRow } from './rows.ts';

/** A node group without anything that AWS or its nodes could tell. */
export function blankNodeGroup(uid: string, name: string, kind: Compute): NodeGroupRow {
  return {
    uid,
    name,
    namespace: '',
    created: 0,
    gone: 0,
    cluster: NO_CLUSTER,
    kind,
    status: '',
    health: [],
    version: '',
    release: '',
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
    origin: 'aws',
    nodesReady: null,
    nodesTotal: null,
    cpuRequested: null,
    cpuAllocatable: null,
    memoryRequested: null,
    memoryAllocatable: null,
    nodeZones: null,
    nodeTypes: null,
  };
}

/** A cluster of which neither EKS nor a kubeconfig has told anything. */
export function blankCluster(id: ClusterKey, name: string): ClusterRow {
  return {
    uid: id,
    id,
    name,
    namespace: '',
    created: 0,
    gone: 0,
    cluster: id,
    source: 'eks',
    context: '',
    profile: '',
    account: '',
    region: '',
    status: '',
    version: '',
    platformVersion: '',
    endpoint: '',
    caData: '',
    endpointPublic: null,
    endpointPrivate: null,
    health: [],
    tags: {},
    standardSupportEnd: null,
    extendedSupportEnd: null,
    error: '',
    nodes: null,
    pods: null,
  };
}
