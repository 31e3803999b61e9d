import type { NodeGroupRow } from '../../../domain/rows.ts';
import type { Source } from '../follow.ts';
import type { Session } from '../session.ts';
import type { SubnetZones } from '../zones.ts';

/** One kind of node group of a cluster: its rows by name, as far as they are read. */
export interface GroupSource extends Source {
  readonly rows: ReadonlyMap<string, NodeGroupRow>;
}

/** What each kind of group is read with. */
export interface GroupContext {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly session: Session;
  readonly zones: SubnetZones;
  /** Rows have changed. */
  readonly changed: () => void;
}

/** Statuses that end by themselves within minutes. */
export function isChanging(row: NodeGroupRow): boolean {
  return row.status === 'CREATING' || row.status === 'UPDATING' || row.status === 'DELETING';
}
