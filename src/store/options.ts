import type { Clock } from '../core/clock.ts';
import type { Worker } from '../core/work.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { Log } from '../ports/log.ts';

/** What a store is made with. */
export interface StoreOptions {
  readonly clock: Clock;
  /** Present time (ms) of what fills the store, where that is not the clock's. */
  readonly now?: () => number;
  /** The cluster that every row is stamped with; absent in the fleet, whose rows are clusters. */
  readonly cluster?: ClusterKey;
  /** The least time between two deliveries (ms). Default 100. */
  readonly frameMs?: () => number;
  /** Who does what takes long. Default: it is done at once. */
  readonly worker?: Worker | undefined;
  /** Hears when a source changes its state. */
  readonly log?: Log | undefined;
}
