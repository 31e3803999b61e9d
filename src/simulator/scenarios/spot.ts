/** A day on which AWS is short: Spot is taken back again and again, and Karpenter gets nothing new. */
import { plantCustom } from '../catalog/definitions.ts';
import type { LiveCluster } from '../simulation.ts';
import type { Scenario } from './scenario.ts';
import { interruptSpot, startDay } from './steady.ts';

export const spot: Scenario = { name: 'spot', start };

const MINUTE = 60_000;
const CLAIMS = 'nodeclaims.karpenter.sh';
const POOL = 'burst';

function start(cluster: LiveCluster): void {
  startDay(cluster);
  const { clock, store } = cluster.world;
  clock.after(8_000, () => interruptSpot(cluster));
  clock.every(90_000, () => interruptSpot(cluster));
  clock.after(4_000, () => rebalance(cluster));
  // Only one of the clusters has Karpenter.
  if (store.get('customresourcedefinitions', '', CLAIMS) === undefined) return;
  clock.after(6_000, () => claimInVain(cluster));
  clock.every(MINUTE, () => claimInVain(cluster));
}

/** EC2 finds that a Spot instance is at a higher risk; whoever hears it says so of the node. */
function rebalance({ world }: LiveCluster): void {
  const taken = [...world.cluster.instances.values()].find(
    ({ lifecycle, state }) => lifecycle === 'spot' && state === 'running',
  );
  const node = taken && world.store.get('nodes', '', taken.privateDnsName);
  if (!node) return;
  world.recorder.record('nodes', node, {
    type: 'Normal',
    reason: 'SpotRebalanceRecommendation',
    message: `Spot rebalance recommendation was triggered`,
    component: 'karpenter',
  });
}

/** A claim for which EC2 has nothing: Karpenter says so, and takes it away at once. */
function claimInVain({ world }: LiveCluster): void {
  const { store, recorder, clock, cluster } = world;
  const [zone] = cluster.subnets.map(({ zone: { name } }) => name);
  const name = `${POOL}-${world.random.fork(`claims/${clock.now()}`).suffix(5)}`;
  const words = `creating instance, insufficient capacity, with fleet error(s), InsufficientInstanceCapacity: We currently do not have sufficient m7i.2xlarge, c7i.2xlarge capacity in the Availability Zone you requested (${zone ?? ''})`;
  plantCustom(world, {
    ...{ of: CLAIMS, name, labels: { 'karpenter.sh/nodepool': POOL }, ageMinutes: 0 },
    spec: {
      nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
      requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }],
      resources: { requests: { cpu: '7', memory: '24Gi' } },
    },
    conditions: [`Launched Unknown LaunchFailed ${words}`, 'Ready Unknown ReconcilingDependents'],
  });
  const claim = store.get(CLAIMS, '', name);
  if (claim === undefined) return;
  recorder.record(CLAIMS, claim, {
    type: 'Warning',
    reason: 'InsufficientCapacityError',
    message: `NodeClaim ${name} event: ${words}`,
    component: 'karpenter',
  });
  clock.after(20_000, () => store.remove(CLAIMS, '', name));
}
