/** What the loss of a zone is found from. */
import { claimNamesOf } from '../pod-claims.ts';
import type { NodeRow, PodRow, WorkloadRow } from '../rows.ts';
import type { PdbRow } from '../tables/pdbs.ts';
import type { PersistentVolumeRow } from '../tables/persistentvolumes.ts';

/** What of a cluster it is found from; rows that are gone are none. */
export interface ZoneWorld {
  readonly nodes: readonly NodeRow[];
  readonly pods: readonly PodRow[];
  readonly workloads: readonly WorkloadRow[];
  readonly budgets: readonly PdbRow[];
  readonly volumes: readonly PersistentVolumeRow[];
}

/** How many rows are gone through in a piece. */
export const PIECE = 250;

/** The claims of a pod as volumes name them: `namespace/name`. */
export const claimsOf = (pod: PodRow): readonly string[] =>
  claimNamesOf(pod).map((name) => `${pod.namespace}/${name}`);

export const isOnly = (zones: readonly string[] | undefined, zone: string): boolean =>
  zones?.length === 1 && zones[0] === zone;
