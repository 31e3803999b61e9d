/** A toleration of a pod; an empty key with `Exists` tolerates everything. */
export interface Toleration {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
  readonly effect: string;
}
