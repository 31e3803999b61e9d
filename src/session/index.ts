/**
 * What the program is connected to: the fleet of clusters it knows, and a connection for each that
 * was opened. One of them is current: the panes show it.
 */
import { tellAll } from '../core/apart.ts';
import type { ClusterRow } from '../domain/rows.ts';
import { IDLE } from '../domain/status.ts';
import type { AwsScope, EksCluster } from '../ports/aws.ts';
import type { Stop } from '../ports/sink.ts';
import { Store } from '../store/index.ts';
import { Connection } from './connection.ts';
import { contextRow, Fleet, sameServer } from './fleet.ts';
import type { KubeTarget, SessionParts } from './types.ts';

export { Connection } from './connection.ts';
export { LogSession, type LogTarget, type Since } from './log-session.ts';
export type {
  ConnectionCore,
  ConnectionInfo,
  ContextInfo,
  KubeTarget,
  SessionParts,
} from './types.ts';

export class Session<Actions = unknown> {
  /** Table `clusters`: what the clusters pane shows. */
  readonly fleet: Store;
  readonly scopes: readonly AwsScope[];
  readonly #parts: SessionParts<Actions>;
  readonly #fleet: Fleet;
  readonly #connections = new Map<string, Connection<Actions>>();
  readonly #listeners = new Set<() => void>();
  #current: Connection<Actions> | null = null;
  #clusterUsers = 0;
  #stopClusters: Stop | null = null;
  #watched: readonly AwsScope[] = [];

  constructor(parts: SessionParts<Actions>) {
    this.#parts = parts;
    this.scopes = parts.scopes;
    this.fleet = new Store({ clock: parts.clock, frameMs: parts.frameMs });
    this.#fleet = new Fleet(parts.contexts, this.fleet.sink('clusters'));
  }

  get current(): Connection<Actions> | null {
    return this.#current;
  }

  /** Every connection that was opened and not closed. */
  get connections(): Iterable<Connection<Actions>> {
    return this.#connections.values();
  }

  /** Contexts of the kubeconfig. */
  get contexts(): SessionParts<Actions>['contexts'] {
    return this.#parts.contexts;
  }

  /**
   * Connects to a cluster of the fleet and makes it current.
   * @param id of a row of `fleet`'s clusters, or `context:<name>`
   * @throws when there is no such cluster, or its kubeconfig entry cannot be used
   */
  open(id: string, namespace?: string): Connection<Actions> {
    const row = this.#rowOf(id);
    const known = this.#connections.get(row.id);
    const connection = known ?? this.#connect(row, namespace);
    if (known !== undefined && namespace !== undefined) known.setNamespace(namespace);
    this.#current = connection;
    this.#notify();
    return connection;
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
    for (const connection of this.#connections.values()) connection.retryNow();
  }

  subscribe(listener: () => void): Stop {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#stopClusters?.();
    for (const connection of this.#connections.values()) connection.close();
    this.#parts.aws?.close();
    this.fleet.close();
  }

  #rowOf(id: string): ClusterRow {
    const row = this.fleet.get('clusters', id);
    if (row !== undefined) return row;
    const context = this.#parts.contexts.find((c) => `context:${c.name}` === id);
    if (context !== undefined) {
      // The context may be known by its ARN already.
      for (const other of this.fleet.rows('clusters')) {
        if (other.gone === 0 && other.context === context.name) return other;
      }
      return contextRow(context);
    }
    throw new Error(`no cluster '${id}' is known`);
  }

  #connect(row: ClusterRow, namespace: string | undefined): Connection<Actions> {
    const context = this.#parts.contexts.find((c) => c.name === row.context);
    const eks = eksOf(row);
    const target: KubeTarget =
      context !== undefined || eks === null
        ? { context: row.context }
        : { eks, server: row.endpoint, caData: row.caData };
    const contextNamespace = context?.namespace ?? '';
    const fallback = [...new Set([contextNamespace || 'default', ...this.#parts.favorites])];
    const connection = new Connection<Actions>(
      {
        id: row.id,
        title: row.name,
        context: row.context,
        server: context?.server ?? row.endpoint,
        region: row.region,
        account: row.account,
        contextNamespace,
        kube: this.#parts.kube(target, fallback),
      },
      this.#parts,
      namespace ?? '',
    );
    this.#connections.set(row.id, connection);
    this.#attach(connection);
    this.#countInto(connection);
    const hearAws = (): void => connection.hearAws(this.fleet.status('clusters'));
    hearAws();
    this.fleet.onChange(['clusters'], hearAws);
    // A context's own profile and region may be outside the chosen ones.
    if (this.#clusterUsers === 0) this.needClusters();
    else this.#watchClusters();
    return connection;
  }

  /** Gives a connection its EKS cluster, where one of the fleet has its server as endpoint. */
  #attach(connection: Connection<Actions>): void {
    for (const row of this.fleet.rows('clusters')) {
      const eks = eksOf(row);
      if (eks !== null && sameServer(row.endpoint, connection.info.server)) {
        connection.attach(eks, row.account);
      }
    }
  }

  /** Shows in the fleet what a connection counts. */
  #countInto(connection: Connection<Actions>): void {
    const { store } = connection;
    const known = (table: 'nodes' | 'pods') =>
      store.status(table).synced ? store.size(table) : null;
    const count = (): void => {
      const { server, version } = connection.info;
      this.#fleet.count(server, known('nodes'), known('pods'), version);
    };
    store.onChange(['pods', 'nodes'], count);
    connection.subscribe(count);
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
    this.#stopClusters = aws.clusters(
      scopes,
      this.#fleet.sink(() => {
        for (const connection of this.#connections.values()) this.#attach(connection);
      }),
    );
  }

  /** The chosen scopes, and those of the contexts that are connected. */
  #wantedScopes(): readonly AwsScope[] {
    const scopes = new Map(this.scopes.map((scope) => [scopeKey(scope), scope]));
    for (const { context } of this.#connections.values()) {
      const eks = this.#parts.contexts.find((c) => c.name === context)?.eks;
      if (eks) {
        const scope = { profile: eks.profile, region: eks.region };
        scopes.set(scopeKey(scope), scope);
      }
    }
    return [...scopes.values()];
  }

  #notify(): void {
    tellAll(this.#listeners);
  }
}

const scopeKey = ({ profile, region }: AwsScope): string => `${profile}/${region}`;

const sameScopes = (a: readonly AwsScope[], b: readonly AwsScope[]): boolean =>
  a.map(scopeKey).join() === b.map(scopeKey).join();

function eksOf(row: ClusterRow): EksCluster | null {
  if (row.source === 'context' || row.gone !== 0 || row.endpoint === '') return null;
  return { name: row.name, arn: row.id, profile: row.profile, region: row.region };
}
