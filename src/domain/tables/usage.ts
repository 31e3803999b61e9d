import { NO_CLUSTER } from '../cluster-key.ts';
import type { BaseRow } from '../row.ts';
import { amount } from '../wire/amount.ts';
import { part, parts, quantities, time, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface ContainerUsage {
  readonly name: string;
  readonly cpu: number;
  readonly memory: number;
}

/** Usage of a pod or node from metrics.k8s.io, which goes on into its row. Its uid is `namespace/name`. */
export interface UsageRow extends BaseRow {
  readonly cpu: number;
  readonly memory: number;
  /** Of a pod: what each of its containers uses (cores, bytes). */
  readonly containers: readonly ContainerUsage[];
  readonly at: number;
}

const USAGE = ['cpu', 'memory'] as const;

/** metrics.k8s.io/v1beta1 PodMetrics. */
const POD_METRICS = message({
  metadata: part(1, METADATA),
  timestamp: time(2),
  containers: parts(4, message({ name: word(1), usage: quantities(2, USAGE) })),
});

/** metrics.k8s.io/v1beta1 NodeMetrics. */
const NODE_METRICS = message({
  metadata: part(1, METADATA),
  timestamp: time(2),
  usage: quantities(4, USAGE),
});

/** What a pod uses, its containers together. */
function podUsageRow({ metadata, timestamp, containers }: Read<typeof POD_METRICS>): UsageRow {
  const used = containers.map(({ name, usage }) => ({
    name,
    cpu: amount(usage['cpu']),
    memory: amount(usage['memory']),
  }));
  const cpu = used.reduce((sum, each) => sum + each.cpu, 0);
  const memory = used.reduce((sum, each) => sum + each.memory, 0);
  return usageRow(metadata, timestamp, cpu, memory, used);
}

/** What a node uses. */
function nodeUsageRow({ metadata, timestamp, usage }: Read<typeof NODE_METRICS>): UsageRow {
  const cpu = amount(usage['cpu']);
  const memory = amount(usage['memory']);
  return usageRow(metadata, timestamp, cpu, memory, []);
}

function usageRow(
  { name, namespace }: Read<typeof METADATA>,
  at: number,
  cpu: number,
  memory: number,
  containers: UsageRow['containers'],
): UsageRow {
  const uid = `${namespace}/${name}`;
  return {
    uid,
    name,
    namespace,
    created: 0,
    gone: 0,
    cluster: NO_CLUSTER,
    at,
    cpu,
    memory,
    containers,
  };
}

export const podusage = objectTable({
  kind: {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    resource: 'pods',
    kind: 'PodMetrics',
    namespaced: true,
  },
  message: POD_METRICS,
  row: podUsageRow,
  keepsGone: false,
  passesOn: true,
  source: 'metrics',
});

export const nodeusage = objectTable({
  kind: {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    resource: 'nodes',
    kind: 'NodeMetrics',
    namespaced: false,
  },
  message: NODE_METRICS,
  row: nodeUsageRow,
  keepsGone: false,
  passesOn: true,
  source: 'metrics',
});
