import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** Where a name of Route 53 leads; uid is its hosted zone, the name and the set among its like. */
export interface RecordRow extends BaseRow {
  /** The name of its hosted zone, without the last dot. */
  readonly zone: string;
  readonly zoneId: string;
  /** The zone is known in VPCs alone. */
  readonly isPrivate: boolean;
  /** `A`, `AAAA`, `CNAME`: an alias of both families is one row. */
  readonly types: readonly string[];
  /** An alias is answered with the addresses of what it leads to. */
  readonly isAlias: boolean;
  /** Host names in lower case, without `dualstack.` and the last dot, or addresses. */
  readonly targets: readonly string[];
  /** Seconds; an alias has none. */
  readonly ttl: number | null;
  /** How it is chosen among others of its name: `weight 10`, `geo DE`, `failover PRIMARY`; else empty. */
  readonly policy: string;
  // joined
  /** The load balancers in the VPC that it leads to: name and what each is for; null: not known. */
  balancers: readonly string[] | null;
}

export const records: EksTable<RecordRow> = {
  source: 'aws',
  keepsGone: true,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    zone: '',
    zoneId: '',
    isPrivate: false,
    types: [],
    isAlias: false,
    targets: [],
    ttl: null,
    policy: '',
    balancers: null,
  },
};
