/** What the region keeps of Amazon Managed Service for Prometheus. */

/** All of it. */
export interface PromService {
  readonly workspaces: PromWorkspace[];
  readonly scrapers: PromScraper[];
}

/** A workspace. */
export interface PromWorkspace {
  /** `ws-…` */
  readonly id: string;
  readonly alias: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A managed collector, which scrapes a cluster and sends to a workspace. */
export interface PromScraper {
  /** `s-…` */
  readonly id: string;
  readonly alias: string;
  readonly clusterArn: string;
  readonly workspaceId: string;
  readonly subnetIds: readonly string[];
  readonly createdAt: number;
  /** What its configuration writes on everything that it sends. */
  readonly externalLabels: Readonly<Record<string, string>>;
}

/** A series of samples: nothing is stored, each follows from what the world is. */
export interface PromSource {
  readonly labels: Readonly<Record<string, string>>;
  /** From when on it is there (ms of wall time). */
  readonly since: number;
  /**
   * `gauge` and `count` tell their value at a moment (ms), a count one that never falls; `flow` tells by
   * how much a counter grows in a second.
   */
  readonly kind: 'gauge' | 'count' | 'flow';
  readonly read: (at: number) => number | null;
}

/** All series of a metric's name. */
export type PromSources = (name: string) => readonly PromSource[];
