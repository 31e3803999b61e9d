import { stampOf } from '../clock.ts';
import { Random } from '../random.ts';
import type { AutoScalingGroup, Instance, ScalingActivity } from '../region.ts';
import type { World } from '../world/world.ts';

/** Auto Scaling tells no more of a group than this. */
const KEPT = 100;

/** Notes that a group starts an instance; the activity ends when the instance runs. */
export function noteLaunch(world: World, group: AutoScalingGroup, instance: Instance): void {
  const count = group.instanceIds.size;
  note(world, group, {
    description: `Launching a new EC2 instance: ${instance.id}`,
    cause: `an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${count - 1} to ${count}.`,
    status: 'InProgress',
    message: '',
  });
}

/** Notes that a group gives an instance up. */
export function noteTermination(world: World, group: AutoScalingGroup, instance: Instance): void {
  const count = group.instanceIds.size;
  note(world, group, {
    description: `Terminating EC2 instance: ${instance.id}`,
    cause: `an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${count + 1} to ${count}.`,
    status: 'InProgress',
    message: '',
  });
}

/** Ends what was begun with an instance. */
export function endActivity(world: World, group: AutoScalingGroup, instance: Instance): void {
  const open = group.activities.find(
    ({ status, description }) => status === 'InProgress' && description.endsWith(instance.id),
  );
  if (!open) return;
  open.status = 'Successful';
  open.endedAt = world.clock.date();
}

/** Notes that EC2 has no instance for a group. */
export function noteStarvation(world: World, group: AutoScalingGroup): void {
  const [type = ''] = group.instanceTypes;
  // A random of its own: the world's is for what the world is.
  const zone = new Random(`${group.name}/${world.clock.date()}`).pick(group.zones);
  const others = group.zones.filter((each) => each !== zone).join(', ');
  const count = group.instanceIds.size;
  note(world, group, {
    description: 'Launching a new EC2 instance',
    cause: `an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${count} to ${count + 1}.`,
    status: 'Failed',
    message:
      `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${zone}). ` +
      `Our system will be working on provisioning additional capacity. You can currently get ${type} capacity by ` +
      `not specifying an Availability Zone in your request or choosing ${others}. Launching EC2 instance failed.`,
  });
}

function note(
  { clock }: World,
  group: AutoScalingGroup,
  activity: Pick<ScalingActivity, 'description' | 'cause' | 'status' | 'message'>,
): void {
  const now = clock.date();
  group.activities.unshift({
    ...activity,
    id: new Random(`${group.name}/${now}/${activity.description}`).uuid(),
    cause: `At ${stampOf(now)} ${activity.cause}`,
    startedAt: now,
    endedAt: activity.status === 'InProgress' ? null : now,
  });
  group.activities.splice(KEPT);
}
