/** One of the reasons that the server gives for a refusal. */
export interface KubeErrorCause {
  /** What sort it is, e.g. `FieldManagerConflict`, `FieldValueInvalid`. */
  readonly reason: string;
  /** Path of the field it is about, e.g. `.spec.replicas`; empty where it is about none. */
  readonly field: string;
  readonly message: string;
  /** Who owns the field, where the cause is a conflict with another manager; else empty. */
  readonly manager: string;
}

/** What a failed request says. `code` is the HTTP status, 0 where there was no answer. */
export interface KubeError extends Error {
  readonly code: number;
  readonly hint: string;
  /** The server's word for it (`Conflict`, `AlreadyExists`, `Invalid`), empty without an answer. */
  readonly reason: string;
  readonly causes: readonly KubeErrorCause[];
}
