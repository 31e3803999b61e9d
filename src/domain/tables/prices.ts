import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** What an instance type costs in a zone, in US dollars an hour, as AWS tells it: Linux, shared tenancy. */
export interface Price {
  /** On demand, by the price list; null where that does not tell. */
  readonly onDemand: number | null;
  /** What EKS takes on top where Auto Mode runs it, however it is paid; null where that is not known. */
  readonly autoFee: number | null;
  /** On Spot; null where that is not known. */
  readonly spot: number | null;
  /** Since when that has been the price of Spot (ms); 0 where it is not known. */
  readonly spotSince: number;
}

/** An instance type of the cluster in a zone; its name is the type, its uid {@link priceUid}. */
export interface PriceRow extends BaseRow {
  readonly zone: string;
  readonly price: Price;
  /** Auto Mode runs instances of this type in the cluster, as EC2 tells. */
  readonly isAuto: boolean;
  // joined
  /** Nodes of that type in that zone; null before they are known. */
  nodes: number | null;
}

/** By what prices are found: `m6i.large/eu-central-1a`. */
export const priceUid = (type: string, zone: string): string => `${type}/${zone}`;

export const prices: EksTable<PriceRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    zone: '',
    price: { onDemand: null, autoFee: null, spot: null, spotSince: 0 },
    isAuto: false,
    nodes: null,
  },
};
