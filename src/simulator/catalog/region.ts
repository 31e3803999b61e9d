import { Random } from '../random.ts';
import { regionArn } from '../region.ts';
import type {
  AutoScalingGroup,
  EksCluster,
  FargateProfile,
  Nodegroup,
  Region,
  Subnet,
  Zone,
} from '../region.ts';
import { usableAddresses } from '../world/network.ts';
import { entriesOf } from './access-entries.ts';
import { addonsOf } from './addons.ts';
import type { ClusterPlan } from './cluster-plan.ts';
import { forgottenImage } from './images.ts';
import { insightsOf } from './insights.ts';
import { addClusterIdentity, emptyIam } from './iam.ts';
import { formerRelease } from './releases.ts';
import { plantServiceInterfaces } from './service-interfaces.ts';

const DAY = 86_400_000;

const ZONES: readonly Zone[] = [
  { name: 'eu-central-1a', id: 'euc1-az2' },
  { name: 'eu-central-1b', id: 'euc1-az3' },
  { name: 'eu-central-1c', id: 'euc1-az1' },
];

/** What an account has enabled by itself. */
const ENABLED: readonly string[] = [
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1'],
  ...['ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2'],
  ...['eu-west-3', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
];

/** A region without clusters: its account, its zones, its one access key. */
export function emptyRegion(
  name = 'eu-central-1',
  accountId = '111122223333',
  accessKeyId = 'AKIAEKSCOPEDEMOEXMPL',
): Region {
  return {
    partition: 'aws',
    name,
    accountId,
    caller: {
      arn: `arn:aws:sts::${accountId}:assumed-role/ShopOperator/demo`,
      userId: 'AROA3XFRBF23EXAMPLE00:demo',
    },
    // Keys in the shape of AWS's own documentation examples: they open nothing but this region.
    credentials: {
      accessKeyId,
      secretAccessKey: 'simulated-region-only-this-is-not-a-real-key',
    },
    ...{ sessions: new Map(), trail: [] },
    zones: ZONES,
    enabledRegions: ENABLED,
    ...{ clusters: [], fileSystems: [], hostedZones: [], buckets: [], images: [] },
    prometheus: { workspaces: [], scrapers: [] },
    iam: emptyIam(accountId),
    callerPolicy: { allow: ['*'], deny: [] },
  };
}

/** Adds a cluster with its network; groups follow by {@link addNodegroup} and its siblings. */
export function addCluster(region: Region, plan: ClusterPlan, now: number): EksCluster {
  const random = new Random(plan.name);
  const vpcId = `vpc-0${random.hex(16)}`;
  const base = `10.${plan.network}`;
  const isVast = plan.subnetBits < 18;
  const step = isVast ? 0 : 2 ** (24 - plan.subnetBits);
  const block = (i: number): string => (isVast ? `100.${64 + i}.0.0` : `${base}.${i * step}.0`);
  const subnet = (zone: Zone, cidr: string, open: boolean): Subnet => ({
    id: `subnet-0${random.hex(16)}`,
    name: `${plan.name}-${open ? 'public' : 'private'}-${zone.name}`,
    vpcId,
    zone,
    cidr,
    public: open,
    availableIps: usableAddresses(cidr),
    tags: {
      Name: `${plan.name}-${open ? 'public' : 'private'}-${zone.name}`,
      [`kubernetes.io/cluster/${plan.name}`]: 'shared',
      [open ? 'kubernetes.io/role/elb' : 'kubernetes.io/role/internal-elb']: '1',
    },
  });
  const id = random.hex(32).toUpperCase();
  const cluster: EksCluster = {
    name: plan.name,
    arn: regionArn(region, 'eks', `cluster/${plan.name}`),
    version: plan.version,
    platformVersion: plan.platformVersion,
    status: 'ACTIVE',
    createdAt: now - plan.ageDays * DAY,
    updates: [],
    endpoint: '',
    caData: '',
    roleArn: `arn:aws:iam::${region.accountId}:role/${plan.name}-cluster`,
    oidcIssuer: `https://oidc.eks.${region.name}.amazonaws.com/id/${id}`,
    healthIssues: [],
    access: {
      endpointPublic: plan.endpointPrivateOnly !== true,
      endpointPrivate: true,
      publicCidrs: plan.endpointPrivateOnly ? [] : ['203.0.113.0/24'],
      authenticationMode: 'API_AND_CONFIG_MAP',
    },
    supportType: plan.supportType,
    ...(plan.autoMode && {
      autoMode: {
        nodePools: plan.autoMode,
        nodeRoleArn: `arn:aws:iam::${region.accountId}:role/${plan.name}-auto-node`,
      },
    }),
    loggingTypes: ['api', 'audit', 'authenticator'],
    serviceCidr: `172.${20 + plan.network}.0.0/16`,
    tags: plan.tags,
    vpcId,
    clusterSecurityGroupId: `sg-0${random.hex(16)}`,
    subnets: [
      ...ZONES.map((zone, i) => subnet(zone, `${block(i)}/${plan.subnetBits}`, false)),
      ...ZONES.map((zone, i) => subnet(zone, `${base}.${3 * step + i}.0/24`, true)),
    ],
    nodegroups: [],
    fargateProfiles: [],
    addons: addonsOf(region, plan, now),
    podIdentityAssociations: [],
    accessEntries: [],
    insights: [],
    autoScalingGroups: [],
    instances: new Map(),
    fargateInterfaces: new Map(),
    serviceInterfaces: new Map(),
    ...{ loadBalancers: () => [], lattice: () => [], volumes: () => [] },
    ...{ logGroups: () => [], metrics: () => [], series: () => [] },
  };
  plantServiceInterfaces(cluster);
  region.clusters.push(cluster);
  addClusterIdentity(region, cluster);
  cluster.accessEntries.push(...entriesOf(region, cluster));
  cluster.insights.push(...insightsOf(cluster, now));
  return cluster;
}

/** The ids of the subnets that nodes and Fargate pods live in. */
function privateSubnets(cluster: EksCluster): string[] {
  return cluster.subnets.filter((each) => !each.public).map((each) => each.id);
}

export interface NodegroupPlan {
  readonly name: string;
  readonly capacityType: 'ON_DEMAND' | 'SPOT';
  readonly instanceTypes: readonly string[];
  readonly scaling: { readonly min: number; readonly max: number; readonly desired: number };
  readonly labels: Readonly<Record<string, string>>;
  readonly taints?: Nodegroup['taints'];
  readonly ageDays: number;
  /** Zones by their place in the region; all when absent. */
  readonly zones?: readonly number[];
}

/** Adds a managed node group and its Auto Scaling group, empty so far. */
export function addNodegroup(
  region: Region,
  cluster: EksCluster,
  plan: NodegroupPlan,
  now: number,
): AutoScalingGroup {
  const random = new Random(`${cluster.name}/${plan.name}`);
  const uuid = random.uuid();
  const asgName = `eks-${plan.name}-${uuid}`;
  const arm = plan.instanceTypes.every((type) => /^[a-z]+\dg/.test(type));
  const subnetIds = privateSubnets(cluster).filter((_, i) => plan.zones?.includes(i) ?? true);
  const createdAt = now - plan.ageDays * DAY;
  cluster.nodegroups.push({
    name: plan.name,
    arn: regionArn(region, 'eks', `nodegroup/${cluster.name}/${plan.name}/${uuid}`),
    status: 'ACTIVE',
    version: cluster.version,
    releaseVersion: formerRelease(cluster.version),
    rolling: null,
    amiType: arm ? 'AL2023_ARM_64_STANDARD' : 'AL2023_x86_64_STANDARD',
    capacityType: plan.capacityType,
    instanceTypes: plan.instanceTypes,
    scaling: { ...plan.scaling },
    subnetIds,
    labels: plan.labels,
    taints: plan.taints ?? [],
    asgName,
    nodeRoleArn: `arn:aws:iam::${region.accountId}:role/${cluster.name}-node`,
    diskSize: 80,
    launchTemplate: { id: `lt-0${random.hex(16)}`, name: asgName, version: '7' },
    maxUnavailable: 1,
    repair: false,
    healthIssues: [],
    updates: [],
    createdAt,
    modifiedAt: createdAt + 3 * DAY,
    tags: cluster.tags,
  });
  return addGroup(cluster, {
    name: asgName,
    nodegroup: plan.name,
    launchTemplate: null,
    ...plan.scaling,
    instanceTypes: plan.instanceTypes,
    subnetIds,
    createdAt,
    tags: {
      'eks:cluster-name': cluster.name,
      'eks:nodegroup-name': plan.name,
      'k8s.io/cluster-autoscaler/enabled': 'true',
    },
  });
}

/** Adds an Auto Scaling group that no managed node group stands over. */
export function addSelfManaged(
  cluster: EksCluster,
  plan: {
    readonly name: string;
    readonly instanceTypes: readonly string[];
    readonly min: number;
    readonly max: number;
    readonly desired: number;
    readonly ageDays: number;
    readonly market?: 'spot';
  },
  now: number,
): AutoScalingGroup {
  const random = new Random(`${cluster.name}/${plan.name}`);
  const template = { id: `lt-0${random.hex(16)}`, imageId: forgottenImage(cluster.version).id };
  return addGroup(cluster, {
    name: plan.name,
    nodegroup: null,
    launchTemplate: { ...template, version: '3', market: plan.market ?? null },
    min: plan.min,
    max: plan.max,
    desired: plan.desired,
    instanceTypes: plan.instanceTypes,
    subnetIds: privateSubnets(cluster),
    createdAt: now - plan.ageDays * DAY,
    tags: { Name: plan.name },
  });
}

/** Adds a Fargate profile. */
export function addFargateProfile(
  region: Region,
  cluster: EksCluster,
  name: string,
  selectors: FargateProfile['selectors'],
  now: number,
): void {
  cluster.fargateProfiles.push({
    name,
    arn: regionArn(
      region,
      'eks',
      `fargateprofile/${cluster.name}/${name}/${new Random(name).uuid()}`,
    ),
    clientToken: '',
    status: 'ACTIVE',
    selectors,
    subnetIds: privateSubnets(cluster),
    podExecutionRoleArn: `arn:aws:iam::${region.accountId}:role/${cluster.name}-fargate-pods`,
    createdAt: now - 160 * DAY,
    tags: cluster.tags,
  });
}

function addGroup(
  cluster: EksCluster,
  group: Omit<AutoScalingGroup, 'instanceIds' | 'activities' | 'zones'>,
): AutoScalingGroup {
  const zones = cluster.subnets
    .filter((subnet) => group.subnetIds.includes(subnet.id))
    .map((subnet) => subnet.zone.name);
  const full: AutoScalingGroup = {
    ...group,
    zones,
    instanceIds: new Set(),
    activities: [],
    tags: { [`kubernetes.io/cluster/${cluster.name}`]: 'owned', ...group.tags },
  };
  cluster.autoScalingGroups.push(full);
  return full;
}
