import { NO_ROW, type BaseRow, type HealthIssue } from '../row.ts';
import type { EksTable } from './define.ts';

/** An add-on: one that EKS keeps, or one whose pods run in kube-system without it. uid is its name. */
export interface AddonRow extends BaseRow {
  /** `aws` where EKS keeps it, `pods` where only its pods tell of it. */
  readonly origin: 'aws' | 'pods';
  /** `ACTIVE`, `DEGRADED`, `UPDATING`, …; empty where only its pods tell of it. */
  readonly status: string;
  /** As EKS names it: `v1.20.4-eksbuild.2`; empty where only its pods tell of it. */
  readonly version: string;
  /** Versions that go with the cluster's version, newest first; null where that is not known. */
  readonly versions: readonly string[] | null;
  /** The version that EKS would install on the cluster's version; empty where it does not say. */
  readonly defaultVersion: string;
  /** Whether its version goes with the next version of Kubernetes; null where that is not known. */
  readonly fitsNext: boolean | null;
  readonly health: readonly HealthIssue[];
  /** What was set of it, as JSON or YAML; empty where nothing was. */
  readonly configuration: string;
  /** ARN of the role of its service account (IRSA), else empty. */
  readonly roleArn: string;
  /** ARNs of its Pod Identity associations. */
  readonly associations: readonly string[];
  readonly publisher: string;
  readonly owner: string;
  /** When it was last changed, 0 where that is not known. */
  readonly modified: number;
  // joined
  /** That EKS does not keep it; null where that is not known. */
  selfManaged: boolean | null;
  /** Tags of the images that run; two while it rolls. null where pods are not known. */
  running: readonly string[] | null;
  pods: number | null;
  podsReady: number | null;
}

export const addons: EksTable<AddonRow> = {
  source: 'aws',
  keepsGone: true,
  failsAlone: true,
  withoutAws: 'add-ons are shown as their pods tell of them',
  blank: {
    ...NO_ROW,
    origin: 'aws',
    status: '',
    version: '',
    versions: null,
    defaultVersion: '',
    fitsNext: null,
    health: [],
    configuration: '',
    roleArn: '',
    associations: [],
    publisher: '',
    owner: '',
    modified: 0,
    selfManaged: null,
    running: null,
    pods: null,
    podsReady: null,
  },
};

/** An add-on of which no more than the name is known. */
export function blankAddon(name: string, origin: AddonRow['origin'] = 'aws'): AddonRow {
  return { ...addons.blank, uid: name, name, origin };
}
