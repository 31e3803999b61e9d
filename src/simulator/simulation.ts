import {
  addCluster,
  addFargateProfile,
  addNodegroup,
  addSelfManaged,
  emptyRegion,
} from './catalog/region.ts';
import { conflict } from './catalog/addons.ts';
import { plantAutoMode } from './catalog/auto-mode.ts';
import { addAppRoles } from './catalog/iam.ts';
import { addPrometheus } from './catalog/prometheus.ts';
import { addAssociation } from './catalog/pod-identity.ts';
import { productionApps, stagingApps } from './catalog/apps.ts';
import { plantLater } from './catalog/later.ts';
import { plantCluster } from './catalog/seed.ts';
import type { App } from './catalog/app.ts';
import type { GroupHistory } from './catalog/seed.ts';
import { SimulatedClock } from './clock.ts';
import { startControllers } from './controllers/index.ts';
import type { Fleet } from './controllers/fleet.ts';
import { latticeOf } from './controllers/lattice.ts';
import { loadBalancersOf } from './controllers/load-balancers.ts';
import { startLogArchive } from './controllers/log-archive.ts';
import { controlPlaneLogs } from './logs/control-plane.ts';
import { startMetrics } from './metrics/index.ts';
import { Random } from './random.ts';
import type { EksCluster, Region } from './region.ts';
import { volumesOf } from './controllers/volumes.ts';
import { World } from './world/world.ts';

export interface SimulationOptions {
  readonly seed: number;
  /** The present, in ms: where the clock stands when {@link createSimulation} returns. */
  readonly now: number;
  /** How much faster than the wall the region lives. */
  readonly speed: number;
  /** Nodes and pods of shop-prod, about. */
  readonly nodes: number;
  readonly pods: number;
  /** PEM, base64. */
  readonly caData: string;
  /** A scenario may change what the apps are before the past begins. */
  readonly adapt?: (apps: App[]) => App[];
}

/** One cluster that lives. */
export interface LiveCluster {
  readonly world: World;
  readonly fleet: Fleet;
}

export interface Simulation {
  readonly region: Region;
  readonly clock: SimulatedClock;
  readonly clusters: readonly LiveCluster[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** More pods than this (with what the CNI keeps warm beside them) need more than one block of a VPC. */
const VAST = 20_000;
/** How long before the present the clockwork starts: events reach back an hour. */
const WARM_UP = 75 * 60_000;

/** Builds the region and runs its past up to the present. */
export function createSimulation(options: SimulationOptions): Simulation {
  const { seed, now, speed } = options;
  const clock = new SimulatedClock(now - 40 * DAY, now, speed);
  const random = new Random(seed);
  const region = emptyRegion();
  const prod = production(region, clock, random.fork('prod'), options);
  const clusters = [prod, staging(region, clock, random.fork('staging'), options)];
  addPrometheus(region, now);
  clock.advanceTo(now);
  plantLater(
    clusters.map(({ world }) => world),
    prod.world,
  );
  return { region, clock, clusters };
}

/** How clusters differ beneath what runs on them. */
interface Traits {
  readonly prefixDelegation: boolean;
  /** What its containers use is sent to CloudWatch. */
  readonly containerInsights: boolean;
}

function live(
  region: Region,
  cluster: EksCluster,
  clock: SimulatedClock,
  random: Random,
  { prefixDelegation, containerInsights }: Traits,
): LiveCluster {
  const world = new World({ region, cluster, clock, random, prefixDelegation });
  cluster.loadBalancers = () => loadBalancersOf(world);
  cluster.lattice = () => latticeOf(world);
  cluster.volumes = () => volumesOf(world);
  const archive = startLogArchive(world);
  cluster.logGroups = () => [...controlPlaneLogs(region, cluster, clock.date()), ...archive()];
  Object.assign(cluster, startMetrics(world, clock.epoch - WARM_UP, containerInsights));
  return { world, fleet: startControllers(world, clock.epoch - WARM_UP) };
}

function production(
  region: Region,
  clock: SimulatedClock,
  random: Random,
  { now, nodes, pods, caData, adapt = (apps) => apps }: SimulationOptions,
): LiveCluster {
  const cluster = addCluster(
    region,
    {
      name: 'shop-prod',
      version: '1.35',
      platformVersion: 'eks.12',
      ageDays: 412,
      network: 0,
      subnetBits: pods > VAST ? 16 : 18,
      supportType: 'STANDARD',
      tags: { environment: 'production', team: 'platform', 'cost-center': '4711' },
    },
    now,
  );
  cluster.caData = caData;
  const fargate = Math.min(6, Math.floor(nodes / 8));
  const ec2 = nodes - fargate;
  const share = (part: number): number => Math.max(1, Math.round(part * ec2));
  const counts = { system: share(0.11), spot: share(0.27), data: share(0.11), batch: share(0.1) };
  const general = Math.max(1, ec2 - counts.system - counts.spot - counts.data - counts.batch);
  const scaling = (desired: number): { min: number; max: number; desired: number } => ({
    min: Math.max(1, Math.floor(desired * 0.6)),
    max: Math.ceil(desired * 1.6),
    desired,
  });
  const group = (
    name: string,
    count: number,
    capacityType: 'ON_DEMAND' | 'SPOT',
    instanceTypes: readonly string[],
    extra: {
      taints?: readonly { key: string; value: string; effect: string }[];
      age?: number;
      replacedWithin?: number;
    } = {},
  ): GroupHistory => ({
    group: addNodegroup(
      region,
      cluster,
      {
        name,
        capacityType,
        instanceTypes,
        scaling: scaling(count),
        labels: { 'shop.example.com/pool': name },
        ...(extra.taints && { taints: extra.taints }),
        ageDays: 390,
      },
      now,
    ),
    count,
    age: extra.age ?? 336,
    ...(extra.replacedWithin !== undefined && { replacedWithin: extra.replacedWithin }),
  });
  const groups = [
    group('system', counts.system, 'ON_DEMAND', ['m6i.large']),
    group('general', general, 'ON_DEMAND', ['m6i.xlarge', 'm7i.xlarge']),
    group(
      'spot',
      counts.spot,
      'SPOT',
      ['c6i.2xlarge', 'm5.2xlarge', 'm5a.2xlarge', 'c7i.2xlarge'],
      {
        taints: [{ key: 'shop.example.com/spot', value: 'true', effect: 'NO_SCHEDULE' }],
        replacedWithin: 44,
      },
    ),
    group('data', counts.data, 'ON_DEMAND', ['r6i.2xlarge'], {
      taints: [{ key: 'dedicated', value: 'data', effect: 'NO_SCHEDULE' }],
    }),
  ];
  const batch = addSelfManaged(
    cluster,
    {
      name: 'shop-prod-batch-workers',
      instanceTypes: ['m5.2xlarge'],
      min: 2,
      max: 12,
      desired: counts.batch,
      ageDays: 201,
    },
    now,
  );
  groups.push({ group: batch, count: counts.batch, age: 700 });
  addFargateProfile(
    region,
    cluster,
    'notifications',
    [{ namespace: 'notifications', labels: { compute: 'fargate' } }],
    now,
  );
  addFargateProfile(region, cluster, 'previews', [{ namespace: 'preview-*', labels: {} }], now);
  const result = live(region, cluster, clock, random, {
    prefixDelegation: false,
    containerInsights: true,
  });
  result.fleet.traits.set(batch.name, { labels: { 'shop.example.com/pool': 'batch' }, taints: [] });
  const apps = adapt(productionApps(region, pods, ec2));
  addAppRoles(region, cluster, apps);
  const roleArn = `arn:aws:iam::${region.accountId}:role/${cluster.name}-pod-identity`;
  addAssociation(
    region,
    cluster,
    { namespace: 'catalog', serviceAccount: 'catalog-api', roleArn },
    now - 90 * DAY,
  );
  plantCluster(result.fleet, apps, groups);
  return result;
}

function staging(
  region: Region,
  clock: SimulatedClock,
  random: Random,
  { now, caData }: SimulationOptions,
): LiveCluster {
  const cluster = addCluster(
    region,
    {
      name: 'shop-staging',
      version: '1.34',
      platformVersion: 'eks.19',
      ageDays: 377,
      network: 1,
      subnetBits: 22,
      supportType: 'EXTENDED',
      tags: { environment: 'staging', team: 'platform' },
      ...{ selfManaged: ['kube-proxy'], autoMode: ['general-purpose', 'system'] },
    },
    now,
  );
  cluster.caData = caData;
  const plan = {
    capacityType: 'ON_DEMAND',
    labels: { 'shop.example.com/pool': 'general' },
    ageDays: 300,
  } as const;
  const workers = addNodegroup(
    region,
    cluster,
    {
      ...plan,
      name: 'workers',
      instanceTypes: ['t3.large', 'm6i.large'],
      scaling: { min: 2, max: 8, desired: 5 },
    },
    now,
  );
  const arm = addNodegroup(
    region,
    cluster,
    {
      ...plan,
      name: 'workers-arm',
      instanceTypes: ['m7g.xlarge'],
      scaling: { min: 0, max: 6, desired: 4 },
    },
    now,
  );
  starve(cluster, arm.name);
  conflict(cluster, 'metrics-server', ['Deployment.apps metrics-server - .spec.replicas']);
  const result = live(region, cluster, clock, random, {
    prefixDelegation: true,
    // Its agent sends logs only.
    containerInsights: false,
  });
  result.fleet.starved.add(arm.name);
  if (cluster.autoMode) plantAutoMode(result.fleet, cluster.autoMode, 11 * 24);
  const apps = stagingApps(region, cluster.name, cluster.version);
  addAppRoles(region, cluster, apps);
  plantCluster(result.fleet, apps, [
    { group: workers, count: 5, age: 340 },
    { group: arm, count: 3, age: 330 },
  ]);
  return result;
}

/** What EKS says of a group for which EC2 has no capacity. */
function starve(cluster: EksCluster, asgName: string): void {
  const group = cluster.nodegroups.find((each) => each.asgName === asgName);
  if (!group) return;
  group.status = 'DEGRADED';
  group.healthIssues.push({
    code: 'AsgInstanceLaunchFailures',
    message:
      'Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient m7g.xlarge capacity in the Availability Zone you requested (eu-central-1c). Launching EC2 instance failed.',
    resourceIds: [asgName],
  });
}
