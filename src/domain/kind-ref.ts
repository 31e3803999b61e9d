/** The API's address of a kind, without an object. */
export interface KindRef {
  /** API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** The plural name in the API (`pods`, `horizontalpodautoscalers`). */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
}
