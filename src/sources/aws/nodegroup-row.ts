import type { FargateProfile, Nodegroup } from '@aws-sdk/client-eks';
import { blankNodeGroup } from '../../domain/blank-rows.ts';
import type { Capacity, Compute, NodeGroupRow } from '../../domain/rows.ts';
import { healthIssues } from './cluster-row.ts';

/** A group of which no more than the name is known. */
export function namedGroup(
  kind: Compute & ('managed' | 'fargate' | 'self-managed' | 'eksctl'),
  uid: string,
  name: string,
): NodeGroupRow {
  const blank = blankNodeGroup(uid, name, kind);
  return kind === 'fargate' ? { ...blank, capacity: 'fargate' } : blank;
}

const CAPACITY: Readonly<Record<string, Capacity>> = {
  ON_DEMAND: 'on-demand',
  SPOT: 'spot',
  CAPACITY_BLOCK: 'capacity-block',
};

/** Effects as Kubernetes spells them. */
const EFFECT: Readonly<Record<string, string>> = {
  NO_SCHEDULE: 'NoSchedule',
  NO_EXECUTE: 'NoExecute',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
};

/** The row of a managed node group; zones and the update in progress are other calls' answers. */
export function managedRow(name: string, group: Nodegroup): NodeGroupRow {
  return {
    ...namedGroup('managed', `managed/${name}`, name),
    created: group.createdAt?.getTime() ?? 0,
    status: group.status ?? '',
    health: healthIssues(group.health?.issues),
    version: group.version ?? '',
    release: group.releaseVersion ?? '',
    amiType: group.amiType ?? '',
    capacity: CAPACITY[group.capacityType ?? ''] ?? '',
    instanceTypes: group.instanceTypes ?? [],
    min: group.scalingConfig?.minSize ?? null,
    desired: group.scalingConfig?.desiredSize ?? null,
    max: group.scalingConfig?.maxSize ?? null,
    subnets: group.subnets ?? [],
    asg: asgNames(group).join(' '),
    roleArn: group.nodeRole ?? '',
    nodeLabels: group.labels ?? {},
    taints: (group.taints ?? []).map(
      ({ key = '', value, effect = '' }) =>
        `${key}${value ? `=${value}` : ''}:${EFFECT[effect] ?? effect}`,
    ),
  };
}

/** The Auto Scaling groups that EKS made for a node group. */
export function asgNames(group: Nodegroup): readonly string[] {
  return (group.resources?.autoScalingGroups ?? []).flatMap(({ name }) => (name ? [name] : []));
}

/** The row of a Fargate profile. */
export function fargateRow(name: string, profile: FargateProfile): NodeGroupRow {
  return {
    ...namedGroup('fargate', `fargate/${name}`, name),
    created: profile.createdAt?.getTime() ?? 0,
    status: profile.status ?? '',
    health: healthIssues(profile.health?.issues),
    subnets: profile.subnets ?? [],
    roleArn: profile.podExecutionRoleArn ?? '',
    selectors: (profile.selectors ?? []).map(({ namespace = '*', labels = {} }) =>
      [namespace, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)].join(' '),
    ),
  };
}
