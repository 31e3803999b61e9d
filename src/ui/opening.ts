/** Which pane comes when: at the start, on connecting, and when a cluster turns up by itself. */
import type { ClusterKey } from '../domain/cluster-key.ts';
import { wordOf } from '../domain/cluster-names.ts';
import type { AnyResource } from '../resources/define.ts';
import type { Navigator } from './navigator.ts';
import type { Pane } from './pane.ts';
import type { Member } from './resource/cluster-part.ts';
import { PulsePane } from './pulse/pulse-pane.ts';
import { mergedPane } from './resource/merged-pane.ts';
import { resourcePane } from './resource/resource-pane.ts';
import type { Listing } from './table/listing.ts';
import type { Remembering } from './remembering.ts';
import type { UiConnection } from './session.ts';
import type { Workspace } from './workspace.ts';

/** What panes are opened with, and where they are put. */
export interface OpeningOwner extends Workspace {
  readonly navigator: Pick<Navigator, 'place' | 'root' | 'stack' | 'top'>;
  /** The connections that are looked at. */
  readonly scope: readonly UiConnection[];
  readonly remembering: Pick<Remembering, 'begin' | 'listing'>;
  /** Runs a command line. What is wrong with it, or empty. */
  execute(text: string): string;
  scheduleDraw(): void;
}

export class Opening {
  readonly #owner: OpeningOwner;
  /** The session tells its listeners at once: what is opened here is no surprise to us. */
  #ours = false;
  /** What was asked for at the start, while the cluster that it is about is not known yet. */
  #awaiting = '';

  constructor(owner: OpeningOwner) {
    this.#owner = owner;
  }

  /** What the program begins with: what a command asks for, else the cluster's first pane or the clusters. */
  start(command: string): void {
    const owner = this.#owner;
    // A cluster of AWS is known only once AWS has answered: the command is about what it opens.
    this.#awaiting = owner.session.current === null ? command : '';
    const error = command === '' ? '' : owner.execute(command);
    if (owner.navigator.top === null) this.begin(owner.session.current);
    if (error !== '') owner.flash(error, 'bad');
  }

  /** Begins anew with the pane of a resource. */
  show(resource: AnyResource, connection: UiConnection | null, listing?: Listing): Pane {
    const pane = this.#pane(resource, connection, listing);
    this.#owner.navigator.root(pane);
    return pane;
  }

  /** Connects to a cluster. @throws where that is not possible at all */
  connect(cluster: ClusterKey): UiConnection {
    const { session, navigator } = this.#owner;
    this.#ours = true;
    try {
      return session.open(cluster);
    } catch (error) {
      // Whoever wanted to go elsewhere is not taken back by the next command, unless it is in view.
      if (!navigator.top?.connection) session.leave();
      throw error;
    } finally {
      this.#ours = false;
    }
  }

  /** Begins anew with the pulse of a cluster. */
  showPulse(connection: UiConnection): void {
    this.#owner.navigator.root(new PulsePane(this.#owner, connection));
  }

  /**
   * Begins anew with the pane of a resource in several clusters; none named: in those that are shown.
   * Their panes have one namespace: that of what is looked at now.
   * @throws where none of them can be connected to
   */
  together(resource: AnyResource, clusters: readonly ClusterKey[]): Pane {
    const { navigator } = this.#owner;
    const members =
      clusters.length > 0 ? this.members(clusters) : (navigator.place?.clusters ?? []);
    const pane = this.#merged(resource, members);
    navigator.root(pane);
    return pane;
  }

  /** Connects to clusters and shows their first pane on top of those that can be chosen. */
  enter(clusters: readonly ClusterKey[]): void {
    const { resources } = this.#owner;
    const [only, another] = clusters;
    if (only === undefined) return;
    try {
      this.#owner.open(
        another === undefined
          ? new PulsePane(this.#owner, this.connect(only))
          : this.#merged(resources.home, this.members(clusters)),
      );
    } catch (error) {
      this.#owner.flash(refusal(error), 'bad');
    }
  }

  /** A cluster that was asked for on the command line is known by now: its first pane is shown. */
  sessionChanged(): void {
    const { session, navigator } = this.#owner;
    this.#owner.scheduleDraw();
    if (this.#ours || !session.current || navigator.stack.length !== 1) return;
    if (navigator.top?.clusters) return;
    if (navigator.top?.connection !== null) return;
    const command = this.#awaiting;
    this.#awaiting = '';
    this.begin(session.current);
    this.#run(command, 'bad');
  }

  /** Begins anew where the cluster was left, or with the clusters where there is none. */
  begin(connection: UiConnection | null): void {
    const { remembering, resources } = this.#owner;
    if (connection === null) {
      this.show(resources.fleet, null);
      return;
    }
    const { first, then } = remembering.begin(connection);
    if (first === null) this.showPulse(connection);
    else this.show(first, connection);
    this.#run(then, 'warn');
  }

  /** Runs a command, if there is one, and says what is wrong with it. */
  #run(command: string, tone: 'bad' | 'warn'): void {
    const error = command === '' ? '' : this.#owner.execute(command);
    if (error !== '') this.#owner.flash(error, tone);
  }

  #merged(resource: AnyResource, members: readonly Member[]): Pane {
    const pane = mergedPane({ workspace: this.#owner, resource, members });
    const namespace = this.#owner.scope[0]?.namespace ?? '';
    for (const { connection } of members) connection?.setNamespace(namespace);
    return pane;
  }

  /** Connects to clusters. One that cannot be connected to keeps no other from being shown. */
  members(clusters: readonly ClusterKey[]): readonly Member[] {
    const { session, resources } = this.#owner;
    const rows = [...session.fleet.rows(resources.fleet.table)].filter(({ gone }) => gone === 0);
    return clusters.map((cluster) => {
      const row = rows.find(({ id }) => id === cluster);
      const name = (row && wordOf(row, rows)) ?? row?.name ?? cluster;
      try {
        return { cluster, name, connection: session.connect(cluster), refusal: '' };
      } catch (error) {
        return { cluster, name, connection: null, refusal: refusal(error) };
      }
    });
  }

  #pane(resource: AnyResource, connection: UiConnection | null, listing?: Listing): Pane {
    const before = connection && this.#owner.remembering.listing(connection, resource);
    return resourcePane({
      ...{ workspace: this.#owner, resource, connection, target: null },
      listing: listing ?? before ?? undefined,
    });
  }
}

/** Why a cluster is not connected to, and what can be done about it. */
export function refusal(error: unknown): string {
  const { message, hint = '' } = error as Error & { readonly hint?: string };
  return hint === '' ? message : `${message} · ${hint}`;
}
