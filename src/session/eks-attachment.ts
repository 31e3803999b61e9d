/** The EKS cluster that a connection turned out to be, and what AWS tells of it. */
import type { Clock } from '../core/clock.ts';
import { IDLE, type SourceStatus } from '../domain/status.ts';
import { EKS_TABLES, type EksTableId } from '../domain/tables/index.ts';
import type { AwsDoor, AwsPort, EksCluster } from '../ports/aws.ts';
import type { Stop } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';
import { ownDoor } from './own-door.ts';
import { untold } from './untold.ts';

/** What an {@link EksAttachment} works with. */
export interface AttachmentParts {
  readonly clock: Clock;
  readonly aws: AwsPort | null;
  /** Why there is no AWS; its reason is empty where there is. */
  readonly awsProblem: { readonly reason: string; readonly hint: string };
}

/** Follows the tables of AWS once the cluster is known, and says before that why there are none. */
export class EksAttachment {
  readonly #parts: AttachmentParts;
  readonly #store: Store;
  readonly #readonly: () => boolean;
  /** The tables that are needed; null for those that cannot be followed yet. */
  readonly #needed = new Map<EksTableId, Stop | null>();
  #eks: EksCluster | null = null;
  #door: AwsDoor | null = null;
  #clusters: SourceStatus = IDLE;

  /** @param readonly asked before each call: may nothing be changed */
  constructor(parts: AttachmentParts, store: Store, readonly: () => boolean) {
    this.#parts = parts;
    this.#store = store;
    this.#readonly = readonly;
  }

  /** The cluster, null while it is not known. */
  get eks(): EksCluster | null {
    return this.#eks;
  }

  /** Where AWS is called, for that cluster only. */
  get door(): AwsDoor | null {
    return this.#door;
  }

  /** Notes which cluster it is. False where that was known. */
  attach(eks: EksCluster): boolean {
    if (this.#eks?.arn === eks.arn) return false;
    const { aws } = this.#parts;
    this.#eks = eks;
    this.#door = aws && ownDoor(aws, eks, this.#readonly);
    for (const [table, stop] of this.#needed) {
      stop?.();
      this.#start(table);
    }
    return true;
  }

  /** Hears how AWS's list of clusters is: where this is none of them, its tables say why. */
  hear(clusters: SourceStatus): void {
    this.#clusters = clusters;
    if (this.#eks !== null) return;
    for (const table of this.#needed.keys()) this.#start(table);
  }

  /** Follows a table until the returned function is called. */
  follow(table: EksTableId): Stop {
    this.#start(table);
    return () => {
      this.#needed.get(table)?.();
      this.#needed.delete(table);
    };
  }

  #start(table: EksTableId): void {
    const { aws, awsProblem, clock } = this.#parts;
    const sink = this.#store.sink(table);
    if (aws !== null && this.#eks !== null) {
      this.#needed.set(table, aws.follow(table, this.#eks, sink));
      return;
    }
    this.#needed.set(table, null);
    const { withoutAws } = EKS_TABLES[table];
    sink.status(untold(this.#clusters, awsProblem, withoutAws, clock.now()));
  }
}
