/** How the pods of a workload lie over zones, and why they do so badly. */
import type { NodeRow, WorkloadRow } from '../rows.ts';
import { ZONE_LABELS } from '../zones.ts';

type Placement = WorkloadRow['placement'];

/** Whether a node is one that the template asks for. */
export function isChosen(node: NodeRow, { nodeSelector, zones }: Placement): boolean {
  if (zones.length > 0 && !zones.includes(node.zone)) return false;
  for (const key in nodeSelector) if (node.labels[key] !== nodeSelector[key]) return false;
  return true;
}

/**
 * Whether pods lie badly: two or more in one zone alone, or in one zone two more than their even share.
 * @param counts pods by zone, of all zones that nodes are in
 */
export function isUneven(counts: ReadonlyMap<string, number>): boolean {
  const all = [...counts.values()];
  const total = all.reduce((sum, each) => sum + each, 0);
  const most = Math.max(0, ...all);
  if (counts.size < 2 || total < 2) return false;
  return most === total || most > Math.ceil(total / counts.size) + 1;
}

/** What decides where pods may be. */
export interface Situation {
  readonly placement: Placement;
  /** Volumes of theirs can be used in one zone alone. */
  readonly hasVolumes: boolean;
  /** The zones of the nodes that the template asks for. */
  readonly zones: ReadonlySet<string>;
  /** The zones without pods or with few in which no such node has room for one more; short names. */
  readonly full: readonly string[];
}

/** The cause that is certain comes first: what leaves no other zone, then what does not ask for one. */
export function causeOf({ placement, hasVolumes, zones, full }: Situation): string {
  if (hasVolumes) return 'its volumes are in that zone';
  const pinned = ZONE_LABELS.some((label) => label in placement.nodeSelector);
  if (pinned) return 'its node selector names the zone';
  if (placement.zones.length === 1) return 'its node affinity names the zone';
  if (zones.size <= 1) return 'the nodes that it may run on are in one zone alone';
  const room = full.length === 0 ? '' : `; no room for one more in ${full.join(', ')}`;
  const spread = placement.spread.filter(({ key }) => ZONE_LABELS.includes(key));
  if (spread.length === 0) return `no topology spread constraint over zones${room}`;
  if (spread.every(({ hard }) => !hard)) return `its spread over zones is ScheduleAnyway${room}`;
  return room === '' ? '' : room.slice(2);
}
