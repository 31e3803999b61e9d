import {
  CreateFargateProfileCommand,
  CreatePodIdentityAssociationCommand,
  DeleteFargateProfileCommand,
  DeletePodIdentityAssociationCommand,
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeFargateProfileCommand,
  DescribeNodegroupCommand,
  DescribePodIdentityAssociationCommand,
  DescribeUpdateCommand,
  EKSClient,
  ListAddonsCommand,
  ListClustersCommand,
  ListFargateProfilesCommand,
  ListNodegroupsCommand,
  ListPodIdentityAssociationsCommand,
  ListUpdatesCommand,
  UpdateNodegroupConfigCommand,
  UpdatePodIdentityAssociationCommand,
} from '@aws-sdk/client-eks';
import type { ClientConfig } from '../client-config.ts';
import { listed } from './pages.ts';
import { sentOnce } from './clients.ts';
import * as read from './eks-shapes.ts';
import { type Operations, single } from './operation.ts';
import { many, present, strings } from './shape.ts';

/**
 * The door's calls of EKS. Writes that carry a client token, which the SDK makes where none is
 * given, may be repeated; deletions carry none.
 */
export function eksOperations(config: ClientConfig): Operations<'eks'> {
  const client = new EKSClient(config);
  const once = new EKSClient(sentOnce(config));
  return {
    'eks:ListClusters': listed(
      'clusters',
      (input, nextToken, options) =>
        client.send(new ListClustersCommand({ ...input, nextToken }), options),
      (page) => strings(page.clusters),
      (page) => page.nextToken,
    ),
    'eks:DescribeClusterVersions': listed(
      'clusterVersions',
      (input, nextToken, options) =>
        client.send(new DescribeClusterVersionsCommand({ ...input, nextToken }), options),
      (page) => many(read.clusterVersion)(page.clusterVersions),
      (page) => page.nextToken,
    ),
    'eks:ListNodegroups': listed(
      'nodegroups',
      (input, nextToken, options) =>
        client.send(new ListNodegroupsCommand({ ...input, nextToken }), options),
      (page) => strings(page.nodegroups),
      (page) => page.nextToken,
    ),
    'eks:DescribeCluster': single(
      (input, options) => client.send(new DescribeClusterCommand(input), options),
      (answer) => ({ cluster: present(answer.cluster, read.cluster) }),
    ),
    'eks:DescribeNodegroup': single(
      (input, options) => client.send(new DescribeNodegroupCommand(input), options),
      (answer) => ({ nodegroup: present(answer.nodegroup, read.nodegroup) }),
    ),
    'eks:UpdateNodegroupConfig': single(
      (input, options) => client.send(new UpdateNodegroupConfigCommand(input), options),
      (answer) => ({ update: present(answer.update, read.update) }),
    ),
    'eks:DescribeUpdate': single(
      (input, options) => client.send(new DescribeUpdateCommand(input), options),
      (answer) => ({ update: present(answer.update, read.update) }),
    ),
    'eks:ListUpdates': listed(
      'updateIds',
      (input, nextToken, options) =>
        client.send(new ListUpdatesCommand({ ...input, nextToken }), options),
      (page) => strings(page.updateIds),
      (page) => page.nextToken,
    ),
    'eks:ListFargateProfiles': listed(
      'fargateProfileNames',
      (input, nextToken, options) =>
        client.send(new ListFargateProfilesCommand({ ...input, nextToken }), options),
      (page) => strings(page.fargateProfileNames),
      (page) => page.nextToken,
    ),
    'eks:DescribeFargateProfile': single(
      (input, options) => client.send(new DescribeFargateProfileCommand(input), options),
      (answer) => ({ fargateProfile: present(answer.fargateProfile, read.fargateProfile) }),
    ),
    'eks:CreateFargateProfile': single(
      (input, options) => client.send(new CreateFargateProfileCommand(input), options),
      (answer) => ({ fargateProfile: present(answer.fargateProfile, read.fargateProfile) }),
    ),
    'eks:DeleteFargateProfile': single(
      (input, options) => once.send(new DeleteFargateProfileCommand(input), options),
      (answer) => ({ fargateProfile: present(answer.fargateProfile, read.fargateProfile) }),
    ),
    'eks:ListPodIdentityAssociations': listed(
      'associations',
      (input, nextToken, options) =>
        client.send(new ListPodIdentityAssociationsCommand({ ...input, nextToken }), options),
      (page) => many(read.associationSummary)(page.associations),
      (page) => page.nextToken,
    ),
    'eks:DescribePodIdentityAssociation': single(
      (input, options) => client.send(new DescribePodIdentityAssociationCommand(input), options),
      (answer) => ({ association: present(answer.association, read.association) }),
    ),
    'eks:CreatePodIdentityAssociation': single(
      (input, options) => client.send(new CreatePodIdentityAssociationCommand(input), options),
      (answer) => ({ association: present(answer.association, read.association) }),
    ),
    'eks:UpdatePodIdentityAssociation': single(
      (input, options) => client.send(new UpdatePodIdentityAssociationCommand(input), options),
      (answer) => ({ association: present(answer.association, read.association) }),
    ),
    'eks:DeletePodIdentityAssociation': single(
      (input, options) => once.send(new DeletePodIdentityAssociationCommand(input), options),
      (answer) => ({ association: present(answer.association, read.association) }),
    ),
    'eks:ListAddons': listed(
      'addons',
      (input, nextToken, options) =>
        client.send(new ListAddonsCommand({ ...input, nextToken }), options),
      (page) => strings(page.addons),
      (page) => page.nextToken,
    ),
    'eks:DescribeAddon': single(
      (input, options) => client.send(new DescribeAddonCommand(input), options),
      (answer) => ({ addon: present(answer.addon, read.addon) }),
    ),
  };
}
