import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** An API that goes away, and who calls it. */
export interface DeprecatedUse {
  /** The API, as it is called. */
  readonly usage: string;
  readonly replacedWith: string;
  /** The first version of Kubernetes without it. */
  readonly stopsIn: string;
  readonly clients: readonly {
    readonly agent: string;
    /** In the last 30 days; null where EKS does not say. */
    readonly requests: number | null;
    readonly last: number;
  }[];
}

/** What EKS finds out about a cluster: whether it may be upgraded or rolled back, what is set wrong. */
export interface InsightRow extends BaseRow {
  /** `UPGRADE_READINESS`, `MISCONFIGURATION` or `ROLLBACK_READINESS`. */
  readonly category: string;
  /** `PASSING`, `WARNING`, `ERROR` or `UNKNOWN`. */
  readonly status: string;
  readonly reason: string;
  /** The version of Kubernetes that it is about, else empty. */
  readonly version: string;
  readonly refreshed: number;
  /** Since when it is so. */
  readonly since: number;
  readonly description: string;
  /** What mends it. Empty of one that passes, which is not described further. */
  readonly recommendation: string;
  /** Objects and ARNs that it is about. */
  readonly resources: readonly string[];
  readonly deprecated: readonly DeprecatedUse[];
  /** Add-ons that do not go with the version, with those that do. */
  readonly addons: readonly { readonly name: string; readonly versions: readonly string[] }[];
  /** Addresses of documentation, by title. */
  readonly links: Readonly<Record<string, string>>;
}

export const insights: EksTable<InsightRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    category: '',
    status: '',
    reason: '',
    version: '',
    refreshed: 0,
    since: 0,
    description: '',
    recommendation: '',
    resources: [],
    deprecated: [],
    addons: [],
    links: {},
  },
};
