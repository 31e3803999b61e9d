/** What EKS keeps of a cluster beside its nodes, as its API tells it. Times are ms since the epoch. */

/** One cause for concern, in the words of the EKS API. */
export interface HealthIssue {
  readonly code: string;
  readonly message: string;
  readonly resourceIds: readonly string[];
}

/** A change of something that EKS keeps, as `aws eks describe-update` tells it. */
export interface EksUpdate {
  readonly id: string;
  readonly type: 'VersionUpdate' | 'VersionRollback' | 'ConfigUpdate' | 'AddonUpdate';
  status: 'InProgress' | 'Failed' | 'Cancelled' | 'Successful';
  /** What it sets, e.g. `ReleaseVersion` or `DesiredSize`. */
  readonly params: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** Why it failed. */
  errors?: readonly {
    readonly errorCode: string;
    readonly errorMessage: string;
    readonly resourceIds?: readonly string[];
  }[];
  /** Pods that a budget keeps are ended all the same. */
  readonly force?: boolean;
  /** By which EKS knows that the same request came twice. */
  readonly clientToken?: string;
}

/** An add-on that EKS keeps. */
export interface Addon {
  readonly name: string;
  version: string;
  status: 'ACTIVE' | 'CREATING' | 'UPDATING' | 'DEGRADED' | 'UPDATE_FAILED';
  /** Empty where its pods take the role of the nodes. */
  readonly roleArn: string;
  readonly configuration: string;
  /** Fields that somebody changed by hand, which an update without a word about it does not touch. */
  conflicts: readonly string[];
  healthIssues: HealthIssue[];
  /** Updates since its creation, in the order of their start. */
  readonly updates: EksUpdate[];
  readonly createdAt: number;
  modifiedAt: number;
}

/** A principal of IAM that may come into a cluster. */
export interface AccessEntry {
  readonly principalArn: string;
  readonly type: 'STANDARD' | 'EC2' | 'EC2_LINUX' | 'FARGATE_LINUX';
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: readonly {
    /** What stands between `AmazonEKS` and `Policy`. */
    readonly name: string;
    /** Namespaces; none: the whole cluster. */
    readonly namespaces: readonly string[];
  }[];
  readonly createdAt: number;
}

/** What EKS found out about a cluster. */
export interface ClusterInsight {
  readonly id: string;
  readonly name: string;
  readonly category: 'UPGRADE_READINESS' | 'ROLLBACK_READINESS' | 'MISCONFIGURATION';
  readonly version: string;
  readonly description: string;
  readonly status: 'PASSING' | 'WARNING' | 'ERROR';
  readonly reason: string;
  readonly recommendation: string;
  readonly resources: readonly string[];
  readonly deprecated: readonly {
    readonly usage: string;
    readonly replacedWith: string;
    readonly stopsIn: string;
    readonly clients: readonly { readonly agent: string; readonly requests: number }[];
  }[];
  /** Since when it is so. */
  readonly since: number;
}

/** Which role the pods of a service account become by the agent. */
export interface PodIdentityAssociation {
  /** `a-…` */
  readonly id: string;
  readonly arn: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  roleArn: string;
  targetRoleArn: string;
  disableSessionTags: boolean;
  readonly clientToken: string;
  readonly createdAt: number;
  modifiedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** What an Auto Scaling group did or tried, as `aws autoscaling describe-scaling-activities` tells it. */
export interface ScalingActivity {
  readonly id: string;
  readonly description: string;
  readonly cause: string;
  readonly startedAt: number;
  /** Null while it goes on. */
  endedAt: number | null;
  status: 'InProgress' | 'Successful' | 'Failed';
  /** Why it failed, else empty. */
  readonly message: string;
}

/** What EKS runs of a cluster in Auto Mode. */
export interface AutoMode {
  /** The pools of its own that are on: `general-purpose`, `system`. */
  readonly nodePools: readonly string[];
  readonly nodeRoleArn: string;
}
