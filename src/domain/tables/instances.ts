import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';
import type { Price } from './prices.ts';

/** Something that AWS has planned for an instance. */
export interface MachineEvent {
  /** `instance-retirement`, `system-reboot` … */
  readonly code: string;
  readonly description: string;
  /** Not before then (ms); 0 where AWS does not say. */
  readonly at: number;
}

/**
 * The image that an instance was started with: of one that AWS made for EKS its type, version of
 * Kubernetes and release, as a managed node group has them.
 */
export interface MachineImage {
  readonly id: string;
  readonly amiType: string;
  readonly version: string;
  readonly release: string;
  /** The latest release of its type and version; empty: there is none, null: not known. */
  readonly latestRelease: string | null;
  /** Empty where EC2 tells of no such image: it was deregistered, or is not shared; null: not known. */
  readonly name: string | null;
  /** When it was made (ms); 0 where that is not known. */
  readonly created: number;
}

/** What AWS tells of the instance under a node, in one object. */
export interface Machine {
  /** `running`, `shutting-down` … */
  readonly state: string;
  /** What is wrong by AWS's own checks: `system impaired`; empty: nothing, null: not known. */
  readonly checks: string | null;
  readonly events: readonly MachineEvent[];
  /** `spot` or `capacity-block`; empty for on demand. */
  readonly lifecycle: string;
  /** The capacity reservation or block that it runs in; empty: none. */
  readonly reservation: string;
  /** What its type can have: interfaces, and addresses on each; null where that is not known. */
  readonly interfaces: number | null;
  readonly addresses: number | null;
  readonly image: MachineImage;
}

/** An image of which no more than the id is known. */
export const unknownImage = (id: string): MachineImage => ({
  ...{ id, name: null, created: 0 },
  ...{ amiType: '', version: '', release: '', latestRelease: null },
});

/** An EC2 instance in the VPC of the cluster; uid and name are its id. */
export interface InstanceRow extends BaseRow {
  readonly machine: Machine;
  readonly type: string;
  readonly zone: string;
  readonly subnet: string;
  readonly ip: string;
  /** Its Name tag. */
  readonly title: string;
  readonly asg: string;
  /** Auto Mode of EKS runs it. */
  readonly isAuto: boolean;
  // joined
  /** The node that it is; empty where it is none of the cluster's, null before nodes are known. */
  node: string | null;
  /** What its type costs in its zone, where AWS tells of that. */
  price: Price | null;
}

export const instances: EksTable<InstanceRow> = {
  source: 'aws',
  keepsGone: true,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    machine: {
      ...{ state: '', checks: null, events: [], lifecycle: '', reservation: '' },
      ...{ interfaces: null, addresses: null, image: unknownImage('') },
    },
    type: '',
    zone: '',
    subnet: '',
    ip: '',
    title: '',
    asg: '',
    isAuto: false,
    node: null,
    price: null,
  },
};
