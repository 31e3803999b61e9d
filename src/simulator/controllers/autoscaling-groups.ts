import { type AutoScalingGroup, type Instance, nodeName } from '../region.ts';
import { cordon, drain } from './drain.ts';
import type { Fleet } from './fleet.ts';
import { noteStarvation } from './scaling-activities.ts';

/**
 * Brings every Auto Scaling group to its desired size, a few instances at a time. Whoever changes
 * `desired` (an UpdateNodegroupConfig call, a Spot replacement) needs to do nothing else.
 */
export function startAutoScalingGroups(fleet: Fleet, since: number): void {
  const { clock, cluster } = fleet.world;
  const tried = new Map<string, number>();
  const starve = (group: AutoScalingGroup): void => {
    if (clock.now() < (tried.get(group.name) ?? -Infinity) + RETRY_MS) return;
    tried.set(group.name, clock.now());
    noteStarvation(fleet.world, group);
  };
  const round = (): void => {
    endUpdates(fleet);
    for (const group of cluster.autoScalingGroups) {
      const staying = [...group.instanceIds].filter((id) => !fleet.leaving.has(id));
      if (staying.length < group.desired) {
        if (fleet.starved.has(group.name)) {
          starve(group);
          continue;
        }
        for (let i = staying.length; i < group.desired; i++) fleet.launch(group);
      } else if (staying.length > group.desired) {
        for (const instance of surplus(fleet, group, staying)) retire(fleet, instance);
      }
    }
  };
  clock.every(8000, round, Math.max(8000, since - clock.now()));
}

/** How long Auto Scaling waits before it asks EC2 again for what it did not have (ms). */
const RETRY_MS = 60_000;

/** How long EKS takes to pass a change of its configuration on to an Auto Scaling group. */
const UPDATE_MS = 20_000;

/** EKS calls a change of the scaling done when the group knows it, not when its nodes have come. */
function endUpdates({ world: { clock, cluster } }: Fleet): void {
  for (const group of cluster.nodegroups) {
    for (const update of group.updates) {
      if (update.type !== 'ConfigUpdate' || update.status !== 'InProgress') continue;
      if ((clock.date() - update.createdAt) * clock.speed < UPDATE_MS) continue;
      update.status = 'Successful';
      group.status = group.healthIssues.length > 0 ? 'DEGRADED' : 'ACTIVE';
    }
  }
}

/** Cordons, drains and terminates an instance; its group counts without it from now on. */
export function retire(fleet: Fleet, instance: Instance, notice = 0): void {
  const name = nodeName(instance);
  fleet.leaving.add(instance.id);
  cordon(fleet.world, name);
  fleet.world.clock.after(notice, () => {
    drain(fleet.world, name, 90_000, () => {
      fleet.leaving.delete(instance.id);
      fleet.terminate(instance);
    });
  });
}

/** The oldest of the zones that have most. */
function surplus(fleet: Fleet, group: AutoScalingGroup, ids: readonly string[]): Instance[] {
  const instances = ids.flatMap((id) => fleet.world.cluster.instances.get(id) ?? []);
  const chosen: Instance[] = [];
  const left = [...instances].sort((a, b) => a.launchedAt - b.launchedAt);
  while (left.length > group.desired) {
    const counts = new Map<string, number>();
    for (const { subnetId } of left) counts.set(subnetId, (counts.get(subnetId) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const at = left.findIndex(({ subnetId }) => counts.get(subnetId) === most);
    chosen.push(...left.splice(at, 1));
  }
  return chosen;
}
