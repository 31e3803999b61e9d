/** What is asked about rights. */

/** One access question about a resource, as SelfSubjectAccessReview puts it. */
export interface AccessRequest {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace: string;
  readonly name?: string;
}

/** One about a path of the server that is no resource, e.g. `/metrics`. */
export interface PathRequest {
  readonly verb: string;
  readonly path: string;
}
