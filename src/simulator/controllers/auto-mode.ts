/** EKS Auto Mode: an instance for each node claim, which joins, and goes with the claim. */
import { type EksCluster, type Instance, nodeName } from '../region.ts';
import { capacityOf, instanceType, maxPods } from '../world/instance-types.ts';
import { type Condition, conditionOf, type KubeObject } from '../world/objects.ts';
import { parseQuantity } from '../world/quantity.ts';
import type { World } from '../world/world.ts';
import { retire } from './autoscaling-groups.ts';
import type { Fleet } from './fleet.ts';

const CLAIMS = 'nodeclaims.karpenter.sh';
const POOLS = 'nodepools.karpenter.sh';
const POOL = 'karpenter.sh/nodepool';
const TYPE = 'node.kubernetes.io/instance-type';

/** What of a node claim says what is launched. */
interface Claim extends KubeObject {
  readonly spec: {
    readonly nodeClassRef: { readonly name: string };
    readonly requirements: readonly { readonly key: string; readonly values: readonly string[] }[];
  };
}

/** Launches what claims ask for, in a cluster whose Auto Mode is on. */
export function startAutoMode(fleet: Fleet): void {
  const { world } = fleet;
  const { store, cluster } = world;
  if (cluster.autoMode === undefined) return;
  store.subscribe(CLAIMS, ({ type, object }) => {
    const claim = object as Claim;
    if (type === 'ADDED') launch(fleet, claim);
    if (type === 'DELETED')
      for (const instance of instancesOf(cluster))
        if (instance.claim?.name === object.metadata.name) retire(fleet, instance);
    if (type !== 'MODIFIED') countPool(world, object.metadata.labels?.[POOL] ?? '');
  });
  store.subscribe('nodes', ({ type, object }) => {
    const instance = cluster.instances.get(object.metadata.name);
    if (type === 'DELETED' || instance?.claim === undefined) return;
    const isReady = conditionOf(object.status.conditions, 'Ready')?.status === 'True';
    tell(world, instance, isReady ? 'ready' : 'registered');
  });
}

const instancesOf = ({ instances }: EksCluster): readonly Instance[] => [...instances.values()];

function launch(fleet: Fleet, { metadata, spec }: Claim): void {
  const { world } = fleet;
  const [type = ''] = spec.requirements.find(({ key }) => key === TYPE)?.values ?? [];
  const claim = {
    name: metadata.name,
    pool: metadata.labels?.[POOL] ?? '',
    nodeClass: spec.nodeClassRef.name,
  };
  tell(world, fleet.launchFor(claim, { type, subnetId: emptiest(world.cluster) }), 'launched');
}

/** The subnet with the fewest nodes of Auto Mode, so that zones are even. */
function emptiest(cluster: EksCluster): string {
  const count = (id: string): number =>
    instancesOf(cluster).filter(({ subnetId, claim }) => claim !== undefined && subnetId === id)
      .length;
  const ids = cluster.subnets.filter((each) => !each.public).map(({ id }) => id);
  return [...ids].sort((a, b) => count(a) - count(b))[0] ?? '';
}

const STEPS = ['launched', 'registered', 'ready'] as const;
type StepName = (typeof STEPS)[number];

/** Writes how far a claim is: each step once. */
function tell(world: World, instance: Instance, step: StepName): void {
  const { store, clock } = world;
  const claim = store.get(CLAIMS, '', instance.claim?.name ?? '');
  if (claim === undefined) return;
  const { conditions: before = [] } = (claim.status ?? {}) as {
    readonly conditions?: readonly Condition[];
  };
  const reached = STEPS.indexOf(step);
  const conditions = (
    [
      ['Launched', 0],
      ['Registered', 1],
      ['Initialized', 2],
      ['Ready', 2],
    ] as const
  ).map(([type, at]): Condition => {
    const known = conditionOf(before, type);
    const status = reached >= at ? 'True' : 'Unknown';
    if (known?.status === status || known?.status === 'True') return known;
    return {
      ...{ type, status, observedGeneration: 1, lastTransitionTime: clock.stamp() },
      ...(status === 'True'
        ? { reason: type, message: '' }
        : { reason: 'NodeNotFound', message: 'Node not registered with cluster' }),
    };
  });
  if (conditions.every((each) => before.includes(each))) return;
  const type = instanceType(instance.type);
  store.update(CLAIMS, {
    ...claim,
    metadata: {
      ...claim.metadata,
      labels: {
        ...claim.metadata.labels,
        [TYPE]: instance.type,
        'karpenter.sh/capacity-type': 'on-demand',
        'topology.kubernetes.io/zone': instance.zone.name,
      },
    },
    status: {
      ...{ imageID: instance.imageId, ...capacityOf(type, maxPods(type, true)) },
      providerID: `aws:///${instance.zone.name}/${instance.id}`,
      ...(reached > 0 && { nodeName: nodeName(instance) }),
      conditions,
    },
  });
}

/** What the nodes of a pool have together. */
function countPool(world: World, name: string): void {
  const { store, cluster } = world;
  const pool = store.get(POOLS, '', name);
  if (pool === undefined) return;
  const claims = new Set(
    store
      .list(CLAIMS)
      .filter(({ metadata }) => metadata.labels?.[POOL] === name)
      .map(({ metadata }) => metadata.name),
  );
  const capacities = instancesOf(cluster)
    .filter(({ claim }) => claim !== undefined && claims.has(claim.name))
    .map(({ type }) => capacityOf(instanceType(type), maxPods(instanceType(type), true)).capacity);
  const sum = (resource: string): number =>
    capacities.reduce((total, each) => total + parseQuantity(each[resource]), 0);
  store.update(POOLS, {
    ...pool,
    status: {
      ...pool.status,
      nodes: claims.size,
      resources: {
        cpu: String(sum('cpu')),
        memory: `${Math.round(sum('memory') / 1024)}Ki`,
        nodes: String(claims.size),
        pods: String(sum('pods')),
      },
    },
  });
}
