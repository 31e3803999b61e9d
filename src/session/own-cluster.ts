/** The row of a connection's own EKS cluster, in its own store: what is told of the cluster is told of its objects. */
import type { ClusterRow } from '../domain/rows.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { EksCluster } from '../ports/aws.ts';
import type { Sink } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';

export class OwnCluster {
  readonly #sink: Sink<ClusterRow>;
  #row: ClusterRow | undefined;

  constructor(store: Store) {
    this.#sink = store.sink('clusters');
  }

  /** Hears of all clusters of the fleet, and how true they are. */
  hear(status: SourceStatus, rows: Iterable<ClusterRow>, eks: EksCluster | null): void {
    const row = [...rows].find(({ id, gone }) => id === eks?.arn && gone === 0);
    if (row !== this.#row) {
      // A copy: a store stamps what it is given, and the fleet's own row is of no connection.
      if (row !== undefined) this.#sink.put([{ ...row }]);
      else if (this.#row !== undefined) this.#sink.remove([this.#row]);
      this.#row = row;
    }
    this.#sink.status(status);
  }
}
