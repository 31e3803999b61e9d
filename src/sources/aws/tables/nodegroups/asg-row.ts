import { own } from '../../../../core/own.ts';
import type { Capacity, NodeGroupRow } from '../../../../domain/rows.ts';
import type {
  AutoScalingGroupDescription,
  LaunchTemplateVersion,
  MixedInstancesPolicy,
} from '../../../../ports/aws-shapes.ts';
import type { Reads } from '../../polling/table.ts';
import { namedGroup } from './row.ts';

/** What a launch template decides for a group that leaves it to it; both empty where it does not. */
export interface LaunchTemplate {
  readonly capacity: Capacity;
  readonly instanceType: string;
}

/** Markets of EC2; without one instances are on demand. */
const MARKETS: Readonly<Record<string, Capacity>> = {
  spot: 'spot',
  'capacity-block': 'capacity-block',
};

/** What a version of a launch template starts. */
export function launchTemplate(version: LaunchTemplateVersion | undefined): LaunchTemplate {
  if (version === undefined) return { capacity: '', instanceType: '' };
  const { InstanceMarketOptions, InstanceType } = version.LaunchTemplateData;
  const capacity = own(MARKETS, InstanceMarketOptions.MarketType) ?? 'on-demand';
  return { capacity, instanceType: InstanceType };
}

/** The managed node group that a group belongs to; undefined: none. EKS tags those it makes. */
export function managedBy({ Tags }: AutoScalingGroupDescription): string | undefined {
  return Tags.find(({ Key }) => Key === 'eks:nodegroup-name')?.Value;
}

/** Does the group belong to a managed node group? */
export const isManaged = (group: AutoScalingGroupDescription): boolean =>
  managedBy(group) !== undefined;

/** The groups whose instances join a cluster: the tag that every node must carry names it. */
export async function joiningGroups(
  clusterName: string,
  aws: Reads<'autoscaling:DescribeAutoScalingGroups'>,
  signal: AbortSignal,
): Promise<readonly AutoScalingGroupDescription[]> {
  const joining = { Name: 'tag-key', Values: [`kubernetes.io/cluster/${clusterName}`] };
  const asked = { Filters: [joining] };
  return (await aws.call('autoscaling:DescribeAutoScalingGroups', asked, signal)).AutoScalingGroups;
}

/** A version of a launch template, as a group names it. */
export interface TemplateVersion {
  readonly id: string;
  readonly version: string;
}

/** The launch template that decides what a group buys, where its own policy does not. */
export function templateOf(group: AutoScalingGroupDescription): TemplateVersion | null {
  if (group.MixedInstancesPolicy) return null;
  const { LaunchTemplateId: id, Version } = group.LaunchTemplate;
  return id ? { id, version: Version || '$Default' } : null;
}

/**
 * The row of an Auto Scaling group that joins the cluster without being a managed node group.
 *
 * @param template what its launch template says, null where it has none or that is not known
 */
export function asgRow(
  group: AutoScalingGroupDescription,
  template: LaunchTemplate | null,
): NodeGroupRow {
  const name = group.AutoScalingGroupName;
  const tags = tagsOf(group);
  const { MixedInstancesPolicy: mixed } = group;
  const eksctl = tags['alpha.eksctl.io/nodegroup-name'];
  return {
    // eksctl's nodes carry the name it gave the group, not that of the Auto Scaling group.
    ...namedGroup(eksctl ? 'eksctl' : 'self-managed', `self-managed/${name}`, eksctl || name),
    created: group.CreatedTime ?? 0,
    // Auto Scaling tells a status only of a group that is being deleted.
    status: group.Status ? 'DELETING' : 'ACTIVE',
    capacity: mixed ? mixedCapacity(mixed, group.DesiredCapacity) : (template?.capacity ?? ''),
    instanceTypes: instanceTypesOf(group, template?.instanceType ?? ''),
    min: group.MinSize,
    desired: group.DesiredCapacity,
    max: group.MaxSize,
    zones: [...group.AvailabilityZones].sort(),
    subnets: group.VPCZoneIdentifier.split(',').filter((id) => id !== ''),
    asg: name,
    instances: group.Instances.flatMap(({ InstanceId }) => InstanceId || []).sort(),
    nodeLabels: labelsOf(tags),
  };
}

function tagsOf(group: AutoScalingGroupDescription): Readonly<Record<string, string>> {
  return Object.fromEntries(group.Tags.map(({ Key, Value }) => [Key, Value]));
}

/** Node labels that the group announces to the Cluster Autoscaler by its tags. */
function labelsOf(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const prefix = 'k8s.io/cluster-autoscaler/node-template/label/';
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

/** Empty where the group mixes both. */
function mixedCapacity(mixed: MixedInstancesPolicy, desired: number | null): Capacity {
  const mix = mixed.InstancesDistribution;
  const base = mix.OnDemandBaseCapacity ?? 0;
  const onDemand = mix.OnDemandPercentageAboveBaseCapacity ?? 100;
  if (onDemand === 0 && base === 0) return 'spot';
  return onDemand === 100 || base >= (desired ?? Infinity) ? 'on-demand' : '';
}

function instanceTypesOf(
  group: AutoScalingGroupDescription,
  ofTemplate: string,
): readonly string[] {
  const chosen = group.MixedInstancesPolicy?.LaunchTemplate.Overrides ?? [];
  const types = (chosen.length > 0 ? chosen : group.Instances).map((one) => one.InstanceType);
  return [...new Set(types.length > 0 ? types : [ofTemplate])].filter((type) => type !== '').sort();
}
