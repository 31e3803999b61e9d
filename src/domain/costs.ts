/**
 * What a cluster costs, and for whom: a node's price is split among its pods by what they request of
 * it, half by CPU and half by memory; what nobody requests is idle. On demand is by the Pricing API,
 * or by the list that comes along; Spot by the price of its zone, and where that is not known at its
 * price on demand, which it never exceeds by much. What EKS takes for nodes of Auto Mode is in it as
 * far as the Pricing API tells. A node of Fargate is paid for by the size of its
 * one pod, which bears it whole. Volumes, traffic, load balancers and discounts are not in it.
 */
import { eachInPieces, type Work } from '../core/work.ts';
import { groupNameOf, groupOfNode } from './compute.ts';
import { sizeWords } from './fargate.ts';
import { hourOf, marketOf, nodePrice, type PriceSource } from './node-price.ts';
import { CONTROL_PLANE } from './prices.ts';
import { costs, type CostPart, type CostRow } from './tables/costs.ts';
import type { NodeRow } from './tables/nodes.ts';
import type { PodRow } from './tables/pods.ts';
import { hasEnded } from './workload-pods.ts';

/** How many rows are gone through in a piece. */
const PIECE = 250;

/** What it is computed from; rows that are gone are none. */
export interface CostWorld {
  readonly nodes: readonly NodeRow[];
  readonly pods: readonly PodRow[];
  /** Whether these are all pods that there are: else nobody knows what of a node is idle; absent: they are. */
  readonly arePodsAll?: boolean;
}

/** A node on the way: what it costs, and what of it is asked for. */
interface Bearer {
  readonly node: NodeRow;
  readonly hour: number | null;
  /** What of that EKS takes for Auto Mode, as far as that is known. */
  readonly fee: number;
  readonly from: PriceSource | null;
  readonly isElsewise: boolean;
  /** What Spot is cheaper by than its price on demand, where both are known. */
  readonly saved: number;
  /** It is on Spot, and what that saves is not known. */
  readonly isUnsaved: boolean;
  /** EKS charges a fee for it that is not known. */
  readonly withoutFee: boolean;
  readonly group: string;
  pods: number;
  asked: number;
}

interface Share {
  hour: number;
  fee: number;
  elsewise: number;
  saved: number;
  unsaved: number;
  withoutFee: number;
  pods: number;
  /** Pods on nodes without a price, or on none. */
  unknown: boolean;
}

/** The rows of the pane of costs, the whole first. */
export function* costsOf({ nodes, pods, arePodsAll = true }: CostWorld): Work<readonly CostRow[]> {
  const bearers = new Map<string, Bearer>();
  yield* eachInPieces(nodes, PIECE, (node) => {
    const price = nodePrice(node);
    const { list, paid, from } = price;
    const group = groupOfNode(node) || groupNameOf(node.nodegroup) || node.compute;
    const isElsewise = list !== null && paid === null;
    const saved = from === 'spot' && list !== null && paid !== null ? list - paid : 0;
    const isUnsaved = marketOf(node) === 'spot' && !(from === 'spot' && list !== null);
    const hour = hourOf(price);
    const fee = hour === null ? 0 : (price.fee ?? 0);
    const withoutFee = price.fee === null;
    const known = { hour, fee, from, isElsewise, saved, isUnsaved, withoutFee };
    bearers.set(node.name, { node, ...known, group, pods: 0, asked: 0 });
  });
  const spaces = new Map<string, Map<string, Share>>();
  yield* eachInPieces(pods, PIECE, (pod) => {
    if (pod.node === '' || hasEnded(pod)) return;
    place(pod, bearers.get(pod.node), spaces);
  });
  const all = [...rows([...bearers.values()], spaces)];
  return arePodsAll ? all : all.flatMap(withoutIdle);
}

/** What a row tells where not all pods are known. */
function withoutIdle(row: CostRow): readonly CostRow[] {
  if (row.by === 'idle') return [];
  return [{ ...row, idle: null, parts: row.parts.map((part) => ({ ...part, idle: null })) }];
}

const NOBODYS: Share = {
  ...{ hour: 0, fee: 0, elsewise: 0, saved: 0, unsaved: 0, withoutFee: 0, pods: 0 },
  unknown: false,
};

function place(
  pod: PodRow,
  bearer: Bearer | undefined,
  spaces: Map<string, Map<string, Share>>,
): void {
  const space = spaces.get(pod.namespace) ?? new Map<string, Share>();
  spaces.set(pod.namespace, space);
  const key = pod.workload === '' ? `Pod/${pod.name}` : `${pod.workloadKind}/${pod.workload}`;
  const share = space.get(key) ?? { ...NOBODYS };
  space.set(key, share);
  share.pods++;
  if (bearer === undefined) return;
  bearer.pods++;
  if (bearer.isUnsaved) share.unsaved++;
  if (bearer.withoutFee) share.withoutFee++;
  const { node, hour } = bearer;
  if (hour === null) {
    share.unknown = true;
    return;
  }
  const part = partOf(pod, node);
  bearer.asked += part;
  share.hour += hour * part;
  share.fee += bearer.fee * part;
  if (bearer.isElsewise) share.elsewise += hour * part;
  share.saved += bearer.saved * part;
}

/** What of a node a pod has to bear. Fargate's gives more than is paid for: it is no measure. */
const partOf = (pod: PodRow, node: NodeRow): number =>
  node.compute === 'fargate'
    ? 1
    : (ratio(pod.cpuRequest, node.cpuAllocatable) +
        ratio(pod.memoryRequest, node.memoryAllocatable)) /
      2;

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** What of a node nobody has asked for. */
const idleOf = ({ hour, asked }: Bearer): number | null =>
  hour === null ? null : hour * Math.max(0, 1 - asked);

function* rows(
  bearers: readonly Bearer[],
  spaces: ReadonlyMap<string, ReadonlyMap<string, Share>>,
): Generator<CostRow> {
  const isEks = bearers.some(({ node }) => node.compute !== 'node');
  const whole = summed('cluster', 'all nodes', bearers, []);
  const plane = { ...costs.blank, ...named('control plane', 'EKS'), hour: CONTROL_PLANE.hour };
  yield { ...whole, hour: whole.hour + (isEks ? plane.hour : 0), name: 'all' };
  if (isEks) yield plane;
  const groups = new Map<string, Bearer[]>();
  for (const bearer of bearers) {
    const of = groups.get(bearer.group) ?? [];
    groups.set(bearer.group, of);
    of.push(bearer);
  }
  for (const [name, of] of groups)
    yield summed('group', name, of, [...of].map(nodePart).sort(byHour));
  for (const [name, space] of spaces) yield spaceRow(name, space);
  const idle = whole.idle ?? 0;
  yield {
    ...costs.blank,
    ...named('idle', 'nobody’s'),
    hour: idle,
    unpriced: whole.unpriced,
    withoutFee: whole.withoutFee,
  };
}

const named = (by: CostRow['by'], name: string) => ({ uid: `${by}/${name}`, by, name });

function summed(
  by: CostRow['by'],
  name: string,
  bearers: readonly Bearer[],
  parts: readonly CostPart[],
): CostRow {
  let [hour, elsewise, saved, unsaved, idle, pods, unpriced] = [0, 0, 0, 0, 0, 0, 0];
  let [fee, withoutFee] = [0, 0];
  const sources = { api: 0, list: 0, spot: 0 };
  for (const bearer of bearers) {
    pods += bearer.pods;
    if (bearer.hour === null) unpriced++;
    hour += bearer.hour ?? 0;
    fee += bearer.fee;
    if (bearer.isElsewise) elsewise += bearer.hour ?? 0;
    if (bearer.from !== null) sources[bearer.from]++;
    saved += bearer.saved;
    if (bearer.isUnsaved) unsaved++;
    if (bearer.withoutFee) withoutFee++;
    idle += idleOf(bearer) ?? 0;
  }
  const nodes = bearers.length;
  const known = unpriced < nodes ? idle : null;
  return {
    ...costs.blank,
    ...named(by, name),
    ...{ hour, fee },
    elsewise,
    ...{ saved, unsaved },
    sources,
    idle: known,
    nodes,
    pods,
    unpriced,
    withoutFee,
    parts,
  };
}

function nodePart(bearer: Bearer): CostPart {
  const { node, hour, pods } = bearer;
  const market = marketOf(node);
  const what = node.instanceType || sizeWords(node.fargateSize);
  const note = [what, market === 'on-demand' ? '' : market || 'paid unknown'];
  return {
    ...{ kind: 'Node', namespace: '', name: node.name, hour, pods, idle: idleOf(bearer) },
    note: note.filter((each) => each !== '').join(', '),
  };
}

function spaceRow(name: string, space: ReadonlyMap<string, Share>): CostRow {
  const parts: CostPart[] = [];
  let [hour, elsewise, saved, unsaved, pods, unpriced] = [0, 0, 0, 0, 0, 0];
  let [fee, withoutFee] = [0, 0];
  for (const [key, share] of space) {
    const [kind = '', workload = ''] = key.split(/\/(.*)/s);
    hour += share.hour;
    fee += share.fee;
    elsewise += share.elsewise;
    saved += share.saved;
    unsaved += share.unsaved;
    withoutFee += share.withoutFee;
    pods += share.pods;
    if (share.unknown) unpriced++;
    parts.push({
      ...{ kind, namespace: name, name: workload, pods: share.pods, idle: null },
      hour: share.unknown && share.hour === 0 ? null : share.hour,
      note: share.unknown ? 'in part on nodes without a price' : '',
    });
  }
  parts.sort(byHour);
  const row = {
    ...costs.blank,
    ...named('namespace', name),
    ...{ hour, fee },
    elsewise,
    ...{ saved, unsaved },
    pods,
    unpriced,
    withoutFee,
    parts,
  };
  return row;
}

const byHour = (a: CostPart, b: CostPart): number => (b.hour ?? 0) - (a.hour ?? 0);
