/**
 * What falls if a zone goes. Room is tried out: pods of the largest requests first, each on the first
 * node that takes it (room.ts). That all found room shows that there is room; that some did not shows
 * none was found in that order. What pods elsewhere require of those that come is not reckoned with.
 */
import { distinct } from '../../core/collect.ts';
import { eachInPieces, type Work } from '../../core/work.ts';
import type { NodeRow, PodRow } from '../rows.ts';
import { zones as table, type WorkloadLoss, type ZoneRow } from '../tables/zones.ts';
import { shortZone } from '../zones.ts';
import { brokenBudgets, coversOf, type Cover } from './budgets.ts';
import { groupsOf, staysWithNode, type Group, type Groups } from './groups.ts';
import { PodsOn } from './pods-on.ts';
import { bondsOf, requestedOn, Room } from './room.ts';
import { Spreads, type SpreadCount } from './spread-count.ts';
import { causeOf, isUneven } from './spread.ts';
import { claimsOf, isOnly, PIECE, type ZoneWorld } from './world.ts';

/** What is the same whichever zone goes. */
interface Known {
  readonly groups: Groups;
  /** The zones of volumes by their claims. */
  readonly homes: ReadonlyMap<string, readonly string[]>;
  readonly covers: readonly Cover[];
  readonly used: ReadonlyMap<string, Room['sums']>;
  readonly podsOn: PodsOn;
  readonly nodesIn: ReadonlyMap<string, readonly NodeRow[]>;
  /** All that is free now, to see whether one more pod would fit; nothing is placed in it. */
  readonly present: Room;
  /** Why groups lie badly over the zones: the same whichever goes. */
  readonly causes: Map<Group, string>;
}

/** The row of each zone that a node is in. */
export function* zoneLosses(world: ZoneWorld): Work<readonly ZoneRow[]> {
  const groups = yield* groupsOf(world);
  const homes = new Map<string, readonly string[]>();
  yield* eachInPieces(world.volumes, PIECE, ({ claim, zones }) => homes.set(claim, zones));
  const nodesIn = new Map<string, NodeRow[]>();
  for (const node of world.nodes) {
    const there = nodesIn.get(node.zone);
    if (there === undefined) nodesIn.set(node.zone, [node]);
    else there.push(node);
  }
  const used = yield* requestedOn(world);
  const known: Known = {
    groups,
    homes,
    covers: yield* coversOf(world, groups),
    used,
    podsOn: new PodsOn(world),
    nodesIn,
    present: yield* Room.of(world.nodes, used),
    causes: new Map(),
  };
  const rows: ZoneRow[] = [];
  for (const zone of nodesIn.keys()) if (zone !== '') rows.push(yield* lossOf(zone, world, known));
  return rows;
}

function* lossOf(zone: string, world: ZoneWorld, known: Known): Work<ZoneRow> {
  const elsewhere = world.nodes.filter((node) => node.zone !== zone);
  const room = yield* Room.of(elsewhere, known.used);
  const sums = { cpuFree: room.sums.cpu, memoryFree: room.sums.memory, slotsFree: room.sums.slots };
  const spreads = new Spreads(elsewhere, known.podsOn);
  const scene: Scene = { zone, room, known, spreads, budgets: brokenBudgets(known.covers, zone) };
  const hit = known.groups.all.filter((group) => !staysWithNode(group) && group.byZone.has(zone));
  hit.sort((a, b) => b.heaviest - a.heaviest);
  const losses: WorkloadLoss[] = [];
  const needed = { cpuNeeded: 0, memoryNeeded: 0, pods: 0, homeless: 0 };
  for (const group of hit) {
    const gone = group.byZone.get(zone) ?? [];
    yield* eachInPieces(gone, PIECE, ({ cpuRequest, memoryRequest }) => {
      needed.cpuNeeded += cpuRequest;
      needed.memoryNeeded += memoryRequest;
    });
    const loss = yield* lossOfGroup(group, gone, scene);
    needed.pods += gone.length;
    needed.homeless += loss.homeless;
    losses.push(loss);
    if (losses.length % PIECE === 0) yield;
  }
  return {
    ...table.blank,
    uid: zone,
    name: zone,
    nodes: known.nodesIn.get(zone)?.length ?? 0,
    groups: goneGroups(zone, world.nodes),
    ...needed,
    ...sums,
    volumes: world.volumes.filter(({ zones, claim }) => claim !== '' && isOnly(zones, zone)).length,
    losses,
  };
}

/** The groups of nodes of which none is in another zone. */
function goneGroups(zone: string, nodes: readonly NodeRow[]): readonly string[] {
  const elsewhere = new Set(nodes.filter((node) => node.zone !== zone).map(({ group }) => group));
  return distinct(
    nodes.filter((node) => node.zone === zone && !elsewhere.has(node.group)).map((n) => n.group),
  );
}

interface Scene {
  readonly zone: string;
  readonly room: Room;
  readonly known: Known;
  readonly spreads: Spreads;
  readonly budgets: ReadonlyMap<Group, readonly string[]>;
}

function* lossOfGroup(group: Group, gone: readonly PodRow[], scene: Scene): Work<WorkloadLoss> {
  const { kind, namespace, name, total, byZone } = group;
  const { zone, room, known, budgets } = scene;
  const { homes } = known;
  const volumes = new Set<string>();
  const allowed = yield* room.allowed(group);
  const bonds = yield* bondsOf(group, zone, known.podsOn);
  const spreads = yield* scene.spreads.of(group);
  const held = heldBack(spreads, gone.length);
  let homeless = 0;
  let why = '';
  for (const pod of gone) {
    const claims = claimsOf(pod);
    for (const claim of claims) if (isOnly(homes.get(claim), zone)) volumes.add(claim);
    // A node of Fargate is made for it.
    const reason =
      pod.fargateProfile !== ''
        ? ''
        : claims.some((claim) => volumes.has(claim))
          ? 'its volume is in the zone'
          : room.place(group, pod, allowed, pinsOf(claims, homes), { bonds, spreads });
    if (reason !== '') homeless++;
    why ||= reason;
    if (++room.looks < PIECE) continue;
    room.looks = 0;
    yield;
  }
  return {
    kind,
    namespace,
    name,
    pods: gone.length,
    total,
    budgets: budgets.get(group) ?? [],
    homeless,
    why,
    held,
    volumes: [...volumes],
    spread: spreadOf(group, known),
    cause: yield* unevenBy(group, volumes.size > 0 && byZone.size === 1, known),
  };
}

/** Which constraint holds how many of so many pods back while nodes of the zone are listed. */
function heldBack(spreads: readonly SpreadCount[], pods: number): string {
  for (const spread of spreads) {
    const start = spread.whileListed;
    if (start === null || start >= pods) continue;
    const many = start === 0 ? 'none' : `${start} of ${pods}`;
    return `${many} can start while nodes of the zone are still listed: ${spread.words} counts it as empty`;
  }
  return '';
}

const pinsOf = (claims: readonly string[], homes: Known['homes']): readonly (readonly string[])[] =>
  claims.map((claim) => homes.get(claim) ?? []).filter((zones) => zones.length > 0);

const spreadOf = ({ byZone }: Group, { nodesIn }: Known): WorkloadLoss['spread'] =>
  [...nodesIn.keys()]
    .filter((zone) => zone !== '')
    .sort()
    .map((zone) => [zone, byZone.get(zone)?.length ?? 0]);

/** Why its pods lie badly over the zones; empty where they do not, or it is not known. */
function* unevenBy(group: Group, hasVolumes: boolean, known: Known): Work<string> {
  const { placement, first } = group;
  const found = known.causes.get(group);
  if (found !== undefined) return found;
  const counts = new Map(spreadOf(group, known));
  if (placement === null || !isUneven(counts)) return '';
  const allowed = yield* known.present.allowed(group);
  const zones = new Set<string>();
  const withRoom = new Set<string>();
  yield* eachInPieces(allowed, PIECE, ({ node, cpu, memory, slots }) => {
    zones.add(node.zone);
    const fits = slots >= 1 && cpu >= first.cpuRequest && memory >= first.memoryRequest;
    if (fits) withRoom.add(node.zone);
  });
  const fewest = Math.min(...counts.values());
  const full = [...counts]
    .filter(([zone, count]) => count === fewest && zones.has(zone) && !withRoom.has(zone))
    .map(([zone]) => shortZone(zone));
  const cause = causeOf({ placement, hasVolumes, zones, full });
  known.causes.set(group, cause);
  return cause;
}
