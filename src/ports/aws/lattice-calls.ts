/** What VPC Lattice can be asked, and its answers, as `../aws-calls.ts` says. */

/** A service of VPC Lattice: what clients of a service network call. */
export interface LatticeService {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number | null;
  /** `ACTIVE`, `CREATE_IN_PROGRESS`, `DELETE_IN_PROGRESS`, `CREATE_FAILED`, `DELETE_FAILED`. */
  readonly status: string;
  /** The name that Lattice gave it. */
  readonly dnsEntry: { readonly domainName: string };
  /** The name that its owner gave it; empty: none. */
  readonly customDomainName: string;
}

/** That a service belongs to a service network. */
export interface LatticeServiceAssociation {
  readonly serviceId: string;
  readonly serviceNetworkName: string;
  /** As {@link LatticeService} has it. */
  readonly status: string;
}

/** That a VPC belongs to a service network: its clients reach the services of it. */
export interface LatticeVpcAssociation {
  readonly serviceNetworkId: string;
  readonly serviceNetworkName: string;
  /** As {@link LatticeService} has it, and `UPDATE_IN_PROGRESS`, `UPDATE_FAILED`. */
  readonly status: string;
}

/** Whom services send requests to. */
export interface LatticeTargetGroup {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** `IP`, `INSTANCE`, `LAMBDA` or `ALB`. */
  readonly type: string;
  readonly port: number | null;
  readonly protocol: string;
  /** The services that send to it. */
  readonly serviceArns: readonly string[];
}

export interface LatticeTarget {
  /** An address, an instance, or an ARN. */
  readonly id: string;
  readonly port: number | null;
  /** `HEALTHY`, `UNHEALTHY`, `INITIAL`, `DRAINING`, `UNUSED`, `UNAVAILABLE`. */
  readonly status: string;
  readonly reasonCode: string;
}

export interface LatticeCalls {
  'vpc-lattice:GetService': {
    input: { readonly serviceIdentifier: string };
    output: { readonly failureCode: string; readonly failureMessage: string };
  };
  /** Those of the account, and those that others share with it. */
  'vpc-lattice:ListServices': {
    input: Readonly<Record<string, never>>;
    output: { readonly items: readonly LatticeService[] };
  };
  'vpc-lattice:ListServiceNetworkServiceAssociations': {
    input: { readonly serviceNetworkIdentifier: string };
    output: { readonly items: readonly LatticeServiceAssociation[] };
  };
  'vpc-lattice:ListServiceNetworkVpcAssociations': {
    input: { readonly vpcIdentifier: string };
    output: { readonly items: readonly LatticeVpcAssociation[] };
  };
  'vpc-lattice:ListTargetGroups': {
    input: { readonly vpcIdentifier: string };
    output: { readonly items: readonly LatticeTargetGroup[] };
  };
  'vpc-lattice:ListTargets': {
    input: { readonly targetGroupIdentifier: string };
    output: { readonly items: readonly LatticeTarget[] };
  };
}
