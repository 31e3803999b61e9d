/** Which connections still have somebody who looks at them; the others are left alone, and closed. */
import type { Operations } from '../actions/engine/view.ts';
import type { Clock } from '../core/clock.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { Stop } from '../ports/sink.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Navigator } from './navigator.ts';
import type { Opening } from './opening.ts';
import type { Pane } from './pane.ts';
import type { UiConnection, UiSession } from './session.ts';

/** How long a connection is kept that no pane is on (ms): who comes back finds its rows. */
const KEPT_MS = 5 * 60_000;

/** Where panes and connections are. */
export interface IdleOwner {
  readonly clock: Clock;
  readonly session: UiSession;
  readonly resources: Pick<ResourceRegistry, 'fleet'>;
  readonly navigator: Pick<Navigator, 'drop' | 'panes' | 'top'>;
  readonly opening: Pick<Opening, 'begin'>;
  readonly operations: Pick<Operations, 'all'>;
  /** Says something in the line at the bottom. */
  tell(text: string): void;
}

export class IdleConnections {
  readonly #owner: IdleOwner;
  readonly #waiting = new Map<UiConnection, Stop>();

  constructor(owner: IdleOwner) {
    this.#owner = owner;
  }

  /** Panes came or went. */
  look(): void {
    const { session, clock } = this.#owner;
    for (const connection of session.connections) {
      const waits = this.#waiting.get(connection);
      if (this.#isUsed(connection)) {
        waits?.();
        this.#waiting.delete(connection);
      } else if (!waits) {
        const stop = clock.after(KEPT_MS, () => {
          this.#waiting.delete(connection);
          if (!this.#isUsed(connection)) session.disconnect(connection);
        });
        this.#waiting.set(connection, stop);
      }
    }
  }

  /**
   * Ends the connections to these clusters, with all panes on them.
   * @throws where one is not connected to, or an action runs there: then none is ended
   */
  disconnect(clusters: readonly ClusterKey[]): void {
    const { session, navigator, opening } = this.#owner;
    const connections = clusters.map((cluster) => this.#toEnd(cluster));
    for (const connection of connections) {
      if (session.current === connection) session.leave();
      navigator.drop((pane) => isOn(pane, connection));
      session.disconnect(connection);
      this.#waiting.get(connection)?.();
      this.#waiting.delete(connection);
    }
    if (navigator.top === null) opening.begin(null);
    this.#owner.tell(`disconnected from ${connections.map(({ title }) => title).join(', ')}`);
  }

  stop(): void {
    for (const stop of this.#waiting.values()) stop();
    this.#waiting.clear();
  }

  #toEnd(cluster: ClusterKey): UiConnection {
    const { session, resources } = this.#owner;
    const connection = session.connectionTo(cluster);
    if (connection === null) {
      const name = session.fleet.get(resources.fleet.table, cluster)?.name ?? cluster;
      throw new Error(`${name} is not connected to`);
    }
    if (this.#isActing(connection)) {
      throw new Error(`an action runs on ${connection.title}: @ shows it`);
    }
    return connection;
  }

  #isUsed(connection: UiConnection): boolean {
    const { session, navigator } = this.#owner;
    return (
      session.current === connection ||
      this.#isActing(connection) ||
      navigator.panes.some((pane) => isOn(pane, connection))
    );
  }

  #isActing({ cluster }: UiConnection): boolean {
    return this.#owner.operations.all.some(
      (each) => each.cluster === cluster && each.state === 'working',
    );
  }
}

const isOn = (pane: Pane, connection: UiConnection): boolean =>
  pane.connection === connection ||
  (pane.clusters ?? []).some((member) => member.connection === connection);
