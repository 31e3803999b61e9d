import { own } from '../../../../core/own.ts';
import type { Capacity, Compute, NodeGroupRow } from '../../../../domain/rows.ts';
import { blankNodeGroup } from '../../../../domain/tables/nodegroups.ts';
import type {
  FargateProfileDescription,
  NodegroupDescription,
} from '../../../../ports/aws-shapes.ts';
import { healthIssues } from '../health-issues.ts';

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
export function managedRow(name: string, group: NodegroupDescription): NodeGroupRow {
  const { minSize: min, desiredSize: desired, maxSize: max } = group.scalingConfig;
  return {
    ...namedGroup('managed', `managed/${name}`, name),
    created: group.createdAt ?? 0,
    status: group.status,
    health: healthIssues(group.health),
    version: group.version,
    release: group.releaseVersion,
    amiType: group.amiType,
    capacity: own(CAPACITY, group.capacityType) ?? '',
    instanceTypes: group.instanceTypes,
    ...{ min, desired, max },
    subnets: group.subnets,
    // The Auto Scaling groups that EKS made for it.
    asg: group.resources.autoScalingGroups.flatMap(({ name: asg }) => asg || []).join(' '),
    roleArn: group.nodeRole,
    maxUnavailable: atATime(group.updateConfig),
    repair: group.nodeRepairConfig.enabled,
    templateId: group.launchTemplate.id,
    templateName: group.launchTemplate.name,
    templateVersion: group.launchTemplate.version,
    nodeLabels: group.labels,
    taints: group.taints.map(
      ({ key, value, effect }) =>
        `${key}${value ? `=${value}` : ''}:${own(EFFECT, effect) ?? effect}`,
    ),
  };
}

function atATime(config: NodegroupDescription['updateConfig']): string {
  const { maxUnavailable: count, maxUnavailablePercentage: share } = config;
  if (share !== null) return `${share}%`;
  return count === null ? '' : String(count);
}

/** The row of a Fargate profile. */
export function fargateRow(name: string, profile: FargateProfileDescription): NodeGroupRow {
  return {
    ...namedGroup('fargate', `fargate/${name}`, name),
    created: profile.createdAt ?? 0,
    status: profile.status,
    health: healthIssues(profile.health),
    subnets: profile.subnets,
    roleArn: profile.podExecutionRoleArn,
    selectors: profile.selectors.map(({ namespace, labels }) =>
      [namespace || '*', ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)].join(
        ' ',
      ),
    ),
  };
}
