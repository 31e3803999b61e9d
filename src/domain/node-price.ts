/** What nodes cost by the list. */
import { onDemandPrice } from './prices.ts';
import type { NodeRow } from './tables/nodes.ts';

type Priced = Pick<
  NodeRow,
  'instanceType' | 'region' | 'capacity' | 'groupCapacity' | 'compute' | 'os'
>;

/** What is known of the price of a node, in US dollars an hour. */
export interface NodePrice {
  /** By the list, on demand; null where that is not known. */
  readonly list: number | null;
  /** What is paid for it by the list; null where that is not known: Spot, reserved, Auto Mode. */
  readonly paid: number | null;
}

const UNKNOWN: NodePrice = { list: null, paid: null };

/** How the instance under a node is paid, as it or its group tells. */
export const marketOf = ({ capacity, groupCapacity }: Priced): Priced['capacity'] =>
  capacity || groupCapacity || '';

/** Fargate is priced by the pod, machines of one's own not at all, Windows otherwise. */
export function nodePrice(node: Priced): NodePrice {
  const { compute, instanceType, region, os } = node;
  if (compute === 'fargate' || compute === 'hybrid' || /windows/i.test(os)) return UNKNOWN;
  const list = onDemandPrice(instanceType, region);
  // Auto Mode adds a fee to the instance's price.
  const isPlain = marketOf(node) === 'on-demand' && compute !== 'auto';
  return { list, paid: isPlain ? list : null };
}
