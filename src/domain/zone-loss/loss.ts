/**
 * What falls if a zone goes. Room is tried out by requests, pod slots, node selectors, zones of
 * volumes and taints: pods of the largest requests first, each on the first node that takes it. That
 * all found room shows that there is room; that some did not shows none was found in that order.
 * Affinity between pods and topology spread are not reckoned with.
 */
import type { Work } from '../../core/work.ts';
import { distinct } from '../../core/collect.ts';
import { isTolerated } from '../room.ts';
import type { NodeRow, PodRow, WorkloadRow } from '../rows.ts';
import { coveredBy, type PdbRow } from '../tables/pdbs.ts';
import type { PersistentVolumeRow } from '../tables/persistentvolumes.ts';
import { scaled } from '../tables/workload.ts';
import { zones as table, type WorkloadLoss, type ZoneRow } from '../tables/zones.ts';
import { hasEnded } from '../workload-pods.ts';
import { causeOf, isChosen } from './spread.ts';

/** What of a cluster it is found from; rows that are gone are none. */
export interface ZoneWorld {
  readonly nodes: readonly NodeRow[];
  readonly pods: readonly PodRow[];
  readonly workloads: readonly WorkloadRow[];
  readonly budgets: readonly PdbRow[];
  readonly volumes: readonly PersistentVolumeRow[];
}

type Placement = WorkloadRow['placement'];

interface Group {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly placement: Placement | null;
  readonly pods: PodRow[];
}

interface Free {
  readonly node: NodeRow;
  cpu: number;
  memory: number;
  slots: number;
}

/** Sums of requests are not exact: what is missing by less is there. */
const TOLERANCE = 1e-6;

const CLAIM = 'persistentvolumeclaims/';

/** The row of each zone that a node is in. */
export function* zoneLosses(world: ZoneWorld): Work<readonly ZoneRow[]> {
  const groups = groupsOf(world);
  const homes = new Map(world.volumes.map((volume) => [volume.claim, volume.zones]));
  const covers = yield* coversOf(world);
  const rows: ZoneRow[] = [];
  for (const zone of distinct(world.nodes.map((node) => node.zone))) {
    yield;
    rows.push(yield* lossOf(zone, world, { groups, homes, covers }));
  }
  return rows;
}

/** The pods that are there, by what is behind them. */
function groupsOf({ pods, workloads }: ZoneWorld): readonly Group[] {
  const placements = new Map(
    workloads.map((row) => [`${row.kind}/${row.namespace}/${row.name}`, row.placement]),
  );
  const groups = new Map<string, Group>();
  for (const pod of pods) {
    if (pod.node === '' || pod.gone > 0 || hasEnded(pod)) continue;
    const kind = pod.workloadKind || 'Pod';
    const name = pod.workload || pod.name;
    const { namespace } = pod;
    const key = `${kind}/${namespace}/${name}`;
    const known = groups.get(key);
    if (known !== undefined) known.pods.push(pod);
    else
      groups.set(key, {
        kind,
        namespace,
        name,
        placement: placements.get(key) ?? null,
        pods: [pod],
      });
  }
  return [...groups.values()];
}

/** What goes with its node, and is not started anywhere else. */
const staysWithNode = ({ kind }: Group): boolean => kind === 'DaemonSet' || kind === 'Node';

const heaviest = ({ pods }: Group): number =>
  Math.max(...pods.map(({ cpuRequest, memoryRequest }) => cpuRequest + memoryRequest / 2 ** 32));

/** What is the same whichever zone goes. */
interface Known {
  readonly groups: readonly Group[];
  /** The zones of volumes by their claims. */
  readonly homes: ReadonlyMap<string, readonly string[]>;
  readonly covers: readonly Cover[];
}

function* lossOf(zone: string, world: ZoneWorld, { groups, homes, covers }: Known): Work<ZoneRow> {
  const lost = new Set(world.nodes.filter((node) => node.zone === zone).map(({ name }) => name));
  const free = freeOutside(zone, world);
  const sums = { cpuFree: 0, memoryFree: 0, slotsFree: 0 };
  for (const { cpu, memory, slots } of free) {
    sums.cpuFree += cpu;
    sums.memoryFree += memory;
    sums.slotsFree += slots;
  }
  const budgets = brokenBudgets(covers, lost);
  const hit = groups
    .filter((group) => !staysWithNode(group) && group.pods.some(({ node }) => lost.has(node)))
    .sort((a, b) => heaviest(b) - heaviest(a));
  const losses: WorkloadLoss[] = [];
  const needed = { cpuNeeded: 0, memoryNeeded: 0, pods: 0, homeless: 0 };
  for (const group of hit) {
    const gone = group.pods.filter(({ node }) => lost.has(node));
    for (const { cpuRequest, memoryRequest } of gone) {
      needed.cpuNeeded += cpuRequest;
      needed.memoryNeeded += memoryRequest;
    }
    const loss = lossOfGroup(group, gone, { zone, free, budgets, homes, nodes: world.nodes });
    needed.pods += gone.length;
    needed.homeless += loss.homeless;
    losses.push(loss);
    yield;
  }
  return {
    ...table.blank,
    uid: zone,
    name: zone,
    nodes: lost.size,
    groups: goneGroups(zone, world.nodes),
    ...needed,
    ...sums,
    volumes: world.volumes.filter(
      ({ zones, claim, gone }) => gone === 0 && claim !== '' && isOnly(zones, zone),
    ).length,
    losses,
  };
}

const isOnly = (zones: readonly string[] | undefined, zone: string): boolean =>
  zones?.length === 1 && zones[0] === zone;

/** The groups of nodes of which none is in another zone. */
function goneGroups(zone: string, nodes: readonly NodeRow[]): readonly string[] {
  const elsewhere = new Set(nodes.filter((node) => node.zone !== zone).map(({ group }) => group));
  return distinct(
    nodes.filter((node) => node.zone === zone && !elsewhere.has(node.group)).map((n) => n.group),
  );
}

/** What is free on the nodes of the other zones that take pods; one of Fargate is for its pod alone. */
function freeOutside(zone: string, { nodes, pods }: ZoneWorld): readonly Free[] {
  const free = new Map<string, Free>();
  for (const node of nodes) {
    if (node.zone === zone || !node.isReady || node.cordoned || node.compute === 'fargate')
      continue;
    const { cpuAllocatable: cpu, memoryAllocatable: memory, podsAllocatable: slots } = node;
    free.set(node.name, { node, cpu, memory, slots });
  }
  for (const pod of pods) {
    const on = free.get(pod.node);
    if (on === undefined || pod.gone > 0 || hasEnded(pod)) continue;
    on.cpu -= pod.cpuRequest;
    on.memory -= pod.memoryRequest;
    on.slots--;
  }
  return [...free.values()].map((each) => ({
    ...each,
    cpu: Math.max(0, each.cpu),
    memory: Math.max(0, each.memory),
    slots: Math.max(0, each.slots),
  }));
}

/** A budget and the pods that it is about. */
interface Cover {
  readonly budget: PdbRow;
  readonly pods: readonly PodRow[];
}

function* coversOf({ budgets, pods }: ZoneWorld): Work<readonly Cover[]> {
  const named = new Map<string, PodRow[]>();
  for (const { namespace } of budgets) named.set(namespace, []);
  for (const pod of pods) if (pod.gone === 0 && !hasEnded(pod)) named.get(pod.namespace)?.push(pod);
  const covers: Cover[] = [];
  for (const budget of budgets) {
    yield;
    if (budget.gone > 0) continue;
    covers.push({ budget, pods: (named.get(budget.namespace) ?? []).filter(coveredBy(budget)) });
  }
  return covers;
}

/** Which budgets have too few healthy pods left, by the pods that are lost. */
function brokenBudgets(
  covers: readonly Cover[],
  lost: ReadonlySet<string>,
): ReadonlyMap<PodRow, readonly string[]> {
  const broken = new Map<PodRow, readonly string[]>();
  for (const { budget, pods } of covers) {
    const gone = pods.filter(({ node }) => lost.has(node));
    const left = pods.filter(({ isReady, node }) => isReady && !lost.has(node)).length;
    const needed = healthyNeeded(budget, pods.length);
    if (gone.length === 0 || left >= needed) continue;
    const words = `${budget.name}: ${left} healthy, ${needed} needed`;
    for (const pod of gone) broken.set(pod, [...(broken.get(pod) ?? []), words]);
  }
  return broken;
}

/** How many pods a budget wants to be healthy, by its own rule. */
export function healthyNeeded(budget: PdbRow, covered: number): number {
  const { minAvailable, maxUnavailable, expected, counted } = budget;
  const all = counted && expected > 0 ? expected : covered;
  if (maxUnavailable !== '') return all - scaled(maxUnavailable, all);
  // A number that is more than there are pods is never reached.
  if (minAvailable.endsWith('%')) return scaled(minAvailable, all);
  return Number(minAvailable) || 0;
}

interface Scene {
  readonly zone: string;
  readonly free: readonly Free[];
  readonly budgets: ReadonlyMap<PodRow, readonly string[]>;
  readonly homes: ReadonlyMap<string, readonly string[]>;
  readonly nodes: readonly NodeRow[];
}

function lossOfGroup(group: Group, gone: readonly PodRow[], scene: Scene): WorkloadLoss {
  const { kind, namespace, name, placement, pods } = group;
  const { zone, free, budgets, homes, nodes } = scene;
  const volumes = gone.flatMap((pod) =>
    claimsOf(pod).filter((claim) => isOnly(homes.get(claim), zone)),
  );
  const allowed = allowedOf(free, placement);
  let homeless = 0;
  let why = '';
  for (const pod of gone) {
    const reason = place(pod, allowed, scene);
    if (reason === '') continue;
    homeless++;
    why ||= reason;
  }
  const isAll = gone.length === pods.length;
  return {
    kind,
    namespace,
    name,
    pods: gone.length,
    total: pods.length,
    budgets: distinct(gone.flatMap((pod) => budgets.get(pod) ?? [])),
    homeless,
    why,
    volumes: distinct(volumes),
    cause:
      isAll && pods.length > 1 && placement !== null
        ? causeOf(placement, volumes.length > 0, nodes)
        : '',
  };
}

const claimsOf = ({ namespace, uses }: PodRow): readonly string[] =>
  uses.flatMap((use) => (use.startsWith(CLAIM) ? `${namespace}/${use.slice(CLAIM.length)}` : []));

/** The nodes that pods of that placement may run on. */
const allowedOf = (free: readonly Free[], placement: Placement | null): readonly Free[] =>
  free.filter(
    ({ node }) =>
      (placement === null || isChosen(node, placement)) &&
      node.taints.every((taint) => isTolerated(taint, placement?.tolerations ?? [])),
  );

/** Puts a pod on the first node that takes it; why none does, or empty. */
function place(pod: PodRow, allowed: readonly Free[], { zone, homes }: Scene): string {
  // A node is made for it.
  if (pod.fargateProfile !== '') return '';
  const claims = claimsOf(pod).map((claim) => homes.get(claim) ?? []);
  if (claims.some((zones) => isOnly(zones, zone))) return 'its volume is in the zone';
  const pins = claims.filter((zones) => zones.length > 0);
  let mayRun = false;
  for (const on of allowed) {
    if (!pins.every((zones) => zones.includes(on.node.zone))) continue;
    mayRun = true;
    if (on.slots < 1 || on.cpu + TOLERANCE < pod.cpuRequest) continue;
    if (on.memory * (1 + TOLERANCE) + TOLERANCE < pod.memoryRequest) continue;
    on.cpu -= pod.cpuRequest;
    on.memory -= pod.memoryRequest;
    on.slots--;
    return '';
  }
  return mayRun ? 'no node elsewhere has room for it' : 'no node elsewhere that it may run on';
}
