import { NO_CLUSTER } from '../../../domain/cluster-key.ts';
import type { UsageRow } from '../../../domain/rows.ts';
import { amount } from './containers.ts';
import { part, parts, quantities, time, word } from './field.ts';
import { message, type Read } from './message.ts';
import { METADATA } from './meta.ts';

const USAGE = ['cpu', 'memory'] as const;

/** metrics.k8s.io/v1beta1 PodMetrics. */
export const POD_METRICS = message({
  metadata: part(1, METADATA),
  timestamp: time(2),
  containers: parts(4, message({ name: word(1), usage: quantities(2, USAGE) })),
});

/** metrics.k8s.io/v1beta1 NodeMetrics. */
export const NODE_METRICS = message({
  metadata: part(1, METADATA),
  timestamp: time(2),
  usage: quantities(4, USAGE),
});

/** What a pod uses, its containers together. */
export function podUsageRow({
  metadata,
  timestamp,
  containers,
}: Read<typeof POD_METRICS>): UsageRow {
  const used: Record<string, readonly [cpu: number, memory: number]> = {};
  let cpu = 0;
  let memory = 0;
  for (const { name, usage } of containers) {
    const own = [amount(usage['cpu']), amount(usage['memory'])] as const;
    used[name] = own;
    cpu += own[0];
    memory += own[1];
  }
  return { ...usageRow(metadata, timestamp), cpu, memory, containers: used };
}

/** What a node uses. */
export function nodeUsageRow({ metadata, timestamp, usage }: Read<typeof NODE_METRICS>): UsageRow {
  const cpu = amount(usage['cpu']);
  const memory = amount(usage['memory']);
  return { ...usageRow(metadata, timestamp), cpu, memory, containers: {} };
}

function usageRow({ name, namespace, creationTimestamp }: Read<typeof METADATA>, at: number) {
  const uid = `${namespace}/${name}`;
  return { uid, name, namespace, created: creationTimestamp, gone: 0, cluster: NO_CLUSTER, at };
}
