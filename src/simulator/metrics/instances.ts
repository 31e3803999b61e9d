/** What EC2 and Auto Scaling tell CloudWatch of instances and their groups. */
import type { Figure, MetricSubject } from '../metric.ts';
import { type Instance, nodeName } from '../region.ts';
import { instanceType } from '../world/instance-types.ts';
import { nodeUsage, simulatedTime } from '../world/load.ts';
import type { World } from '../world/world.ts';
import type { Gauges } from './gauges.ts';
import { busyness } from './wave.ts';

/** So many instances tell of a group: the others do alike. */
const SAMPLED = 6;
const MIB = 2 ** 20;
/** Basic monitoring (seconds). */
const BASIC = 300;

/** The metrics of instances, of their groups by what is in them, and of groups that are measured. */
export function instanceMetrics(world: World, gauges: Gauges): readonly MetricSubject[] {
  const { cluster } = world;
  const instances = [...cluster.instances.values()].filter(({ state }) => state !== 'pending');
  const own = instances.map((instance) => ofInstance(world, instance));
  const groups = cluster.autoScalingGroups.map((group): MetricSubject => {
    const members = instances.filter(({ id }) => group.instanceIds.has(id));
    return {
      namespace: 'AWS/EC2',
      dimensions: { AutoScalingGroupName: group.name },
      resolution: BASIC,
      since: group.createdAt,
      until: null,
      figures: {
        CPUUtilization: average(members, (each, at) => cpuPercent(world, each, at)),
        NetworkIn: average(members, (each, at) => bytes(each, 'in', at), 'sum'),
        NetworkOut: average(members, (each, at) => bytes(each, 'out', at), 'sum'),
        StatusCheckFailed: () => (members.length > 0 ? 0 : null),
      },
    };
  });
  const measured = cluster.autoScalingGroups
    // EKS turns the group's own metrics on for groups that it made; nobody did for others.
    .filter(({ nodegroup }) => nodegroup !== null)
    .map((group): MetricSubject => ({
      namespace: 'AWS/AutoScaling',
      dimensions: { AutoScalingGroupName: group.name },
      resolution: 60,
      since: group.createdAt,
      until: null,
      figures: {
        GroupDesiredCapacity: (at) => gauges.at(`desired/${group.name}`, at),
        GroupInServiceInstances: (at) => gauges.at(`running/${group.name}`, at),
        GroupPendingInstances: (at) => gauges.at(`pending/${group.name}`, at),
        GroupMinSize: () => group.min,
        GroupMaxSize: () => group.max,
      },
    }));
  return [...own, ...groups, ...measured];
}

function ofInstance(world: World, instance: Instance): MetricSubject {
  const { id, launchedAt, state } = instance;
  return {
    namespace: 'AWS/EC2',
    dimensions: { InstanceId: id },
    resolution: BASIC,
    since: launchedAt,
    until: state === 'running' ? null : launchedAt,
    figures: {
      CPUUtilization: (at) => cpuPercent(world, instance, at),
      NetworkIn: (at) => bytes(instance, 'in', at),
      NetworkOut: (at) => bytes(instance, 'out', at),
      StatusCheckFailed: () => 0,
      StatusCheckFailed_Instance: () => 0,
      StatusCheckFailed_System: () => 0,
    },
  };
}

/** What its pods use of its cores: what metrics-server tells of its node. */
function cpuPercent(world: World, instance: Instance, at: number): number | null {
  const { type } = instance;
  const node = world.store.get('nodes', '', nodeName(instance));
  if (node === undefined) return null;
  const { cpu } = nodeUsage(world, node, simulatedTime(world, at));
  return Math.min(100, (100 * cpu) / instanceType(type).cpu);
}

/** Bytes over the network in one span of basic monitoring. */
const bytes = ({ id, type }: Instance, way: 'in' | 'out', at: number): number =>
  Math.round(BASIC * 0.4 * MIB * instanceType(type).cpu * busyness(`${id}/${way}`, at));

/** Over those that had been started by then; null: none had. */
function average(
  members: readonly Instance[],
  of: (instance: Instance, at: number) => number | null,
  made: 'mean' | 'sum' = 'mean',
): Figure {
  return (at) => {
    const there = members.filter(({ launchedAt }) => launchedAt <= at);
    const values = there
      .slice(0, SAMPLED)
      .map((each) => of(each, at))
      .filter((value) => value !== null);
    if (values.length === 0) return null;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    if (made === 'sum') return mean * there.length;
    return { low: Math.min(...values), mean, high: Math.max(...values) };
  };
}
