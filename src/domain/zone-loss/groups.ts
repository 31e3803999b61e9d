/** The pods that are there, by what is behind them and by zone. */
import { eachInPieces, type Work } from '../../core/work.ts';
import type { PodRow, WorkloadRow } from '../rows.ts';
import { hasEnded } from '../workload-pods.ts';
import { PIECE, type ZoneWorld } from './world.ts';

/** The pods of a workload, or one that has none behind it. */
export interface Group {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly placement: WorkloadRow['placement'] | null;
  /** The same for all whose pods may run on the same nodes. */
  readonly where: string;
  /** The first of its pods: what it has of labels, the others have. */
  readonly first: PodRow;
  readonly byZone: Map<string, PodRow[]>;
  total: number;
  /** The largest of its pods, CPU and memory as one figure. */
  heaviest: number;
}

/** The groups, and which of them a pod is in. */
export interface Groups {
  readonly all: readonly Group[];
  readonly of: ReadonlyMap<PodRow, Group>;
}

export function* groupsOf({ nodes, pods, workloads }: ZoneWorld): Work<Groups> {
  const zones = new Map<string, string>();
  yield* eachInPieces(nodes, PIECE, ({ name, zone }) => zones.set(name, zone));
  const placements = new Map<string, WorkloadRow['placement']>();
  yield* eachInPieces(workloads, PIECE, ({ kind, namespace, name, placement }) =>
    placements.set(`${kind}/${namespace}/${name}`, placement),
  );
  const groups = new Map<string, Group>();
  const of = new Map<PodRow, Group>();
  yield* eachInPieces(pods, PIECE, (pod) => {
    const zone = zones.get(pod.node);
    // What is being deleted goes anyway, and nothing is started in its place for the zone.
    if (zone === undefined || hasEnded(pod) || pod.deleting > 0) return;
    const kind = pod.workloadKind || 'Pod';
    const key = `${kind}/${pod.namespace}/${pod.workload || pod.name}`;
    const group = groups.get(key) ?? blank(kind, pod, placements.get(key) ?? null);
    groups.set(key, group);
    of.set(pod, group);
    const there = group.byZone.get(zone);
    if (there === undefined) group.byZone.set(zone, [pod]);
    else there.push(pod);
    group.total++;
    group.heaviest = Math.max(group.heaviest, pod.cpuRequest + pod.memoryRequest / 2 ** 32);
  });
  return { all: [...groups.values()], of };
}

const blank = (kind: string, pod: PodRow, placement: Group['placement']): Group => ({
  kind,
  namespace: pod.namespace,
  name: pod.workload || pod.name,
  placement,
  where:
    placement === null
      ? ''
      : JSON.stringify([placement.nodeSelector, placement.zones, placement.tolerations]),
  first: pod,
  byZone: new Map(),
  total: 0,
  heaviest: 0,
});

/** What goes with its node, and is not started anywhere else. */
export const staysWithNode = ({ kind }: Group): boolean => kind === 'DaemonSet' || kind === 'Node';
