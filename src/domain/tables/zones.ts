import { NO_ROW, type BaseRow } from '../row.ts';
import type { TableDef } from './define.ts';

/** What the loss of a zone does to one workload. */
export interface WorkloadLoss {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Its pods in the zone, and all that it has. */
  readonly pods: number;
  readonly total: number;
  /** Budgets that it falls under: `api: 1 healthy of 2`; empty: none. */
  readonly budgets: readonly string[];
  /** How many of its pods in the zone found no room elsewhere, and why. */
  readonly homeless: number;
  readonly why: string;
  /** What keeps them from starting elsewhere until the nodes of the zone are deleted; empty: nothing. */
  readonly held: string;
  /** Claims whose volumes are in that zone alone. */
  readonly volumes: readonly string[];
  /** All its pods by zone, in the order of zones, of each that nodes are in. */
  readonly spread: readonly (readonly [zone: string, pods: number])[];
  /** Why its pods lie badly over the zones; empty: they do not, or it is not known. */
  readonly cause: string;
}

/** An Availability Zone of a cluster, and what would be if it were lost. */
export interface ZoneRow extends BaseRow {
  readonly nodes: number;
  /** Node groups whose nodes are all there. */
  readonly groups: readonly string[];
  /** Pods that run there, those of daemon sets apart: they go with their nodes. */
  readonly pods: number;
  /** Of these, how many found no room elsewhere. */
  readonly homeless: number;
  /** What these pods request, and what is free elsewhere: cores, bytes, pods. */
  readonly cpuNeeded: number;
  readonly cpuFree: number;
  readonly memoryNeeded: number;
  readonly memoryFree: number;
  readonly slotsFree: number;
  /** Persistent volumes that can be used there alone and are claimed. */
  readonly volumes: number;
  readonly losses: readonly WorkloadLoss[];
}

/** The zones that nodes are in: computed from the other tables (domain/zone-loss). */
export const zones: TableDef<ZoneRow> = {
  source: 'computed',
  keepsGone: false,
  failsAlone: true,
  blank: {
    ...NO_ROW,
    nodes: 0,
    groups: [],
    pods: 0,
    homeless: 0,
    cpuNeeded: 0,
    cpuFree: 0,
    memoryNeeded: 0,
    memoryFree: 0,
    slotsFree: 0,
    volumes: 0,
    losses: [],
  },
};
