import type { World } from '../world/world.ts';
import { startAddons } from './addons.ts';
import { startAutoMode } from './auto-mode.ts';
import { startAutoProvisioning } from './auto-provisioning.ts';
import { startAutoScalingGroups } from './autoscaling-groups.ts';
import { startClusterUpdates } from './cluster-updates.ts';
import { startCronJobs } from './cronjob.ts';
import { startCordons } from './drain.ts';
import { startCustomResources } from './custom-resources.ts';
import { startDaemonSets } from './daemonset.ts';
import { startDeployments } from './deployment.ts';
import { startDisruptionBudgets } from './disruption.ts';
import { startEndpoints } from './endpoints.ts';
import { startLegacyEndpoints } from './legacy-endpoints.ts';
import { startFargate } from './fargate.ts';
import { startFargateProfiles } from './fargate-profiles.ts';
import { Fleet } from './fleet.ts';
import { startGarbageCollector } from './garbage.ts';
import { startHeartbeats } from './heartbeat.ts';
import { startHpas } from './hpa.ts';
import { startJobs } from './job.ts';
import { Kubelet } from './kubelet.ts';
import { startNodegroupUpdates } from './nodegroup-updates.ts';
import { startNamespaces } from './namespaces.ts';
import { startQuotas } from './quotas.ts';
import { startReplicaSets } from './replicaset.ts';
import { startScheduler } from './scheduler.ts';
import { startServiceBalancers } from './service-balancers.ts';
import { startStatefulSets } from './statefulset.ts';

/**
 * Starts everything that makes a cluster move. What runs by the clock rather than by a change
 * begins at `since` (ms): years of heartbeats before the present would interest nobody.
 */
export function startControllers(world: World, since: number): Fleet {
  const fleet = new Fleet(world);
  startNamespaces(world);
  startDeployments(world);
  startReplicaSets(world);
  startStatefulSets(world);
  startDaemonSets(world);
  startJobs(world);
  startCronJobs(world, since);
  startScheduler(world);
  startFargate(world);
  startFargateProfiles(world);
  startAddons(world);
  new Kubelet(world);
  startEndpoints(world);
  startLegacyEndpoints(world);
  startServiceBalancers(world);
  startDisruptionBudgets(world);
  startQuotas(world);
  startGarbageCollector(world);
  startCustomResources(world);
  startCordons(world);
  // Autoscalers and kubelets say much: minutes of it are history enough.
  startHpas(world, world.clock.epoch - 10 * 60_000);
  startHeartbeats(world, world.clock.epoch - 60_000);
  startAutoScalingGroups(fleet, since);
  startAutoMode(fleet);
  startAutoProvisioning(fleet, world.clock.epoch);
  startNodegroupUpdates(fleet, since);
  startClusterUpdates(world, since);
  return fleet;
}
