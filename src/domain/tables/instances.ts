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
}

/** An EC2 instance in the VPC of the cluster; uid and name are its id. */
export interface InstanceRow extends BaseRow {
  readonly machine: Machine;
  readonly type: string;
  readonly zone: string;
  readonly subnet: string;
  readonly ip: string;
  readonly image: string;
  /** Its Name tag. */
  readonly title: string;
  readonly asg: string;
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
      ...{ interfaces: null, addresses: null },
    },
    type: '',
    zone: '',
    subnet: '',
    ip: '',
    image: '',
    title: '',
    asg: '',
    node: null,
    price: null,
  },
};
