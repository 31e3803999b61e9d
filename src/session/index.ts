/**
 * What the program is connected to: the fleet of clusters it knows, and a connection for each that
 * was opened. One of them is current: the panes show it.
 */
import { Notifier } from '../core/notifier.ts';
import { contextKey, type ClusterKey } from '../domain/cluster-key.ts';
import type { ClusterRow } from '../domain/rows.ts';
import { IDLE, whyMissing } from '../domain/status.ts';
import type { AwsScope, ClusterScope } from '../ports/aws.ts';
import type { Stop } from '../ports/sink.ts';
import { Store } from '../store/index.ts';
import { ChosenScopes, sameScopes, type ScopeChange } from './chosen-scopes.ts';
import { Connection } from './connection.ts';
import { contextRow, Fleet, sameServer } from './fleet.ts';
import { ClusterActors, type ClusterActor } from './actors.ts';
import { eksOf } from './fleet-core.ts';
import { scopeOf, withNames } from './kubeconfig-clusters.ts';
import { MetricMeter } from './metric-meter.ts';
import { targetOf } from './reach.ts';
import type { WorkspaceMemory } from './workspace-look.ts';
import type { ContextInfo, SessionParts } from './types.ts';

export { Connection } from './connection.ts';
export { UnreachableError } from './reach.ts';
export { sameServer } from './fleet.ts';
export { SignIns, type SignInState } from './sign-ins.ts';
export { Investigation, type Scene } from './investigation.ts';
export { LogSession, type LogTarget } from './log-session.ts';
export { podLogs } from './log-follower.ts';
export { ChartFeed, type ChartState } from './chart-feed.ts';
export type { MetricMeter } from './metric-meter.ts';
export type { WorkspaceAnswer, WorkspaceMemory } from './workspace-look.ts';
export { keptLogs, type KeptLogsOptions } from './kept-feed.ts';
export type { LogPart } from './log-part.ts';
export type { LogSource, Runs, Since } from './log-stream.ts';
export type {
  ConnectionCore,
  ConnectionInfo,
  ContextInfo,
  KubeTarget,
  ScopeChoosing,
  SessionParts,
} from './types.ts';

export class Session<Actions = unknown> {
  /** Table `clusters`: what the clusters pane shows. */
  readonly fleet: Store;
  /** What metrics were asked for, whatever the cluster. */
  readonly meter = new MetricMeter();
  /** Where the metrics of clusters were found. */
  readonly workspaces: WorkspaceMemory;
  readonly #scopes: ChosenScopes;
  readonly #parts: SessionParts<Actions>;
  readonly #fleet: Fleet;
  readonly #connections = new Set<Connection<Actions>>();
  readonly #changes = new Notifier();
  readonly #actors: ClusterActors<Actions>;
  #current: Connection<Actions> | null = null;
  #clusterUsers = 0;
  #stopClusters: Stop | null = null;
  #watched: readonly AwsScope[] = [];

  constructor(parts: SessionParts<Actions>) {
    this.#parts = parts;
    this.workspaces = { chosen: parts.workspaces, found: new Map() };
    this.#scopes = new ChosenScopes(parts.scopes, parts.choosing);
    this.fleet = new Store(parts);
    this.#fleet = new Fleet(parts.contexts, this.fleet.sink('clusters'));
    this.#actors = new ClusterActors(parts, this);
  }

  /** Whose clusters are listed. */
  get scopes(): readonly AwsScope[] {
    return this.#scopes.all;
  }

  /** The profiles that there are, and the names of those and of the regions that were chosen. */
  get scopeChoice(): ChosenScopes['choice'] {
    return this.#scopes.choice;
  }

  /** Lists the clusters of others. Rejects in words where a name means nothing, and nothing changes. */
  async chooseScopes(change: ScopeChange): Promise<void> {
    await this.#scopes.change(change);
    if (this.#clusterUsers > 0) this.#watchClusters();
    this.#notify();
  }

  get current(): Connection<Actions> | null {
    return this.#current;
  }

  /** Every one that was opened and not closed. */
  get connections(): Iterable<Connection<Actions>> {
    return this.#connections;
  }

  /** Contexts of the kubeconfig. */
  get contexts(): SessionParts<Actions>['contexts'] {
    return this.#parts.contexts;
  }

  /**
   * Connects to a cluster of the fleet and makes it current.
   * @param cluster the key of a row of `fleet`'s clusters, or of a context
   * @throws UnreachableError where no way leads to it, whatever the kubeconfig's current context
   * @throws where there is no such cluster, or its kubeconfig entry cannot be used
   */
  open(cluster: ClusterKey, namespace?: string): Connection<Actions> {
    const connection = this.connect(cluster, namespace);
    this.#current = connection;
    this.#notify();
    return connection;
  }

  /** Connects to a cluster as {@link open} does, and leaves the current one current. */
  connect(cluster: ClusterKey, namespace?: string): Connection<Actions> {
    const row = this.#rowOf(cluster);
    const known = this.#connectionTo(row);
    if (known !== undefined && namespace !== undefined) known.setNamespace(namespace);
    return known ?? this.#connect(row, namespace);
  }

  /** The connection to a cluster of the fleet; null where there is none now. */
  connectionTo(cluster: ClusterKey): Connection<Actions> | null {
    const row = this.fleet.get('clusters', cluster);
    return (row && this.#connectionTo(row)) ?? null;
  }

  /** Ends a connection: nobody may look at it any more. What it counted in the fleet is unknown. */
  disconnect(connection: Connection<Actions>): void {
    if (!this.#connections.delete(connection)) return;
    connection.close();
    this.#fleet.count(connection.info.server, null, null, '');
    if (this.#current === connection) this.#current = null;
    this.#notify();
  }

  /** What acts on a cluster without a connection to it; null where the fleet has no such row. */
  actorOn(cluster: ClusterKey): ClusterActor<Actions> | null {
    const row = this.fleet.get('clusters', cluster);
    return row === undefined ? null : this.#actors.of(row);
  }

  /** Why AWS does not tell of clusters; empty: it does, or nothing is known yet. */
  get awsTrouble(): string {
    return whyMissing(this.fleet.status('clusters')).reason;
  }

  /** No cluster is current any more; connections stay as they are. */
  leave(): void {
    this.#current = null;
    this.#notify();
  }

  /** Follows the clusters of all scopes until the returned function is called. */
  needClusters(): Stop {
    this.#clusterUsers++;
    this.#watchClusters();
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      if (--this.#clusterUsers > 0) return;
      this.#stopClusters?.();
      this.#stopClusters = null;
    };
  }

  /** Tries everything again now. */
  retryNow(): void {
    this.#parts.aws?.retryNow();
    for (const connection of this.#connections) connection.retryNow();
  }

  subscribe(listener: () => void): Stop {
    return this.#changes.subscribe(listener);
  }

  close(): void {
    this.#stopClusters?.();
    for (const connection of this.#connections) connection.close();
    this.#parts.aws?.close();
    this.fleet.close();
  }

  /** A context may have turned out to be an EKS cluster since it was connected to. */
  #connectionTo({ id, context }: ClusterRow): Connection<Actions> | undefined {
    for (const one of this.#connections) {
      if (one.cluster === id || one.cluster === contextKey(context)) return one;
    }
    return undefined;
  }

  /** The context that a row or connection is reached by, where it is by one. */
  #contextOf({ context }: { readonly context: string }): ContextInfo | undefined {
    return this.#parts.contexts.find(({ name }) => name === context);
  }

  #rowOf(cluster: ClusterKey): ClusterRow {
    const row = this.fleet.get('clusters', cluster);
    if (row !== undefined) return row;
    const context = this.#parts.contexts.find(({ name }) => contextKey(name) === cluster);
    if (context !== undefined) {
      // The context may be known by its ARN already.
      for (const other of this.fleet.rows('clusters')) {
        if (other.gone === 0 && other.context === context.name) return other;
      }
      return contextRow(context);
    }
    throw new Error(`no cluster '${cluster}' is known`);
  }

  #connect(row: ClusterRow, namespace: string | undefined): Connection<Actions> {
    const target = targetOf(row, this.#parts.contexts);
    const context = this.#contextOf(row);
    const contextNamespace = context?.namespace ?? '';
    const fallback = [...new Set([contextNamespace || 'default', ...this.#parts.favorites])];
    const connection = new Connection<Actions>(
      {
        cluster: row.id,
        title: row.name,
        context: row.context,
        server: context?.server ?? row.endpoint,
        region: row.region,
        account: row.account,
        contextNamespace,
        kube: (readonly) => this.#parts.kube(target, fallback, readonly),
      },
      this.#parts,
      namespace ?? '',
    );
    this.#connections.add(connection);
    this.#attach(connection);
    this.#fleet.follow(connection);
    const hearAws = (): void =>
      connection.hearAws(this.fleet.status('clusters'), this.fleet.rows('clusters'));
    hearAws();
    connection.onClose(this.fleet.onChange(['clusters'], hearAws));
    // A context's own profile and region may be outside the chosen ones.
    if (this.#clusterUsers === 0) this.needClusters();
    else this.#watchClusters();
    return connection;
  }

  /**
   * Gives a connection its EKS cluster: the one of the fleet that has its server as endpoint. AWS is
   * asked about it with the profile of the connection's own context.
   */
  #attach(connection: Connection<Actions>): void {
    const found = [...this.fleet.rows('clusters')].filter(
      (row) => isDescribed(row) && sameServer(row.endpoint, connection.info.server),
    );
    const [row, another] = found;
    // Two clusters at one address (tunnels, stand-ins for AWS): which of them it is, nobody knows.
    if (row === undefined || another !== undefined) return;
    connection.attach(eksOf(row, this.#contextOf(connection)), row.account);
  }

  #watchClusters(): void {
    const sink = this.fleet.sink('clusters');
    const { aws, clock, awsProblem } = this.#parts;
    const scopes = this.#wantedScopes();
    if (aws === null || scopes.length === 0) {
      sink.status({ ...IDLE, state: 'absent', since: clock.now(), ...awsProblem });
      return;
    }
    if (this.#stopClusters !== null && sameScopes(scopes, this.#watched)) return;
    this.#stopClusters?.();
    this.#watched = scopes;
    this.#stopClusters = aws.follow(
      'clusters',
      scopes,
      this.#fleet.sink(() => {
        for (const connection of this.#connections) this.#attach(connection);
      }),
    );
  }

  /** The chosen scopes, and those of the clusters that are connected. */
  #wantedScopes(): readonly ClusterScope[] {
    const own = [...this.#connections].flatMap((connection) => {
      const context = this.#contextOf(connection);
      const scope = context && scopeOf(context, this.#scopes.all);
      return scope ?? (connection.eks && asScope(connection.eks)) ?? [];
    });
    return this.#scopes.with(own).map((scope) => withNames(scope, this.#parts.contexts));
  }

  #notify(): void {
    this.#changes.notify();
  }
}

const asScope = ({ profile, region }: AwsScope): AwsScope => ({ profile, region });

/** Whether EKS described it, so that it is known which cluster has this endpoint. */
const isDescribed = ({ source, gone, endpoint }: ClusterRow): boolean =>
  source !== 'context' && gone === 0 && endpoint !== '';
