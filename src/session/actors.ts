/** What acts on clusters of the fleet without a connection to them. */
import type { ClusterRow } from '../domain/rows.ts';
import type { Stop } from '../ports/sink.ts';
import { FleetCore, type FleetCoreParts } from './fleet-core.ts';
import type { ConnectionCore, SessionParts } from './types.ts';

/** A cluster, and what acts on it. */
export interface ClusterActor<Actions> {
  readonly core: ConnectionCore;
  readonly actions: Actions;
}

export class ClusterActors<Actions> {
  readonly #parts: FleetCoreParts;
  readonly #actionsOf: SessionParts<Actions>['actions'];
  /** By the row as it is: with what AWS tells of it they are others. */
  readonly #made = new WeakMap<ClusterRow, ClusterActor<Actions>>();

  constructor(
    parts: SessionParts<Actions>,
    session: Pick<FleetCoreParts, 'fleet' | 'needClusters'>,
  ) {
    const needClusters = (): Stop => session.needClusters();
    this.#parts = { ...parts, fleet: session.fleet, needClusters };
    this.#actionsOf = parts.actions;
  }

  of(row: ClusterRow): ClusterActor<Actions> {
    const known = this.#made.get(row);
    if (known !== undefined) return known;
    const core = new FleetCore(row, this.#parts);
    const made = { core, actions: this.#actionsOf(core) };
    this.#made.set(row, made);
    return made;
  }
}
