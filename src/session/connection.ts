/**
 * One cluster that the program is connected to: its store, its sources and their lifecycle. A
 * source starts with its first subscriber and stops some time after its last, so that a pane
 * nobody looks at costs the API server nothing.
 */
import { Notifier } from '../core/notifier.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { SourceStatus } from '../domain/status.ts';
import {
  isEksTable,
  isKubeTable,
  tableDef,
  type KubeTableId,
  type KubeTables,
  type TableId,
} from '../domain/tables/index.ts';
import type { AwsDoor, EksCluster } from '../ports/aws.ts';
import type { KubePort } from '../ports/kube.ts';
import type { Sink, Stop } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';
import { covers, hasScope } from './coverage.ts';
import { EksAttachment } from './eks-attachment.ts';
import { healthOf } from './health.ts';
import { Heartbeat } from './heartbeat.ts';
import { ownPort } from './own-port.ts';
import { serverStore } from './server-store.ts';
import type { ConnectionCore, ConnectionInfo, ConnectionTarget, SessionParts } from './types.ts';

/** How long a source goes on after its last subscriber left (ms). */
const LINGER_MS = 60_000;

interface Running {
  users: number;
  /** The namespace that is watched; empty for all. */
  scope: string;
  stop: Stop | null;
  cancelLinger: (() => void) | null;
}

export class Connection<Actions = unknown> implements ConnectionCore {
  readonly cluster: ClusterKey;
  readonly title: string;
  readonly context: string;
  readonly contextNamespace: string;
  readonly store: Store;
  readonly kube: KubePort;
  readonly actions: Actions;
  readonly #parts: SessionParts<Actions>;
  readonly #running = new Map<TableId, Running>();
  readonly #changes = new Notifier();
  readonly #attachment: EksAttachment;
  #info: ConnectionInfo;
  #namespace: string;
  #scope: string;
  #closed = false;
  readonly #heartbeat: Heartbeat;

  /** @param namespace the namespace to begin in and to watch; empty for all */
  constructor(target: ConnectionTarget, parts: SessionParts<Actions>, namespace: string) {
    this.cluster = target.cluster;
    this.title = target.title;
    this.context = target.context;
    this.contextNamespace = target.contextNamespace;
    this.kube = ownPort(
      target.kube(() => this.readonly),
      target.cluster,
    );
    this.#parts = parts;
    this.#namespace = namespace;
    this.#scope = namespace;
    this.store = serverStore(parts, this.kube, target.cluster);
    this.#attachment = new EksAttachment(parts, this.store, () => this.readonly);
    this.#info = {
      version: '',
      user: '',
      realUser: '',
      server: target.server,
      region: target.region,
      account: target.account,
      roundTrip: null,
      clockOffset: null,
      insecure: this.kube.insecure,
      readonly: false,
      awsEndpoint: parts.aws?.endpoint ?? '',
    };
    this.#info = { ...this.#info, readonly: this.readonly };
    this.actions = parts.actions(this);
    this.#heartbeat = new Heartbeat(this.kube, parts.clock, (heard) => {
      if (heard !== null) {
        const { version, user, realUser, roundTrip } = heard;
        const { clockOffset } = this.kube;
        this.#info = { ...this.#info, version, user, realUser, roundTrip, clockOffset };
      }
      this.#notify();
    });
  }

  get info(): ConnectionInfo {
    return this.#info;
  }

  get namespace(): string {
    return this.#namespace;
  }

  /** The EKS cluster behind it, once DescribeCluster's endpoint was seen to be this server. */
  get eks(): EksCluster | null {
    return this.#attachment.eks;
  }

  get door(): AwsDoor | null {
    return this.#attachment.door;
  }

  get readonly(): boolean {
    return this.#parts.policy.isReadonly(this.#names);
  }

  get isProtected(): boolean {
    return this.#parts.policy.isProtected(this.#names);
  }

  /** All that the cluster is known by. */
  get #names(): readonly string[] {
    const names = [this.title, this.context, this.cluster, this.#info.server];
    const { eks } = this.#attachment;
    return [...names, eks?.name ?? '', eks?.arn ?? ''].filter((name) => name !== '');
  }

  /** The worst of what its sources say; where none of them follows the server, its own answers count. */
  get health(): SourceStatus {
    const all: SourceStatus[] = [];
    for (const [table, running] of this.#running) {
      if (running.stop !== null && !tableDef(table).failsAlone) all.push(this.store.status(table));
    }
    return healthOf(all, this.#heartbeat.status);
  }

  /**
   * Narrows to a namespace, or widens to all with ''. Where everything is watched already this
   * only narrows what panes show; otherwise the namespaced sources start anew.
   */
  setNamespace(namespace: string): void {
    if (namespace === this.#namespace) return;
    this.#namespace = namespace;
    if (this.#scope !== '') this.#scope = namespace;
    for (const [table, running] of this.#running) {
      if (!this.#covers(table, running)) this.#restart(table, running, namespace);
    }
    this.#changes.notify();
  }

  /** Follows these tables until the returned function is called. */
  need(tables: readonly TableId[]): Stop {
    for (const table of tables) this.#use(table);
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      for (const table of tables) this.#release(table);
    };
  }

  /** Attaches the EKS cluster that turned out to be this server. */
  attach(eks: EksCluster, account: string): void {
    if (!this.#attachment.attach(eks)) return;
    this.#info = { ...this.#info, region: eks.region, account, readonly: this.readonly };
    this.#changes.notify();
  }

  /** Hears how AWS's list of clusters is: where this is none of them, its tables say why. */
  hearAws(clusters: SourceStatus): void {
    this.#attachment.hear(clusters);
  }

  /** Tries everything again now. */
  retryNow(): void {
    this.kube.retryNow();
    this.#heartbeat.retryNow();
  }

  subscribe(listener: () => void): Stop {
    return this.#changes.subscribe(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#heartbeat.close();
    for (const running of this.#running.values()) {
      running.cancelLinger?.();
      running.stop?.();
    }
    this.#running.clear();
    this.kube.close();
    this.store.close();
    this.#changes.clear();
  }

  #use(table: TableId): void {
    const running: Running = this.#running.get(table) ?? {
      users: 0,
      scope: this.#scope,
      stop: null,
      cancelLinger: null,
    };
    this.#running.set(table, running);
    running.users++;
    running.cancelLinger?.();
    running.cancelLinger = null;
    running.stop ??= this.#start(table, running.scope);
  }

  #release(table: TableId): void {
    const running = this.#running.get(table);
    if (running === undefined || --running.users > 0) return;
    running.cancelLinger = this.#parts.clock.after(LINGER_MS, () => {
      running.stop?.();
      this.#running.delete(table);
    });
  }

  #start(table: TableId, scope: string): Stop | null {
    if (isKubeTable(table)) return this.#watch(table, hasScope(table) ? scope : '');
    // Those of the fleet are the session's.
    return isEksTable(table) ? this.#attachment.follow(table) : null;
  }

  #watch(table: KubeTableId, namespace: string): Stop {
    return this.kube.watch(table, { namespace }, this.#scoped(table, namespace));
  }

  #covers(table: TableId, { scope, stop }: Running): boolean {
    if (!hasScope(table) || stop === null) return true;
    return covers(scope, this.#namespace, this.store.status(table));
  }

  #restart(table: TableId, running: Running, scope: string): void {
    running.stop?.();
    this.store.reset(table);
    running.scope = scope;
    running.stop = this.#start(table, scope);
  }

  #scoped<T extends KubeTableId>(table: T, namespace: string): Sink<KubeTables[T]> {
    const sink = this.store.sink(table);
    if (namespace === '') {
      return {
        ...sink,
        status: (status) => {
          sink.status(status);
          // Later: a source is not stopped while it tells its state.
          if (status.state === 'denied' || status.namespaces !== null)
            queueMicrotask(() => this.#narrow(table));
        },
      };
    }
    // Of one namespace, sums over all of them are not known: the status says what it covers.
    return {
      ...sink,
      status: (status) => sink.status({ ...status, namespaces: status.namespaces ?? [namespace] }),
    };
  }

  /** What was refused for the whole cluster is asked for in the namespace that is chosen. */
  #narrow(table: TableId): void {
    const running = this.#running.get(table);
    if (this.#closed || running === undefined || this.#covers(table, running)) return;
    this.#restart(table, running, this.#namespace);
  }

  #notify(): void {
    this.#changes.notify();
  }
}
