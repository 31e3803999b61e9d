/** How the work on a cluster stood when it was left. */
export interface Remembered {
  /** Id of the resource whose pane was open. */
  readonly pane: string;
  /** Empty: all of them. */
  readonly namespace: string;
  /** Namespaces that were given keys, in the order of the keys. */
  readonly favorites: readonly string[];
}

/**
 * What is remembered of clusters from one run to the next. Nothing here fails or waits: what cannot
 * be kept is lost, and that is no harm.
 */
export interface Memory {
  /** @param cluster what a cluster is told apart by */
  recall(cluster: string): Remembered | null;
  keep(cluster: string, what: Remembered): void;
}
