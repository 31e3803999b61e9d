import * as sdk from '@aws-sdk/client-eks';
import type { ClientConfig } from '../client-config.ts';
import { sentOnce } from './clients.ts';
import { commands } from './commands.ts';
import * as read from './eks-shapes.ts';
import type { Operations } from './operation.ts';
import { text } from './shape.ts';

/**
 * The door's calls of EKS. Writes that carry a client token, which the SDK makes where none is
 * given, may be repeated; deletions carry none.
 */
export function eksOperations(config: ClientConfig): Operations<'eks'> {
  const { one, list } = commands(new sdk.EKSClient(config), 'nextToken');
  const once = commands(new sdk.EKSClient(sentOnce(config)), 'nextToken');
  return {
    'eks:ListClusters': list(sdk.ListClustersCommand, 'clusters', text),
    'eks:DescribeClusterVersions': list(
      sdk.DescribeClusterVersionsCommand,
      'clusterVersions',
      read.clusterVersion,
    ),
    'eks:DescribeCluster': one(sdk.DescribeClusterCommand, 'cluster', read.cluster),
    'eks:ListNodegroups': list(sdk.ListNodegroupsCommand, 'nodegroups', text),
    'eks:DescribeNodegroup': one(sdk.DescribeNodegroupCommand, 'nodegroup', read.nodegroup),
    'eks:UpdateNodegroupConfig': one(sdk.UpdateNodegroupConfigCommand, 'update', read.update),
    'eks:UpdateNodegroupVersion': one(sdk.UpdateNodegroupVersionCommand, 'update', read.update),
    'eks:UpdateClusterVersion': one(sdk.UpdateClusterVersionCommand, 'update', read.update),
    'eks:DescribeUpdate': one(sdk.DescribeUpdateCommand, 'update', read.update),
    'eks:ListUpdates': list(sdk.ListUpdatesCommand, 'updateIds', text),
    'eks:ListFargateProfiles': list(sdk.ListFargateProfilesCommand, 'fargateProfileNames', text),
    'eks:DescribeFargateProfile': one(
      sdk.DescribeFargateProfileCommand,
      'fargateProfile',
      read.fargateProfile,
    ),
    'eks:CreateFargateProfile': one(
      sdk.CreateFargateProfileCommand,
      'fargateProfile',
      read.fargateProfile,
    ),
    'eks:DeleteFargateProfile': once.one(
      sdk.DeleteFargateProfileCommand,
      'fargateProfile',
      read.fargateProfile,
    ),
    'eks:ListPodIdentityAssociations': list(
      sdk.ListPodIdentityAssociationsCommand,
      'associations',
      read.associationSummary,
    ),
    'eks:DescribePodIdentityAssociation': one(
      sdk.DescribePodIdentityAssociationCommand,
      'association',
      read.association,
    ),
    'eks:CreatePodIdentityAssociation': one(
      sdk.CreatePodIdentityAssociationCommand,
      'association',
      read.association,
    ),
    'eks:UpdatePodIdentityAssociation': one(
      sdk.UpdatePodIdentityAssociationCommand,
      'association',
      read.association,
    ),
    'eks:DeletePodIdentityAssociation': once.one(
      sdk.DeletePodIdentityAssociationCommand,
      'association',
      read.association,
    ),
    'eks:ListAccessEntries': list(sdk.ListAccessEntriesCommand, 'accessEntries', text),
    'eks:DescribeAccessEntry': one(sdk.DescribeAccessEntryCommand, 'accessEntry', read.accessEntry),
    'eks:ListAssociatedAccessPolicies': list(
      sdk.ListAssociatedAccessPoliciesCommand,
      'associatedAccessPolicies',
      read.associatedPolicy,
    ),
    'eks:ListInsights': list(sdk.ListInsightsCommand, 'insights', read.insightSummary),
    'eks:DescribeInsight': one(sdk.DescribeInsightCommand, 'insight', read.insight),
    'eks:ListAddons': list(sdk.ListAddonsCommand, 'addons', text),
    'eks:DescribeAddon': one(sdk.DescribeAddonCommand, 'addon', read.addon),
    'eks:DescribeAddonVersions': list(
      sdk.DescribeAddonVersionsCommand,
      'addons',
      read.addonRelease,
    ),
    'eks:UpdateAddon': one(sdk.UpdateAddonCommand, 'update', read.update),
  };
}
