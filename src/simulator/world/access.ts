/** What somebody wants to do, as authorization sees it. */
export interface Attempt {
  readonly verb: string;
  readonly group: string;
  /** Plural; with `/subresource` where there is one. */
  readonly resource: string;
  /** Empty for the whole cluster. */
  readonly namespace: string;
  readonly name: string;
}

/** One rule, as SelfSubjectRulesReview lists them. */
export interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

/** What the user may do. */
export interface AccessPolicy {
  allows(attempt: Attempt): boolean;
  rules(namespace: string): readonly Rule[];
}

/** The user is a cluster administrator. */
export const ADMINISTRATOR: AccessPolicy = {
  allows: () => true,
  rules: () => [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
};
