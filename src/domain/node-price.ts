/** What nodes cost: as AWS tells it, else by the list. */
import { fargatePrice, onDemandPrice, PRICED } from './prices.ts';
import type { InstanceRow } from './tables/instances.ts';
import type { NodeRow } from './tables/nodes.ts';
import { regionOf } from './zones.ts';

type Priced = Pick<
  NodeRow,
  | 'instanceType'
  | 'region'
  | 'capacity'
  | 'groupCapacity'
  | 'compute'
  | 'os'
  | 'arch'
  | 'price'
  | 'machine'
  | 'fargateSize'
>;

/** Where a price is from: the Pricing API, the list that comes along, the history of Spot. */
export type PriceSource = 'api' | 'list' | 'spot';

/** What is known of the price of a node, in US dollars an hour. */
export interface NodePrice {
  /** On demand; null where that is not known. */
  readonly list: number | null;
  /** What is paid for the instance; null where that is not known: reserved, Spot without a history. */
  readonly paid: number | null;
  /** What EKS takes on top, which is not in these: of Auto Mode; 0: nothing, null: it is not known. */
  readonly fee: number | null;
  /** Where `paid`, or where that is not known `list`, is from; null where neither is known. */
  readonly from: PriceSource | null;
}

const UNKNOWN: NodePrice = { list: null, paid: null, fee: 0, from: null };

/** What a node costs as far as that is known, its fee included; null where it has no price. */
export function hourOf({ list, paid, fee }: NodePrice): number | null {
  const hour = paid ?? list;
  return hour === null ? null : hour + (fee ?? 0);
}

/** The words of a source. */
export const SOURCE_WORDS: Readonly<Record<PriceSource, string>> = {
  api: 'Pricing API',
  list: `list of ${PRICED}`,
  spot: 'Spot price of its zone',
};

/** How the instance under a node is paid, as it, its group or EC2 tells; empty where none does. */
export function marketOf({ capacity, groupCapacity, machine }: Priced): Priced['capacity'] {
  if (capacity !== '') return capacity;
  if (groupCapacity) return groupCapacity;
  if (machine === null) return '';
  return MARKETS.get(machine.lifecycle) ?? '';
}

/** Of EC2: an instance without a lifecycle is on demand. */
const MARKETS: ReadonlyMap<string, Priced['capacity']> = new Map([
  ['', 'on-demand'],
  ['spot', 'spot'],
  ['capacity-block', 'capacity-block'],
]);

/** Machines of one's own have no price, Windows another one, and Fargate that of the size of its pod. */
export function nodePrice(node: Priced): NodePrice {
  const { compute, instanceType, region, os } = node;
  if (compute === 'fargate') return fargateNodePrice(node);
  if (compute === 'hybrid' || /windows/i.test(os)) return UNKNOWN;
  const price = priceOf(instanceType, region, marketOf(node), node.price);
  return { ...price, fee: feeOf(compute === 'auto', node.price) };
}

/** Where EKS should run other processors there, nothing is known of their price. */
function fargateNodePrice({ fargateSize, region, arch }: Priced): NodePrice {
  const isX86 = arch === 'amd64' || arch === '';
  const list = fargateSize !== null && isX86 ? fargatePrice(fargateSize, region) : null;
  return list === null ? UNKNOWN : { list, paid: list, fee: 0, from: 'list' };
}

/** The same of an instance, whatever runs on it. */
export function instancePrice({ type, zone, machine, price, isAuto }: InstanceRow): NodePrice {
  const own = priceOf(type, regionOf(zone), MARKETS.get(machine.lifecycle) ?? '', price);
  return { ...own, fee: feeOf(isAuto, price) };
}

/** Auto Mode's fee goes by type, however the instance is paid. */
const feeOf = (isAuto: boolean, price: Priced['price']): number | null =>
  isAuto ? (price?.autoFee ?? null) : 0;

function priceOf(
  type: string,
  region: string,
  market: Priced['capacity'],
  told: Priced['price'],
): Omit<NodePrice, 'fee'> {
  const list = told?.onDemand ?? onDemandPrice(type, region);
  const from = list === null ? null : told?.onDemand == null ? 'list' : 'api';
  if (market === 'on-demand') return { list, paid: list, from };
  const spot = market === 'spot' ? (told?.spot ?? null) : null;
  return spot === null ? { list, paid: null, from } : { list, paid: spot, from: 'spot' };
}
