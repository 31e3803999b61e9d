import type { PriceSource } from '../node-price.ts';
import { NO_ROW, type BaseRow } from '../row.ts';
import type { TableDef } from './define.ts';

/** A part of what something costs: a workload of a namespace, a node of a group. */
export interface CostPart {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** US dollars an hour; null where that is not known. */
  readonly hour: number | null;
  /** Of that what nobody has asked for; null where it has no price, and for workloads. */
  readonly idle: number | null;
  readonly pods: number;
  /** What else there is to say: how it is paid; may be empty. */
  readonly note: string;
}

/** What something costs, in US dollars an hour. */
export interface CostRow extends BaseRow {
  readonly by: 'cluster' | 'control plane' | 'group' | 'namespace' | 'idle';
  /** What is paid where that is known, else the price on demand, of what has a price. */
  readonly hour: number;
  /** Of that what EKS takes for nodes of Auto Mode, as far as that is known. */
  readonly fee: number;
  /** Of that, on nodes whose price is another one that is not known: reserved, some Spot. */
  readonly elsewise: number;
  /** How much dearer its Spot nodes would be on demand, where both prices are known. */
  readonly saved: number;
  /** Spot nodes (of a namespace: pods on them) of which it is not known what they save. */
  readonly unsaved: number;
  /** How many nodes have their price from where. */
  readonly sources: Readonly<Record<PriceSource, number>>;
  /** What nobody has asked for; null where no node has a price, or that is no question. */
  readonly idle: number | null;
  readonly nodes: number;
  readonly pods: number;
  /** Nodes without a price in the list: what they cost is not in it. */
  readonly unpriced: number;
  /** Nodes (of a namespace: pods on them) of Auto Mode whose fee is not known: it is not in it. */
  readonly withoutFee: number;
  readonly parts: readonly CostPart[];
}

/** What a cluster costs, computed from its nodes and the requests of its pods (domain/costs). */
export const costs: TableDef<CostRow> = {
  source: 'computed',
  keepsGone: false,
  failsAlone: true,
  blank: {
    ...NO_ROW,
    by: 'cluster',
    hour: 0,
    fee: 0,
    elsewise: 0,
    saved: 0,
    unsaved: 0,
    sources: { api: 0, list: 0, spot: 0 },
    idle: null,
    nodes: 0,
    pods: 0,
    unpriced: 0,
    withoutFee: 0,
    parts: [],
  },
};
