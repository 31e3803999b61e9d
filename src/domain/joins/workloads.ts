/** What is written into workloads: where their pods are, and what scales them. */
import { distinct } from '../../core/collect.ts';
import type { PodRow } from '../tables/pods.ts';
import type { WorkloadKind } from '../tables/workload.ts';
import { shortZone } from '../zones.ts';
import { byName, join, key, type AnyJoin } from './join.ts';
import { occupies } from './keys.ts';

type Workloads = 'deployments' | 'statefulsets' | 'daemonsets' | 'replicasets';

/** Of replica sets the owner counts; of all others what stands behind the pod. */
function podsOf(kind: WorkloadKind) {
  return kind === 'ReplicaSet'
    ? key('pods', 'namespace', (pod) => (pod.ownerKind === kind ? pod.ownerName : ''))
    : key('pods', 'namespace', (pod) => (pod.workloadKind === kind ? pod.workload : ''));
}

function spread(table: Workloads, kind: WorkloadKind): AnyJoin {
  return join({
    target: byName(table),
    source: podsOf(kind),
    uses: ['name', 'zone', 'phase', 'isReady', 'cause', 'causeAt', 'deleting'],
    fields: ['zones', 'trouble'],
    ofAll: true,
    compute: (_, pods, known) => ({
      zones: known ? zonesOf(pods.filter(occupies)) : null,
      trouble: troubleOf(pods) || (known ? '' : null),
    }),
  });
}

/** Pods by short zone, in order of zone; '' counts those whose zone is not known or not decided. */
function zonesOf(pods: readonly Pick<PodRow, 'zone'>[]): (readonly [string, number])[] | null {
  if (pods.length > 0 && pods.every((pod) => pod.zone === null)) return null;
  const counts = new Map<string, number>();
  for (const { zone } of pods) counts.set(zone ?? '', (counts.get(zone ?? '') ?? 0) + 1);
  return [...counts]
    .map(([zone, count]) => [shortZone(zone), count] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

type Troubled = Pick<PodRow, 'name' | 'phase' | 'isReady' | 'cause' | 'causeAt' | 'deleting'>;

/** What keeps pods from being ready: the newest cause; of several at once that of the first name. */
function troubleOf(pods: readonly Troubled[]): string {
  let last: Troubled | null = null;
  for (const pod of pods) {
    if (pod.isReady || pod.cause === '' || pod.deleting > 0 || !occupies(pod)) continue;
    const later =
      last === null ||
      pod.causeAt > last.causeAt ||
      (pod.causeAt === last.causeAt && pod.name < last.name);
    if (later) last = pod;
  }
  return last?.cause ?? '';
}

function scaler(table: Exclude<Workloads, 'daemonsets'>, kind: WorkloadKind): AnyJoin {
  return join({
    target: byName(table),
    source: key('hpas', 'namespace', (hpa) => (hpa.targetKind === kind ? hpa.targetName : '')),
    uses: ['name'],
    fields: ['hpa'],
    ofAll: true,
    compute: (_, hpas, known) => ({
      hpa: distinct(hpas.map(({ name }) => name))[0] ?? (known ? '' : null),
    }),
  });
}

/** Rules of all kinds of workload. */
export const WORKLOAD_RULES: readonly AnyJoin[] = [
  spread('deployments', 'Deployment'),
  spread('statefulsets', 'StatefulSet'),
  spread('daemonsets', 'DaemonSet'),
  spread('replicasets', 'ReplicaSet'),
  scaler('deployments', 'Deployment'),
  scaler('statefulsets', 'StatefulSet'),
  scaler('replicasets', 'ReplicaSet'),
];
