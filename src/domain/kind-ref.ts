/** The API's address of a kind, without an object. */
export interface KindRef {
  /** API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Versions that read the same, of servers that do not have `version`: the newest first. */
  readonly older?: readonly string[];
  /** The plural name in the API (`pods`, `horizontalpodautoscalers`). */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
}
