import type { Addon, EksCluster, Nodegroup } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Page, pageOf } from '../page.ts';

/** @throws {ApiError} as EKS says that there is no such cluster */
export function clusterOf({ clusters }: AccountView, name = ''): EksCluster {
  const cluster = clusters.find((each) => each.name === name);
  if (cluster) return cluster;
  throw notFound(`No cluster found for name: ${name}.`, { clusterName: name });
}

/** @throws {ApiError} as EKS says that there is no such node group */
export function nodegroupOf(cluster: EksCluster, name = ''): Nodegroup {
  const nodegroup = cluster.nodegroups.find((each) => each.name === name);
  if (nodegroup) return nodegroup;
  const members = { clusterName: cluster.name, nodegroupName: name };
  throw notFound(`No node group found for name: ${name}.`, members);
}

/** @throws {ApiError} as EKS says that there is no such add-on */
export function addonIn(cluster: EksCluster, addonName = ''): Addon {
  const addon = cluster.addons.find(({ name }) => name === addonName);
  if (addon) return addon;
  const members = { clusterName: cluster.name, addonName };
  throw notFound(`No addon: ${addonName} found in cluster: ${cluster.name}`, members);
}

/** The error for what is not there; `members` name what was asked for. */
export function notFound(message: string, members: object): ApiError {
  return new ApiError('ResourceNotFoundException', 404, message, { ...members });
}

/** The error for what makes no sense, in the words of EKS. */
export function invalid(message: string, members: object): ApiError {
  return new ApiError('InvalidParameterException', 400, message, { ...members });
}

/** The error for what a cluster is not ready for. */
export function refused(message: string, members: object): ApiError {
  return new ApiError('InvalidRequestException', 400, message, { ...members });
}

/** The error for what cannot be done at the moment. */
export function inUse(message: string, members: object): ApiError {
  return new ApiError('ResourceInUseException', 409, message, { ...members });
}

/** A page of one of EKS's listings. */
export function page<Item>(
  all: readonly Item[],
  input: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
): Page<Item> {
  const { maxResults: size, nextToken: token } = input;
  return pageOf(all, { size, token, most: 100, invalid: 'InvalidParameterException' });
}
