import { own } from '../../core/own.ts';
import type { FargateProfile, Nodegroup } from '@aws-sdk/client-eks';
import { blankNodeGroup } from '../../domain/tables/nodegroups.ts';
import type { Capacity, Compute, NodeGroupRow } from '../../domain/rows.ts';
import { healthIssues } from './cluster-row.ts';
import { count, labels, list, part, text, texts, time } from './read.ts';

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
  const { minSize, desiredSize, maxSize } = part(group.scalingConfig);
  return {
    ...namedGroup('managed', `managed/${name}`, name),
    created: time(group.createdAt) ?? 0,
    status: text(group.status),
    health: healthIssues(group.health),
    version: text(group.version),
    release: text(group.releaseVersion),
    amiType: text(group.amiType),
    capacity: own(CAPACITY, text(group.capacityType)) ?? '',
    instanceTypes: texts(group.instanceTypes),
    min: count(minSize),
    desired: count(desiredSize),
    max: count(maxSize),
    subnets: texts(group.subnets),
    asg: asgNames(group).join(' '),
    roleArn: text(group.nodeRole),
    nodeLabels: labels(group.labels),
    taints: list(group.taints).map((taint) => {
      const [key, value, effect] = [text(taint.key), text(taint.value), text(taint.effect)];
      return `${key}${value ? `=${value}` : ''}:${own(EFFECT, effect) ?? effect}`;
    }),
  };
}

/** The Auto Scaling groups that EKS made for a node group. */
export function asgNames(group: Nodegroup): readonly string[] {
  return list(part(group.resources).autoScalingGroups).flatMap(({ name }) => text(name) || []);
}

/** The row of a Fargate profile. */
export function fargateRow(name: string, profile: FargateProfile): NodeGroupRow {
  return {
    ...namedGroup('fargate', `fargate/${name}`, name),
    created: time(profile.createdAt) ?? 0,
    status: text(profile.status),
    health: healthIssues(profile.health),
    subnets: texts(profile.subnets),
    roleArn: text(profile.podExecutionRoleArn),
    selectors: list(profile.selectors).map((selector) =>
      [
        text(selector.namespace) || '*',
        ...Object.entries(labels(selector.labels)).map(([key, value]) => `${key}=${value}`),
      ].join(' '),
    ),
  };
}
