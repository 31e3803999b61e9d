import type { EksCluster, Region } from '../region.ts';

/** Whose key signed a request. */
export interface Caller {
  readonly arn: string;
  readonly userId: string;
}

/** What one request may see: the state of the region that it was signed for, and who asks. */
export interface AccountView {
  readonly region: Region;
  /** Clusters of the region asked: none in regions other than the simulated one. */
  readonly clusters: readonly EksCluster[];
  readonly caller: Caller;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The same, whenever it is asked: for answers that go on. */
  readonly clock: () => number;
}
