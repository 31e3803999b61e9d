/** EKS Auto Mode: the pools that EKS keeps, one of the team's own that is not ready, and their nodes. */
import type { Fleet } from '../controllers/fleet.ts';
import type { AutoMode } from '../region.ts';
import type { World } from '../world/world.ts';
import { BUILT_IN, classRef, newerThan, plantClaim, type Pool } from './auto-pools.ts';
import { plantCustom, plantDefinition } from './definitions.ts';
import { NODE_DEFINITIONS, requirement } from './karpenter.ts';

const HOUR = 3_600_000;

const CLASSES = 'nodeclasses.eks.amazonaws.com';
const POOLS = 'nodepools.karpenter.sh';

/** What EKS keeps itself. */
const OF_EKS = { 'app.kubernetes.io/managed-by': 'eks' };

/** What the pods need together that the first nodes were launched for. */
const SMALL = { cpu: 0.95, memory: 1580 * 1024 ** 2, pods: 9 };

/** How many nodes each of them has launched. */
const NODES: Readonly<Record<string, number>> = { 'general-purpose': 2, system: 1 };

/** Turns Auto Mode on, so many hours before the present, and lets its pools launch nodes since. */
export function plantAutoMode(fleet: Fleet, autoMode: AutoMode, hoursAgo: number): void {
  const { world } = fleet;
  const { clock } = world;
  const at = (hours: number, fn: () => void): void =>
    void clock.after(clock.epoch - hours * HOUR - clock.now(), fn);
  const pools = autoMode.nodePools.flatMap((name): [string, Pool][] => {
    const pool = BUILT_IN[name];
    return pool ? [[name, pool]] : [];
  });
  for (const [name, { taints }] of pools) fleet.traits.set(name, { labels: {}, taints });
  at(hoursAgo, () => {
    for (const each of [...NODE_DEFINITIONS, CLASS_DEFINITION])
      plantDefinition(world, { ...each, ageDays: 0 });
    plantClasses(world, autoMode);
    for (const [name, pool] of pools) plantPool(world, name, pool);
    plantBatch(world);
  });
  for (const [name, pool] of pools) {
    const count = NODES[name] ?? 0;
    for (let i = 0; i < count; i++)
      at((hoursAgo * (count - i)) / (count + 1), () =>
        plantClaim(world, name, world.random.pick(pool.types), SMALL),
      );
  }
}

const CLASS_DEFINITION = {
  group: 'eks.amazonaws.com',
  names: { plural: 'nodeclasses', kind: 'NodeClass' },
  columns: [
    'Role .spec.role',
    'Ready .status.conditions[?(@.type=="Ready")].status',
    'Age .metadata.creationTimestamp date',
  ],
  fields: {
    spec: {
      type: 'object',
      description: 'How EKS launches instances.',
      'x-kubernetes-preserve-unknown-fields': true,
    },
    status: {
      type: 'object',
      description: 'What EKS found.',
      'x-kubernetes-preserve-unknown-fields': true,
    },
  },
};

const nodeClass = (role: string, subnetSelectorTerms: readonly object[], group: string) => ({
  role,
  subnetSelectorTerms,
  securityGroupSelectorTerms: [{ id: group }],
  ephemeralStorage: { size: '80Gi', iops: 3000, throughput: 125 },
  networkPolicy: 'DefaultAllow',
  networkPolicyEventLogs: 'Disabled',
  snatPolicy: 'Random',
});

function plantClasses(world: World, { nodeRoleArn }: AutoMode): void {
  const { cluster } = world;
  const role = nodeRoleArn.slice(nodeRoleArn.lastIndexOf('/') + 1);
  const group = cluster.clusterSecurityGroupId;
  const found = cluster.subnets
    .filter((subnet) => !subnet.public)
    .map(({ id, zone }) => ({ id, zone: zone.name, zoneID: zone.id }));
  const securityGroups = [{ id: group, name: `eks-cluster-sg-${cluster.name}` }];
  const instanceProfile = `eks-${cluster.name}-${cluster.oidcIssuer.slice(-8).toLowerCase()}`;
  plantCustom(world, {
    ...{ of: CLASSES, name: 'default', labels: OF_EKS, ageMinutes: 0 },
    spec: nodeClass(
      role,
      found.map(({ id }) => ({ id })),
      group,
    ),
    status: { subnets: found, securityGroups, instanceProfile },
    conditions: [
      'SubnetsReady True SubnetsReady',
      'SecurityGroupsReady True SecurityGroupsReady',
      'InstanceProfileReady True InstanceProfileReady',
      'ValidationSucceeded True ValidationSucceeded',
      'Ready True Ready',
    ],
  });
  plantCustom(world, {
    ...{ of: CLASSES, name: 'batch', ageMinutes: 0 },
    spec: nodeClass(role, [{ tags: { workload: 'batch' } }], group),
    status: { securityGroups },
    conditions: [
      'SubnetsReady False SubnetsNotFound SubnetSelector did not match any Subnets',
      'SecurityGroupsReady True SecurityGroupsReady',
      'InstanceProfileReady True InstanceProfileReady',
      'ValidationSucceeded Unknown DependenciesNotReady Awaiting Instance Profile, Security Group, and Subnet resolution',
      'Ready False UnhealthyDependents SubnetsReady=False, ValidationSucceeded=Unknown',
    ],
  });
}

const disruption = {
  consolidationPolicy: 'WhenEmptyOrUnderutilized',
  consolidateAfter: '30s',
  budgets: [{ nodes: '10%' }],
};

function plantPool(world: World, name: string, { taints, requirements }: Pool): void {
  plantCustom(world, {
    ...{ of: POOLS, name, labels: OF_EKS, ageMinutes: 0 },
    spec: {
      disruption,
      template: {
        spec: {
          nodeClassRef: classRef('default'),
          requirements,
          ...(taints.length > 0 && { taints }),
          ...{ expireAfter: '336h', terminationGracePeriod: '24h0m0s' },
        },
      },
    },
    conditions: [
      'ValidationSucceeded True ValidationSucceeded',
      'NodeClassReady True NodeClassReady',
      'NodeRegistrationHealthy True NodeRegistrationHealthy',
      'Ready True Ready',
    ],
  });
}

/** One of the team's own, of a class that finds no subnets. */
function plantBatch(world: World): void {
  plantCustom(world, {
    ...{ of: POOLS, name: 'batch', ageMinutes: 0 },
    spec: {
      disruption,
      limits: { cpu: '32' },
      template: {
        spec: {
          nodeClassRef: classRef('batch'),
          requirements: [requirement('karpenter.sh/capacity-type', 'spot'), newerThan('5')],
          expireAfter: '336h',
        },
      },
    },
    conditions: [
      'ValidationSucceeded True ValidationSucceeded',
      'NodeClassReady False NodeClassNotReady NodeClass is not ready',
      'Ready False UnhealthyDependents NodeClassReady=False',
    ],
  });
}
