import {
  type AddonInfo,
  DescribeAddon$,
  type DescribeAddonRequest,
  type DescribeAddonResponse,
  DescribeAddonVersions$,
  type DescribeAddonVersionsRequest,
  type DescribeAddonVersionsResponse,
  ListAddons$,
  type ListAddonsRequest,
  type ListAddonsResponse,
  UpdateAddon$,
  type UpdateAddonRequest,
  type UpdateAddonResponse,
} from '@aws-sdk/client-eks';
import { ADDON_VERSIONS, type AddonVersion } from '../../catalog/addons.ts';
import { Random } from '../../random.ts';
import { type EksCluster, type EksUpdate, regionArn } from '../../region.ts';
import { type Operation, operation } from '../operation.ts';
import { addonIn, clusterOf, inUse, invalid, page } from './eks-lookup.ts';
import { issueShapes, updateShape } from './eks-shapes.ts';

/** What EKS tells of add-ons, and how it updates them. */
export const ADDON_OPERATIONS: readonly Operation[] = [
  operation(ListAddons$, (input: ListAddonsRequest, account): ListAddonsResponse => {
    const { addons } = clusterOf(account, input.clusterName);
    const { items, next } = page(
      addons.map(({ name }) => name),
      input,
    );
    return { addons: [...items], nextToken: next };
  }),
  operation(DescribeAddon$, (input: DescribeAddonRequest, account): DescribeAddonResponse => {
    const cluster = clusterOf(account, input.clusterName);
    const { addonName = '' } = input;
    const addon = addonIn(cluster, addonName);
    const uuid = new Random(`${cluster.arn}/${addonName}`).uuid();
    return {
      addon: {
        addonName,
        clusterName: cluster.name,
        status: addon.status,
        addonVersion: addon.version,
        health: { issues: issueShapes(addon.healthIssues) },
        addonArn: regionArn(account.region, 'eks', `addon/${cluster.name}/${addonName}/${uuid}`),
        createdAt: new Date(addon.createdAt),
        modifiedAt: new Date(addon.modifiedAt),
        ...(addon.roleArn && { serviceAccountRoleArn: addon.roleArn }),
        ...(addon.configuration && { configurationValues: addon.configuration }),
        tags: { ...cluster.tags },
      },
    };
  }),
  operation(
    DescribeAddonVersions$,
    (input: DescribeAddonVersionsRequest): DescribeAddonVersionsResponse => {
      const { addonName, kubernetesVersion } = input;
      const offered = Object.entries(ADDON_VERSIONS)
        .filter(([name]) => addonName === undefined || name === addonName)
        .map(([name, versions]) => infoOf(name, versions, kubernetesVersion));
      const { items, next } = page(offered, input);
      return { addons: [...items], nextToken: next };
    },
  ),
  operation(UpdateAddon$, (input: UpdateAddonRequest, account): UpdateAddonResponse => {
    const cluster = clusterOf(account, input.clusterName);
    const addon = addonIn(cluster, input.addonName);
    const members = { clusterName: cluster.name, addonName: addon.name };
    const token = input.clientRequestToken;
    const same = addon.updates.find(({ clientToken }) => token && clientToken === token);
    if (same) return { update: updateShape(same) };
    if (addon.status === 'UPDATING' || addon.status === 'CREATING') {
      throw inUse(
        `Addon ${addon.name} cannot be updated as it is in ${addon.status} state`,
        members,
      );
    }
    const { addonVersion = addon.version, resolveConflicts = 'NONE' } = input;
    if (!fittingVersions(cluster, addon.name).includes(addonVersion)) {
      throw invalid('Addon version specified is not supported', members);
    }
    const update: EksUpdate = {
      id: new Random(`${cluster.arn}/${addon.name}/${addon.updates.length}`).uuid(),
      type: 'AddonUpdate',
      status: 'InProgress',
      params: { AddonVersion: addonVersion, ResolveConflicts: resolveConflicts },
      createdAt: account.now,
      ...(token && { clientToken: token }),
    };
    addon.status = 'UPDATING';
    addon.modifiedAt = account.now;
    addon.updates.push(update);
    return { update: updateShape(update) };
  }),
];

const minorOf = (version: string): number => Number(version.split('.')[1] ?? 0);

const fittingVersions = ({ version }: EksCluster, addon: string): readonly string[] =>
  (ADDON_VERSIONS[addon] ?? []).flatMap((each) =>
    minorOf(version) >= each.from && minorOf(version) <= each.to ? each.version : [],
  );

/** @param only of this version of Kubernetes; undefined: of all */
function infoOf(name: string, versions: readonly AddonVersion[], only?: string): AddonInfo {
  const addonVersions = versions.map(({ version, from, to, defaultOn }) => ({
    addonVersion: version,
    architecture: ['amd64', 'arm64'],
    compatibilities: Array.from({ length: to - from + 1 }, (_, i) => to - i)
      .filter((minor) => only === undefined || minor === minorOf(only))
      .map((minor) => ({
        clusterVersion: `1.${minor}`,
        platformVersions: ['*'],
        defaultVersion: defaultOn.includes(minor),
      })),
    requiresConfiguration: false,
    requiresIamPermissions: name === 'vpc-cni' || name === 'aws-ebs-csi-driver',
  }));
  return {
    addonName: name,
    type: 'networking',
    publisher: 'eks',
    owner: 'aws',
    addonVersions: addonVersions.filter(({ compatibilities }) => compatibilities.length > 0),
  };
}
