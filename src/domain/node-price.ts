/** What nodes cost: as AWS tells it, else by the list. */
import { onDemandPrice, PRICED } from './prices.ts';
import type { InstanceRow } from './tables/instances.ts';
import type { NodeRow } from './tables/nodes.ts';
import { regionOf } from './zones.ts';

type Priced = Pick<
  NodeRow,
  'instanceType' | 'region' | 'capacity' | 'groupCapacity' | 'compute' | 'os' | 'price' | 'machine'
>;

/** Where a price is from: the Pricing API, the list that comes along, the history of Spot. */
export type PriceSource = 'api' | 'list' | 'spot';

/** What is known of the price of a node, in US dollars an hour. */
export interface NodePrice {
  /** On demand; null where that is not known. */
  readonly list: number | null;
  /** What is paid for the instance; null where that is not known: reserved, Spot without a history. */
  readonly paid: number | null;
  /** EKS charges a fee on top that is not in it: of Auto Mode, for each hour and by instance type. */
  readonly withoutFee: boolean;
  /** Where `paid`, or where that is not known `list`, is from; null where neither is known. */
  readonly from: PriceSource | null;
}

const UNKNOWN: NodePrice = { list: null, paid: null, withoutFee: false, from: null };

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

/** Fargate is priced by the pod, machines of one's own not at all, Windows otherwise. */
export function nodePrice(node: Priced): NodePrice {
  const { compute, instanceType, region, os } = node;
  if (compute === 'fargate' || compute === 'hybrid' || /windows/i.test(os)) return UNKNOWN;
  const price = priceOf(instanceType, region, marketOf(node), node.price);
  return { ...price, withoutFee: compute === 'auto' };
}

/** The same of an instance, whatever runs on it. */
export function instancePrice({ type, zone, machine, price }: InstanceRow): NodePrice {
  return priceOf(type, regionOf(zone), MARKETS.get(machine.lifecycle) ?? '', price);
}

function priceOf(
  type: string,
  region: string,
  market: Priced['capacity'],
  told: Priced['price'],
): NodePrice {
  const list = told?.onDemand ?? onDemandPrice(type, region);
  const from = list === null ? null : told?.onDemand == null ? 'list' : 'api';
  if (market === 'on-demand') return { list, paid: list, withoutFee: false, from };
  const spot = market === 'spot' ? (told?.spot ?? null) : null;
  return spot === null
    ? { list, paid: null, withoutFee: false, from }
    : { list, paid: spot, withoutFee: false, from: 'spot' };
}
