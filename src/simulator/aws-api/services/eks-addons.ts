import {
  DescribeAddon$,
  type DescribeAddonRequest,
  type DescribeAddonResponse,
  ListAddons$,
  type ListAddonsRequest,
  type ListAddonsResponse,
} from '@aws-sdk/client-eks';
import { Random } from '../../random.ts';
import { regionArn } from '../../region.ts';
import { type Operation, operation } from '../operation.ts';
import { clusterOf, notFound, page } from './eks-lookup.ts';

/** What EKS tells of add-ons. */
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
    const addon = cluster.addons.find(({ name }) => name === addonName);
    if (!addon) {
      const members = { clusterName: cluster.name, addonName };
      throw notFound(`No addon: ${addonName} found in cluster: ${cluster.name}`, members);
    }
    const uuid = new Random(`${cluster.arn}/${addonName}`).uuid();
    return {
      addon: {
        addonName,
        clusterName: cluster.name,
        status: addon.status,
        addonVersion: addon.version,
        health: { issues: [] },
        addonArn: regionArn(account.region, 'eks', `addon/${cluster.name}/${addonName}/${uuid}`),
        createdAt: new Date(addon.createdAt),
        modifiedAt: new Date(addon.createdAt),
        ...(addon.roleArn && { serviceAccountRoleArn: addon.roleArn }),
        tags: { ...cluster.tags },
      },
    };
  }),
];
