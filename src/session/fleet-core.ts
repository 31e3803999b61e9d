/**
 * What actions on a cluster's own row work with: AWS about that cluster, and this machine. Nothing
 * is asked of its API server: it need not be connected to, nor be reachable.
 */
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { ClusterRow } from '../domain/rows.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { AwsDoor, AwsPort, EksCluster } from '../ports/aws.ts';
import type { KubePort } from '../ports/kube.ts';
import type { Stop } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';
import { ownDoor } from './own-door.ts';
import type { ConnectionCore, ConnectionInfo, ContextInfo, SessionParts } from './types.ts';

/** The EKS cluster of a row that AWS told of, asked about with the profile of the context to it. */
export function eksOf(row: ClusterRow, context: ContextInfo | undefined): EksCluster {
  const { id: arn, name, region } = row;
  const { profile } = context?.eks?.region === region ? context.eks : row;
  return { name, arn, profile, region };
}

/** What a {@link FleetCore} is made of. */
export interface FleetCoreParts extends Pick<SessionParts<unknown>, 'policy' | 'contexts'> {
  readonly aws: AwsPort | null;
  readonly fleet: Store;
  readonly needClusters: () => Stop;
}

/** A cluster of the fleet, as the actions on its row see it. */
export class FleetCore implements ConnectionCore {
  readonly cluster: ClusterKey;
  readonly title: string;
  readonly context: string;
  readonly store: Store;
  readonly kube: KubePort;
  readonly eks: EksCluster | null;
  readonly door: AwsDoor | null;
  readonly info: ConnectionInfo;
  readonly #parts: FleetCoreParts;
  /** All that the cluster is known by. */
  readonly #names: readonly string[];

  constructor(row: ClusterRow, parts: FleetCoreParts) {
    this.#parts = parts;
    this.#names = [row.name, row.context, row.id, row.endpoint].filter((name) => name !== '');
    this.cluster = row.id;
    this.title = row.name;
    this.context = row.context;
    this.store = parts.fleet;
    this.kube = unconnected(row.name);
    const context = parts.contexts.find(({ name }) => name === row.context);
    // Only of what it described AWS knows the account.
    this.eks = row.source === 'context' || row.account === '' ? null : eksOf(row, context);
    this.door = parts.aws && this.eks && ownDoor(parts.aws, this.eks, () => this.readonly);
    this.info = {
      ...{ version: row.version, user: '', realUser: '', server: row.endpoint },
      ...{ region: row.region, account: row.account, roundTrip: null, clockOffset: null },
      ...{ insecure: null, readonly: this.readonly, awsEndpoint: parts.aws?.endpoint ?? '' },
    };
  }

  get health(): SourceStatus {
    return this.store.status('clusters');
  }

  get readonly(): boolean {
    return this.#parts.policy.isReadonly(this.#names);
  }

  get isProtected(): boolean {
    return this.#parts.policy.isProtected(this.#names);
  }

  need(tables: readonly TableId[]): Stop {
    return tables.includes('clusters') ? this.#parts.needClusters() : () => undefined;
  }
}

/** A port that leads nowhere, and says so. */
function unconnected(name: string): KubePort {
  const none = (): Promise<never> =>
    Promise.reject(new Error(`${name} is not connected to: enter connects`));
  return {
    clockOffset: null,
    insecure: null,
    watch: () => () => undefined,
    followKinds: () => () => undefined,
    look: () => undefined,
    watchKind: () => () => undefined,
    retryNow: () => undefined,
    logs: () => () => undefined,
    encodings: () => ({}),
    close: () => undefined,
    ...{ info: none, get: none, list: none, can: none, create: none, replace: none, apply: none },
    ...{ patch: none, delete: none, evict: none, token: none, exec: none, attach: none },
    ...{ portForward: none, kindOf: none, volumeStats: none },
  };
}
