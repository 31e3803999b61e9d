/** One cluster that the program is connected to: its store, what fills it, and how it is. */
import { Notifier } from '../core/notifier.ts';
import { steady } from '../core/steady.ts';
import type { Worker } from '../core/work.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { BaseRow, ClusterRow } from '../domain/rows.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { ComputedTableId, TableId } from '../domain/tables/index.ts';
import type { AwsDoor, EksCluster } from '../ports/aws.ts';
import type { KubePort } from '../ports/kube.ts';
import type { Stop } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';
import { followClaimUsage } from './claim-usage.ts';
import { followComputed } from './computed.ts';
import { EksAttachment } from './eks-attachment.ts';
import { healthOf } from './health.ts';
import { Heartbeat } from './heartbeat.ts';
import { OwnCluster } from './own-cluster.ts';
import { ownPort } from './own-port.ts';
import { recordersOf } from './recorder.ts';
import { serverStore } from './server-store.ts';
import { TableSources } from './table-sources.ts';
import { Trends } from './trends.ts';
import type { ConnectionCore, ConnectionInfo, ConnectionTarget, SessionParts } from './types.ts';

export class Connection<Actions = unknown> implements ConnectionCore {
  readonly cluster: ClusterKey;
  readonly title: string;
  readonly context: string;
  readonly contextNamespace: string;
  readonly store: Store;
  readonly kube: KubePort;
  readonly actions: Actions;
  /** What was seen of rows that were looked at. */
  readonly trends: Trends;
  readonly #parts: SessionParts<Actions>;
  readonly #sources: TableSources;
  readonly #changes = new Notifier();
  readonly #stops: Stop[] = [];
  readonly #attachment: EksAttachment;
  readonly #own: OwnCluster;
  #info: ConnectionInfo;
  #namespace: string;
  #closed = false;
  #looked: ReadonlySet<string> = new Set();
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
    this.store = serverStore(parts, this.kube, target.cluster);
    this.trends = new Trends(this.store);
    this.#own = new OwnCluster(this.store);
    this.#attachment = new EksAttachment(parts, this.store, () => this.readonly);
    const { clock } = parts;
    const { store, kube } = this;
    const need = (tables: readonly TableId[]): Stop => this.need(tables);
    const made = { clock, store, worker: parts.worker, need };
    const recorders = recordersOf(made);
    const computed = (table: ComputedTableId): Stop => followComputed(table, made);
    const looked = () => this.#looked;
    const kubelets = (): Stop => followClaimUsage({ ...made, kube, looked });
    this.#stops.push(() => {
      for (const recorder of Object.values(recorders)) recorder.close();
    });
    this.#sources = new TableSources(
      { clock, store, kube, eks: this.#attachment, recorders, computed, kubelets },
      namespace,
    );
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
        this.#info = {
          ...this.#info,
          ...{ version, user, realUser, clockOffset },
          roundTrip: steady(this.#info.roundTrip, roundTrip),
        };
      }
      this.#notify();
    });
  }

  /** Who does what takes long. */
  get worker(): Worker | undefined {
    return this.#parts.worker;
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
    return healthOf(this.#sources.statuses, this.#heartbeat.status);
  }

  /**
   * Narrows to a namespace, or widens to all with ''. Where everything is watched already this
   * only narrows what panes show; otherwise the namespaced sources start anew.
   */
  setNamespace(namespace: string): void {
    if (namespace === this.#namespace) return;
    this.#namespace = namespace;
    this.#sources.setNamespace(namespace);
    this.#changes.notify();
  }

  /** These rows are on the screen: what is polled is asked for them more often, or for them alone. */
  look(rows: readonly Pick<BaseRow, 'uid' | 'namespace'>[]): void {
    this.#looked = new Set(rows.map(({ uid }) => uid));
    this.kube.look([...new Set(rows.map(({ namespace }) => namespace))]);
  }

  /** Follows these tables until the returned function is called. */
  need(tables: readonly TableId[]): Stop {
    return this.#sources.need(tables);
  }

  /** Attaches the EKS cluster that turned out to be this server. */
  attach(eks: EksCluster, account: string): void {
    if (!this.#attachment.attach(eks)) return;
    this.#info = { ...this.#info, region: eks.region, account, readonly: this.readonly };
    this.#changes.notify();
  }

  /**
   * Hears how AWS's list of clusters is: where this is none of them, its tables say why. Where it is
   * one, the store has it too: what is told of the cluster is told of its objects.
   */
  hearAws(clusters: SourceStatus, rows: Iterable<ClusterRow>): void {
    this.#attachment.hear(clusters);
    this.#own.hear(clusters, rows, this.eks);
  }

  /** Tries everything again now. */
  retryNow(): void {
    this.kube.retryNow();
    this.#heartbeat.retryNow();
  }

  subscribe(listener: () => void): Stop {
    return this.#changes.subscribe(listener);
  }

  /** Calls once when it is closed. */
  onClose(stop: Stop): void {
    this.#stops.push(stop);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stop of this.#stops) stop();
    this.#heartbeat.close();
    this.#sources.close();
    this.kube.close();
    this.store.close();
    this.#changes.clear();
  }

  #notify(): void {
    this.#changes.notify();
  }
}
