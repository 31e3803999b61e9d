/** How a list was narrowed and sorted. */
export interface RememberedList {
  readonly filter: string;
  readonly problemsOnly: boolean;
  readonly sort: { readonly column: string; readonly descending: boolean };
}

/** A place that has a digit. */
export interface Bookmark {
  /** Id of the resource that is listed. */
  readonly pane: string;
  /** Empty: all of them. */
  readonly namespace: string;
  readonly filter: string;
}

/** How the work on a cluster stood when it was left. */
export interface Remembered {
  /** Id of the resource whose pane was open. */
  readonly pane: string;
  /** Empty: all of them. */
  readonly namespace: string;
  /** Namespaces that were given keys, by key from 1 on; empty: a key of none of them. */
  readonly favorites: readonly string[];
  /** By id of the resource; absent: none was narrowed or sorted otherwise. */
  readonly lists?: Readonly<Record<string, RememberedList>> | undefined;
  /** By digit; absent: there are none. */
  readonly bookmarks?: Readonly<Record<string, Bookmark>> | undefined;
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
