import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Capacity, NodeGroupRow } from '../../domain/rows.ts';
import { namedGroup } from './nodegroup-row.ts';

/** Does the group belong to a managed node group? EKS tags those it makes. */
export function isManaged(group: AutoScalingGroup): boolean {
  return (group.Tags ?? []).some(({ Key }) => Key === 'eks:nodegroup-name');
}

/** The row of an Auto Scaling group that joins the cluster without being a managed node group. */
export function asgRow(group: AutoScalingGroup): NodeGroupRow {
  const name = group.AutoScalingGroupName ?? '';
  const tag = (key: string) => (group.Tags ?? []).find(({ Key }) => Key === key)?.Value ?? '';
  const eksctl = tag('alpha.eksctl.io/nodegroup-name');
  return {
    // eksctl's nodes carry the name it gave the group, not that of the Auto Scaling group.
    ...namedGroup(eksctl ? 'eksctl' : 'self-managed', `self-managed/${name}`, eksctl || name),
    created: group.CreatedTime?.getTime() ?? 0,
    // Auto Scaling tells a status only of a group that is being deleted.
    status: group.Status ? 'DELETING' : 'ACTIVE',
    capacity: capacityOf(group),
    instanceTypes: instanceTypesOf(group),
    min: group.MinSize ?? null,
    desired: group.DesiredCapacity ?? null,
    max: group.MaxSize ?? null,
    zones: [...(group.AvailabilityZones ?? [])].sort(),
    subnets: (group.VPCZoneIdentifier ?? '').split(',').filter((id) => id !== ''),
    asg: name,
    instances: (group.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []).sort(),
    nodeLabels: labelsOf(group),
  };
}

/** Node labels that the group announces to the Cluster Autoscaler by its tags. */
function labelsOf(group: AutoScalingGroup): Readonly<Record<string, string>> {
  const prefix = 'k8s.io/cluster-autoscaler/node-template/label/';
  return Object.fromEntries(
    (group.Tags ?? []).flatMap(({ Key = '', Value = '' }) =>
      Key.startsWith(prefix) ? [[Key.slice(prefix.length), Value]] : [],
    ),
  );
}

/** Empty where a launch template decides, or where the group mixes both. */
function capacityOf(group: AutoScalingGroup): Capacity {
  const mix = group.MixedInstancesPolicy?.InstancesDistribution;
  if (!mix) return '';
  const onDemand = mix.OnDemandPercentageAboveBaseCapacity ?? 100;
  if (onDemand === 0 && (mix.OnDemandBaseCapacity ?? 0) === 0) return 'spot';
  return onDemand === 100 ? 'on-demand' : '';
}

function instanceTypesOf(group: AutoScalingGroup): readonly string[] {
  const chosen = group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  const types = (chosen.length > 0 ? chosen : (group.Instances ?? [])).map(
    ({ InstanceType }) => InstanceType,
  );
  return [...new Set(types.filter((type) => type !== undefined))].sort();
}
