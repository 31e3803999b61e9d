/** Why all pods of a workload are in one zone. */
import type { NodeRow, WorkloadRow } from '../rows.ts';

type Placement = WorkloadRow['placement'];

/** What nodes are labelled with by their zone, today and before 1.17. */
export const ZONE_LABELS: readonly string[] = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
];

/** Whether a node is one that the template asks for. */
export function isChosen(node: NodeRow, { nodeSelector, zones }: Placement): boolean {
  if (zones.length > 0 && !zones.includes(node.zone)) return false;
  for (const key in nodeSelector) if (node.labels[key] !== nodeSelector[key]) return false;
  return true;
}

/**
 * The cause that is certain comes first: what leaves no other zone, then what does not ask for one.
 * @param nodes all nodes
 */
export function causeOf(
  placement: Placement,
  hasVolumes: boolean,
  nodes: readonly NodeRow[],
): string {
  if (hasVolumes) return 'its volumes are in that zone';
  const pinned = ZONE_LABELS.some((label) => label in placement.nodeSelector);
  if (pinned) return 'its node selector names the zone';
  if (placement.zones.length === 1) return 'its node affinity names the zone';
  const zones = new Set(nodes.filter((node) => isChosen(node, placement)).map(({ zone }) => zone));
  if (zones.size <= 1) return 'the nodes that it may run on are in one zone alone';
  const spread = placement.spread.filter(({ key }) => ZONE_LABELS.includes(key));
  if (spread.length === 0) return 'no topology spread constraint over zones';
  if (spread.every(({ hard }) => !hard)) return 'its spread over zones is ScheduleAnyway';
  return '';
}
