import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Capacity, NodeGroupRow } from '../../domain/rows.ts';
import { namedGroup } from './nodegroup-row.ts';
import type { LaunchTemplate } from './services/ec2.ts';
import { count, list, part, text, texts, time } from './read.ts';

/** Does the group belong to a managed node group? EKS tags those it makes. */
export function isManaged(group: AutoScalingGroup): boolean {
  return list(group.Tags).some(({ Key }) => Key === 'eks:nodegroup-name');
}

/** A version of a launch template, as a group names it. */
export interface TemplateVersion {
  readonly id: string;
  readonly version: string;
}

/** The launch template that decides what a group buys, where its own policy does not. */
export function templateOf(group: AutoScalingGroup): TemplateVersion | null {
  if (group.MixedInstancesPolicy) return null;
  const { LaunchTemplateId, Version } = part(group.LaunchTemplate);
  const id = text(LaunchTemplateId);
  return id ? { id, version: text(Version) || '$Default' } : null;
}

/**
 * The row of an Auto Scaling group that joins the cluster without being a managed node group.
 *
 * @param template what its launch template says, null where it has none or that is not known
 */
export function asgRow(group: AutoScalingGroup, template: LaunchTemplate | null): NodeGroupRow {
  const name = text(group.AutoScalingGroupName);
  const tags = tagsOf(group);
  const eksctl = tags['alpha.eksctl.io/nodegroup-name'];
  const instances = list(group.Instances);
  return {
    // eksctl's nodes carry the name it gave the group, not that of the Auto Scaling group.
    ...namedGroup(eksctl ? 'eksctl' : 'self-managed', `self-managed/${name}`, eksctl || name),
    created: time(group.CreatedTime) ?? 0,
    // Auto Scaling tells a status only of a group that is being deleted.
    status: group.Status ? 'DELETING' : 'ACTIVE',
    capacity: group.MixedInstancesPolicy ? mixedCapacity(group) : (template?.capacity ?? ''),
    instanceTypes: instanceTypesOf(group, template?.instanceType ?? ''),
    min: count(group.MinSize),
    desired: count(group.DesiredCapacity),
    max: count(group.MaxSize),
    zones: [...texts(group.AvailabilityZones)].sort(),
    subnets: text(group.VPCZoneIdentifier)
      .split(',')
      .filter((id) => id !== ''),
    asg: name,
    instances: instances.flatMap(({ InstanceId }) => text(InstanceId) || []).sort(),
    nodeLabels: labelsOf(tags),
  };
}

function tagsOf(group: AutoScalingGroup): Readonly<Record<string, string>> {
  return Object.fromEntries(list(group.Tags).map(({ Key, Value }) => [text(Key), text(Value)]));
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
function mixedCapacity({ MixedInstancesPolicy, DesiredCapacity }: AutoScalingGroup): Capacity {
  const mix = part(part(MixedInstancesPolicy).InstancesDistribution);
  const base = count(mix.OnDemandBaseCapacity) ?? 0;
  const onDemand = count(mix.OnDemandPercentageAboveBaseCapacity) ?? 100;
  if (onDemand === 0 && base === 0) return 'spot';
  return onDemand === 100 || base >= (count(DesiredCapacity) ?? Infinity) ? 'on-demand' : '';
}

function instanceTypesOf(group: AutoScalingGroup, ofTemplate: string): readonly string[] {
  const chosen = list(part(part(group.MixedInstancesPolicy).LaunchTemplate).Overrides);
  const types = (chosen.length > 0 ? chosen : list(group.Instances)).map(({ InstanceType }) =>
    text(InstanceType),
  );
  return [...new Set(types.length > 0 ? types : [ofTemplate])].filter((type) => type !== '').sort();
}
