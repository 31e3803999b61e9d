/**
 * The clusters pane's rows: EKS clusters of the chosen profiles and regions, and the contexts of
 * the kubeconfig, joined where DescribeCluster's endpoint is the context's server.
 */
import { blankCluster } from '../domain/tables/clusters.ts';
import { contextKey } from '../domain/cluster-key.ts';
import { regionOfEndpoint } from '../domain/eks-endpoint.ts';
import type { ClusterRow } from '../domain/rows.ts';
import { minorVersion } from '../domain/version.ts';
import type { Sink } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';
import type { ContextInfo } from './types.ts';

/** A server's address in one spelling, so that two of them can be compared. */
export function sameServer(a: string, b: string): boolean {
  return a !== '' && b !== '' && canonical(a) === canonical(b);
}

/** Host names know no case and https has a port; paths lead to different clusters of one gateway. */
function canonical(server: string): string {
  const url = URL.parse(server);
  return url === null
    ? server
    : `${url.protocol}//${url.host}${url.pathname.replace(/(?<!\/)\/+$/, '')}`;
}

/** The row of a context that is (so far) no EKS cluster of ours. */
export function contextRow(context: ContextInfo): ClusterRow {
  return {
    ...blankCluster(contextKey(context.name), context.eks?.name ?? shortName(context.name)),
    source: 'context',
    context: context.name,
    profile: context.eks?.profile ?? '',
    account: accountOf(context.name),
    region: context.eks?.region ?? regionOf(context),
    endpoint: context.server,
    error: context.problem,
  };
}

/** The cluster's name in a context that is named by its ARN, else the context's name. */
export function shortName(context: string): string {
  return /^arn:[^:]*:eks:[^:]*:\d*:cluster\/(.+)$/.exec(context)?.[1] ?? context;
}

function accountOf(context: string): string {
  return /^arn:[^:]*:eks:[^:]*:(\d*):/.exec(context)?.[1] ?? '';
}

function regionOf(context: ContextInfo): string {
  return /^arn:[^:]*:eks:([^:]*):/.exec(context.name)?.[1] ?? regionOfEndpoint(context.server);
}

/** What of a connection is counted. */
interface Counting {
  readonly store: Store;
  readonly info: { readonly server: string; readonly version: string };
  subscribe(listener: () => void): unknown;
}

/** Merges what AWS tells and what the kubeconfig holds, and hands the rows on. */
export class Fleet {
  readonly #contexts: readonly ContextInfo[];
  readonly #sink: Sink<ClusterRow>;
  readonly #eks = new Map<string, ClusterRow>();
  /** What connections counted, by server. */
  readonly #counts = new Map<string, Pick<ClusterRow, 'nodes' | 'pods' | 'version'>>();

  constructor(contexts: readonly ContextInfo[], sink: Sink<ClusterRow>) {
    this.#contexts = contexts;
    this.#sink = sink;
    sink.put(contexts.map(contextRow));
  }

  /** What the AWS source writes into; `onPut` hears of every cluster that AWS described. */
  sink(onPut: (row: ClusterRow) => void): Sink<ClusterRow> {
    const seen = new Set<string>();
    return {
      relist: () => seen.clear(),
      put: (rows) => {
        for (const row of rows) {
          seen.add(row.uid);
          this.#put(row);
          onPut(row);
        }
      },
      remove: (rows) => {
        for (const { uid } of rows) this.#remove(uid);
      },
      synced: () => {
        for (const uid of [...this.#eks.keys()]) if (!seen.has(uid)) this.#remove(uid);
      },
      status: (status) => this.#sink.status(status),
    };
  }

  /**
   * Notes how many nodes and pods a connected cluster has; null where that is not known. And the
   * version that its server says it has, empty as long as it has not.
   */
  count(server: string, nodes: number | null, pods: number | null, version: string): void {
    const known = this.#counts.get(canonical(server));
    if (known?.nodes === nodes && known.pods === pods && known.version === version) return;
    this.#counts.set(canonical(server), { nodes, pods, version });
    for (const row of this.#eks.values()) {
      if (sameServer(row.endpoint, server)) {
        this.#put(row);
        return;
      }
    }
    const context = this.#contextOf(server);
    if (context !== undefined) this.#sink.put([this.#counted(contextRow(context))]);
  }

  /** Shows what a connection counts, for as long as it is there. */
  follow(connection: Counting): void {
    const { store } = connection;
    const known = (table: 'nodes' | 'pods') =>
      store.status(table).synced ? store.size(table) : null;
    const count = (): void => {
      const { server, version } = connection.info;
      this.count(server, known('nodes'), known('pods'), version);
    };
    store.onChange(['pods', 'nodes'], count);
    connection.subscribe(count);
  }

  /** The context that leads to a server: where several do, the one that the user works with. */
  #contextOf(server: string): ContextInfo | undefined {
    const all = this.#contexts.filter((context) => sameServer(context.server, server));
    return all.find(({ current }) => current) ?? all[0];
  }

  #counted(row: ClusterRow): ClusterRow {
    const counts = this.#counts.get(canonical(row.endpoint));
    if (counts === undefined) return row;
    // What EKS says comes first: while it upgrades, servers of both versions answer.
    return { ...row, ...counts, version: row.version || minorVersion(counts.version) };
  }

  #put(row: ClusterRow): void {
    const context = this.#contextOf(row.endpoint);
    const joined: ClusterRow =
      context === undefined ? row : { ...row, source: 'both', context: context.name };
    this.#eks.set(row.uid, joined);
    if (context !== undefined) this.#sink.remove([{ uid: contextKey(context.name) }]);
    this.#sink.put([this.#counted(joined)]);
  }

  #remove(uid: string): void {
    const row = this.#eks.get(uid);
    if (row === undefined) return;
    this.#eks.delete(uid);
    this.#sink.remove([{ uid }]);
    const context = this.#contexts.find((c) => c.name === row.context);
    if (context !== undefined) this.#sink.put([this.#counted(contextRow(context))]);
  }
}
