import type {
  AccessEntry,
  Addon,
  AutoMode,
  ClusterInsight,
  EksUpdate,
  HealthIssue,
  PodIdentityAssociation,
  ScalingActivity,
} from './eks.ts';
import type { Hybrid } from './hybrid.ts';
import type { CallerPolicy, Iam } from './iam.ts';
import type { LoadBalancer } from './balancer.ts';
import type { Image } from './image.ts';
import type { Instance, NetworkInterface, Zone } from './instance.ts';
import type { HostedZone } from './hosted-zone.ts';
import type { LatticeNetwork } from './lattice.ts';
import type { LogGroup } from './log-group.ts';
import type { FileSystem, Volume } from './storage.ts';
import type { MetricSubject } from './metric.ts';
import type { PromService, PromSources } from './prometheus.ts';

export type * from './eks.ts';
export * from './instance.ts';

/**
 * The state of the simulated AWS region, as its AWS APIs tell it. The Kubernetes worlds write it
 * (a node that leaves takes its instance along, a pod's address sits on a network interface here),
 * so that both halves always tell one story. Times are milliseconds since the epoch.
 */
export interface Region {
  readonly partition: 'aws';
  /** `eu-central-1` */
  readonly name: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Who the access key belongs to: what GetCallerIdentity answers. */
  readonly caller: { readonly arn: string; readonly userId: string };
  /** The only access key that the region knows. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Temporary credentials that AssumeRole gave out, by access key id. */
  readonly sessions: Map<string, RoleSession>;
  readonly zones: readonly Zone[];
  /** What DescribeRegions answers: its own among them. */
  readonly enabledRegions: readonly string[];
  readonly clusters: EksCluster[];
  readonly fileSystems: FileSystem[];
  readonly hostedZones: HostedZone[];
  /** Buckets of S3, which may be in other regions. */
  readonly buckets: { readonly name: string; readonly region: string }[];
  /** AMIs of the account's own: those of AWS are in every region. */
  readonly images: Image[];
  readonly prometheus: PromService;
  readonly iam: Iam;
  /** Calls that changed something, oldest first: what CloudTrail tells. */
  readonly trail: TrailRecord[];
  /** What the caller may do; everything else is refused, and SimulatePrincipalPolicy says so. */
  callerPolicy: CallerPolicy;
}

/** A call that changed something. */
export interface TrailRecord {
  readonly id: string;
  readonly at: number;
  /** As signatures name it: `eks`. */
  readonly service: string;
  readonly operation: string;
  /** The ARN of the caller. */
  readonly who: string;
  readonly from: string;
  readonly agent: string;
  /** The input. */
  readonly parameters: unknown;
}

/** An assumed role: who its caller is and how it signs. */
export interface RoleSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** `arn:aws:sts::123456789012:assumed-role/Admin/session` */
  readonly arn: string;
  readonly userId: string;
  readonly expires: number;
}

export interface EksCluster {
  readonly name: string;
  readonly arn: string;
  /** `1.35` */
  version: string;
  /** `eks.12` */
  platformVersion: string;
  status: 'CREATING' | 'ACTIVE' | 'DELETING' | 'FAILED' | 'UPDATING';
  readonly createdAt: number;
  /** Updates of the cluster itself since its creation, in the order of their start. */
  readonly updates: EksUpdate[];
  /** `https://127.0.0.1:PORT`; empty until the API server listens. */
  endpoint: string;
  /** The certificate authority in PEM, base64. */
  caData: string;
  readonly roleArn: string;
  readonly oidcIssuer: string;
  healthIssues: HealthIssue[];
  readonly access: {
    readonly endpointPublic: boolean;
    readonly endpointPrivate: boolean;
    readonly publicCidrs: readonly string[];
    readonly authenticationMode: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  };
  readonly supportType: 'STANDARD' | 'EXTENDED';
  /** Absent: it takes no hybrid nodes. */
  hybrid?: Hybrid;
  /** Absent: Auto Mode is off. */
  readonly autoMode?: AutoMode;
  /** Set for a local cluster on Outposts: the id that tokens for it name. */
  local?: { readonly id: string; readonly outpostArn: string };
  readonly loggingTypes: readonly string[];
  readonly serviceCidr: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly vpcId: string;
  readonly clusterSecurityGroupId: string;
  readonly subnets: Subnet[];
  readonly nodegroups: Nodegroup[];
  readonly fargateProfiles: FargateProfile[];
  readonly addons: Addon[];
  readonly podIdentityAssociations: PodIdentityAssociation[];
  readonly accessEntries: AccessEntry[];
  readonly insights: ClusterInsight[];
  /** Every Auto Scaling group of the cluster: those of managed node groups and the self-managed. */
  readonly autoScalingGroups: AutoScalingGroup[];
  /** Running and recently terminated EC2 instances, by id. */
  readonly instances: Map<string, Instance>;
  /** Interfaces that belong to Fargate pods: in the account, but of no instance of it. */
  readonly fargateInterfaces: Map<string, NetworkInterface>;
  /** Interfaces of the control plane, gateways and load balancers, by id. */
  readonly serviceInterfaces: Map<string, NetworkInterface>;
  /** What its services and ingresses stand behind, as it is at the moment. */
  loadBalancers: () => readonly LoadBalancer[];
  /** The service networks of VPC Lattice that its VPC is in, as they are now. */
  lattice: () => readonly LatticeNetwork[];
  /** What CloudWatch has of its logs, those of its control plane and of its containers. */
  logGroups: () => readonly LogGroup[];
  /** What CloudWatch has measured of it and of what belongs to it. */
  metrics: () => readonly MetricSubject[];
  /** What a Prometheus scrapes of it. */
  series: PromSources;
  /** The EBS volumes of its persistent volumes. */
  volumes: () => readonly Volume[];
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly zone: Zone;
  readonly cidr: string;
  readonly public: boolean;
  /** Addresses that are neither reserved by AWS nor on an interface. */
  availableIps: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A managed node group. */
export interface Nodegroup {
  readonly name: string;
  readonly arn: string;
  status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING' | 'CREATE_FAILED' | 'DEGRADED';
  version: string;
  /** AMI release, `1.35.2-20261105`. */
  releaseVersion: string;
  /** What its new nodes are started with while its version is updated; else null. */
  rolling: { readonly version: string; readonly releaseVersion: string } | null;
  readonly amiType: string;
  readonly capacityType: 'ON_DEMAND' | 'SPOT';
  readonly instanceTypes: readonly string[];
  readonly scaling: { min: number; max: number; desired: number };
  readonly subnetIds: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Effects as EKS spells them: `NO_SCHEDULE`. */
  readonly taints: readonly {
    readonly key: string;
    readonly value: string;
    readonly effect: string;
  }[];
  readonly asgName: string;
  readonly nodeRoleArn: string;
  readonly diskSize: number;
  readonly launchTemplate: { readonly id: string; readonly name: string; readonly version: string };
  readonly maxUnavailable: number;
  /** EKS replaces its broken nodes. */
  repair: boolean;
  healthIssues: HealthIssue[];
  /** Updates since its creation, in the order of their start. */
  readonly updates: EksUpdate[];
  readonly createdAt: number;
  modifiedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface FargateProfile {
  readonly name: string;
  readonly arn: string;
  /** By which EKS knows that the same request came twice; empty for what was always there. */
  readonly clientToken: string;
  status: 'CREATING' | 'ACTIVE' | 'DELETING' | 'CREATE_FAILED';
  readonly selectors: readonly {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  }[];
  readonly subnetIds: readonly string[];
  readonly podExecutionRoleArn: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface AutoScalingGroup {
  readonly name: string;
  /** The managed node group it belongs to; null for a self-managed group. */
  readonly nodegroup: string | null;
  min: number;
  max: number;
  desired: number;
  readonly instanceTypes: readonly string[];
  readonly zones: readonly string[];
  readonly subnetIds: readonly string[];
  readonly instanceIds: Set<string>;
  /** The newest hundred, newest first. */
  readonly activities: ScalingActivity[];
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** What a self-managed group's launch template asks for; null: the group has a policy of its own. */
  launchTemplate: {
    readonly id: string;
    readonly version: string;
    readonly market: 'spot' | null;
    readonly imageId: string;
  } | null;
}

/** The ARN of a resource of the region: `arn:aws:eks:eu-central-1:123456789012:cluster/shop-prod`. */
export function regionArn(
  region: Pick<Region, 'partition' | 'name' | 'accountId'>,
  service: string,
  resource: string,
): string {
  return `arn:${region.partition}:${service}:${region.name}:${region.accountId}:${resource}`;
}
