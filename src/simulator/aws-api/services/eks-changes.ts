import {
  type NodegroupScalingConfig,
  type NodeRepairConfig,
  UpdateNodegroupConfig$,
  type UpdateNodegroupConfigRequest,
  type UpdateNodegroupConfigResponse,
} from '@aws-sdk/client-eks';
import { Random } from '../../random.ts';
import type { EksCluster, Nodegroup, EksUpdate } from '../../region.ts';
import { operation } from '../operation.ts';
import { clusterOf, inUse, invalid, nodegroupOf } from './eks-lookup.ts';
import { updateShape } from './eks-shapes.ts';

/**
 * Scales a managed node group, or turns the repair of its nodes on and off. Its Auto Scaling group is
 * told at once, nodes come and go in their time, and a controller ends the update.
 */
export const UPDATE_NODEGROUP_CONFIG = operation(
  UpdateNodegroupConfig$,
  (input: UpdateNodegroupConfigRequest, account): UpdateNodegroupConfigResponse => {
    const cluster = clusterOf(account, input.clusterName);
    const group = nodegroupOf(cluster, input.nodegroupName);
    const members = { clusterName: cluster.name, nodegroupName: group.name };
    const token = input.clientRequestToken;
    const same = group.updates.find(({ clientToken }) => token && clientToken === token);
    if (same) return { update: updateShape(same) };
    if (group.status !== 'ACTIVE' && group.status !== 'DEGRADED') {
      throw inUse('Nodegroup cannot be updated as it is currently not in Active State', members);
    }
    if (!input.scalingConfig && !input.nodeRepairConfig) {
      throw invalid('The simulated region changes the scalingConfig and nodeRepairConfig', members);
    }
    const params = {
      ...(input.scalingConfig && scaled(cluster, group, input.scalingConfig, members)),
      ...(input.nodeRepairConfig && repaired(group, input.nodeRepairConfig)),
    };
    group.status = 'UPDATING';
    group.modifiedAt = account.now;
    const update: EksUpdate = {
      id: new Random(`${group.arn}/${group.updates.length}`).uuid(),
      type: 'ConfigUpdate',
      status: 'InProgress',
      params,
      createdAt: account.now,
      ...(token && { clientToken: token }),
    };
    group.updates.push(update);
    return { update: updateShape(update) };
  },
);

function scaled(
  cluster: EksCluster,
  group: Nodegroup,
  { minSize, maxSize, desiredSize }: NodegroupScalingConfig,
  members: object,
): Readonly<Record<string, string>> {
  const scaling = {
    min: minSize ?? group.scaling.min,
    max: maxSize ?? group.scaling.max,
    desired: desiredSize ?? group.scaling.desired,
  };
  checkScaling(scaling, members);
  Object.assign(group.scaling, scaling);
  const asg = cluster.autoScalingGroups.find(({ name }) => name === group.asgName);
  if (asg) Object.assign(asg, scaling);
  return {
    MinSize: String(scaling.min),
    MaxSize: String(scaling.max),
    DesiredSize: String(scaling.desired),
  };
}

function repaired(
  group: Nodegroup,
  { enabled }: NodeRepairConfig,
): Readonly<Record<string, string>> {
  group.repair = enabled ?? group.repair;
  return { NodeRepairEnabled: String(group.repair) };
}

/** In the words of EKS. */
function checkScaling({ min, max, desired }: Nodegroup['scaling'], members: object): void {
  if (min < 0) throw invalid('minSize is not valid', members);
  if (max < 1) throw invalid('maxSize is not valid', members);
  if (desired < 0) throw invalid('desiredSize is not valid', members);
  if (min > desired) {
    throw invalid(`Minimum capacity ${min} can't be greater than desired size ${desired}`, members);
  }
  if (desired > max) {
    throw invalid(`Desired capacity ${desired} can't be greater than max size ${max}`, members);
  }
}
