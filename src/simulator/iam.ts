/** IAM of the account, as its API tells it: one for all regions. Times are ms since the epoch. */
export interface Iam {
  /** By name. */
  readonly roles: Map<string, Role>;
  /** By ARN. */
  readonly policies: Map<string, ManagedPolicy>;
  /** By ARN. */
  readonly providers: Map<string, OidcProvider>;
}

export interface Role {
  readonly name: string;
  /** `/` or `/team/` */
  readonly path: string;
  readonly arn: string;
  /** `AROA…` */
  readonly id: string;
  /** The trust policy, as it was given. */
  trust: string;
  /**
   * What the other services go by until they hear of the newest trust: the trust before, null where
   * there was no such role.
   */
  before?: { readonly trust: string | null; readonly until: number };
  readonly description: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly boundary: string;
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
  /** Inline policies by name, as JSON. */
  readonly inline: Map<string, string>;
}

/** How long it takes until the other services know of a change in IAM (ms). */
export const PROPAGATION_MS = 5_000;

/** The trust policy that STS and EKS go by at the moment; null where they know no such role yet. */
export function knownTrust({ trust, before }: Role, now: number): string | null {
  return before !== undefined && now < before.until ? before.trust : trust;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** `ANPA…` */
  readonly id: string;
  readonly description: string;
  /** As JSON. */
  readonly document: string;
  readonly createdAt: number;
}

export interface OidcProvider {
  readonly arn: string;
  /** Host and path, without `https://`. */
  readonly url: string;
  readonly clientIds: string[];
  readonly thumbprints: readonly string[];
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the caller may do, by patterns of IAM actions (`eks:*`); a denial wins. */
export interface CallerPolicy {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** The trust policy by which the pods of service accounts become a role. */
export function webIdentityTrust(providerArn: string, subjects: readonly string[]): string {
  const host = providerArn.replace(/^.*:oidc-provider\//, '');
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: providerArn },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${host}:aud`]: 'sts.amazonaws.com',
            [`${host}:sub`]: subjects.length === 1 ? subjects[0] : subjects,
          },
        },
      },
    ],
  });
}

/** The trust policy by which a service of AWS becomes a role. */
export function serviceTrust(service: string, actions: readonly string[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: actions.length === 1 ? actions[0] : actions,
      },
    ],
  });
}
