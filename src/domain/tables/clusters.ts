import { NO_CLUSTER, type ClusterKey } from '../cluster-key.ts';
import type { BaseRow, HealthIssue } from '../row.ts';
import type { TableDef } from './define.ts';

/** A cluster as the region and the kubeconfig know it; uid is {@link ClusterRow.id}. */
export interface ClusterRow extends BaseRow {
  readonly id: ClusterKey;
  readonly source: 'eks' | 'context' | 'both';
  /** Kubeconfig context that reaches it, else empty. */
  readonly context: string;
  readonly profile: string;
  readonly account: string;
  readonly region: string;
  /** `CREATING`, `ACTIVE`, …; empty for a plain context. */
  readonly status: string;
  readonly version: string;
  readonly platformVersion: string;
  readonly endpoint: string;
  readonly caData: string;
  readonly endpointPublic: boolean | null;
  readonly endpointPrivate: boolean | null;
  /** Where its public endpoint may be reached from. */
  readonly publicCidrs: readonly string[];
  /** Kinds of logs of the control plane that are written; null where that is not known. */
  readonly logging: readonly string[] | null;
  /** ARN of the key that secrets are encrypted with; empty where it is one of EKS's own. */
  readonly keyArn: string;
  /** `STANDARD` or `EXTENDED`: what becomes of it when standard support ends. */
  readonly supportType: string;
  /** `API`, `API_AND_CONFIG_MAP` or `CONFIG_MAP`. */
  readonly authenticationMode: string;
  readonly deletionProtection: boolean | null;
  readonly zonalShift: boolean | null;
  /** EKS makes its nodes (Auto Mode). */
  readonly autoMode: boolean;
  readonly roleArn: string;
  readonly vpcId: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  /** Where services have their addresses. */
  readonly serviceCidr: string;
  readonly issuer: string;
  readonly health: readonly HealthIssue[];
  readonly tags: Readonly<Record<string, string>>;
  /** Ends of support of its version (DescribeClusterVersions), null where not known. */
  readonly standardSupportEnd: number | null;
  readonly extendedSupportEnd: number | null;
  /** Why this row could not be read in full (denied, unreachable region), else empty. */
  readonly error: string;
  /** What can be done about it, else empty. */
  readonly errorHint: string;
  // joined, once connected
  nodes: number | null;
  pods: number | null;
}

export const clusters: TableDef<ClusterRow> = {
  source: 'fleet',
  keepsGone: false,
  failsAlone: true,
  blank: {
    uid: '',
    id: NO_CLUSTER,
    name: '',
    namespace: '',
    created: 0,
    gone: 0,
    cluster: NO_CLUSTER,
    source: 'eks',
    context: '',
    profile: '',
    account: '',
    region: '',
    status: '',
    version: '',
    platformVersion: '',
    endpoint: '',
    caData: '',
    endpointPublic: null,
    endpointPrivate: null,
    publicCidrs: [],
    logging: null,
    keyArn: '',
    supportType: '',
    authenticationMode: '',
    deletionProtection: null,
    zonalShift: null,
    autoMode: false,
    roleArn: '',
    vpcId: '',
    subnets: [],
    securityGroups: [],
    serviceCidr: '',
    issuer: '',
    health: [],
    tags: {},
    standardSupportEnd: null,
    extendedSupportEnd: null,
    error: '',
    errorHint: '',
    nodes: null,
    pods: null,
  },
};

/** A cluster of which neither EKS nor a kubeconfig has told anything. */
export function blankCluster(id: ClusterKey, name: string): ClusterRow {
  return { ...clusters.blank, uid: id, id, cluster: id, name };
}
