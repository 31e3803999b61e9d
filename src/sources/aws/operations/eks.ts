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
import { allPages } from './pages.ts';
import { sentOnce } from './clients.ts';
import * as read from './eks-shapes.ts';
import type { Operations } from './operation.ts';
import { many, present, strings } from './shape.ts';

/**
 * The door's calls of EKS. Writes that carry a client token, which the SDK makes where none is
 * given, may be repeated; deletions carry none.
 */
export function eksOperations(config: ClientConfig): Operations<'eks'> {
  const client = new EKSClient(config);
  const once = new EKSClient(sentOnce(config));
  return {
    'eks:ListClusters': async (input, ask) => ({
      clusters: await allPages(
        (nextToken) =>
          ask((options) => client.send(new ListClustersCommand({ ...input, nextToken }), options)),
        (page) => strings(page.clusters),
        (page) => page.nextToken,
      ),
    }),
    'eks:DescribeClusterVersions': async (input, ask) => ({
      clusterVersions: await allPages(
        (nextToken) =>
          ask((options) =>
            client.send(new DescribeClusterVersionsCommand({ ...input, nextToken }), options),
          ),
        (page) => many(read.clusterVersion)(page.clusterVersions),
        (page) => page.nextToken,
      ),
    }),
    'eks:ListNodegroups': async (input, ask) => ({
      nodegroups: await allPages(
        (nextToken) =>
          ask((options) =>
            client.send(new ListNodegroupsCommand({ ...input, nextToken }), options),
          ),
        (page) => strings(page.nodegroups),
        (page) => page.nextToken,
      ),
    }),
    'eks:DescribeCluster': async (input, ask) => {
      const command = new DescribeClusterCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { cluster: present(answer.cluster, read.cluster) };
    },
    'eks:DescribeNodegroup': async (input, ask) => {
      const command = new DescribeNodegroupCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { nodegroup: present(answer.nodegroup, read.nodegroup) };
    },
    'eks:UpdateNodegroupConfig': async (input, ask) => {
      const command = new UpdateNodegroupConfigCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { update: present(answer.update, read.update) };
    },
    'eks:DescribeUpdate': async (input, ask) => {
      const command = new DescribeUpdateCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { update: present(answer.update, read.update) };
    },
    'eks:ListUpdates': async (input, ask) => ({
      updateIds: await allPages(
        (nextToken) =>
          ask((options) => client.send(new ListUpdatesCommand({ ...input, nextToken }), options)),
        (page) => strings(page.updateIds),
        (page) => page.nextToken,
      ),
    }),
    'eks:ListFargateProfiles': async (input, ask) => ({
      fargateProfileNames: await allPages(
        (nextToken) =>
          ask((options) =>
            client.send(new ListFargateProfilesCommand({ ...input, nextToken }), options),
          ),
        (page) => strings(page.fargateProfileNames),
        (page) => page.nextToken,
      ),
    }),
    'eks:DescribeFargateProfile': async (input, ask) => {
      const command = new DescribeFargateProfileCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { fargateProfile: present(answer.fargateProfile, read.fargateProfile) };
    },
    'eks:CreateFargateProfile': async (input, ask) => {
      const command = new CreateFargateProfileCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { fargateProfile: present(answer.fargateProfile, read.fargateProfile) };
    },
    'eks:DeleteFargateProfile': async (input, ask) => {
      const command = new DeleteFargateProfileCommand(input);
      const answer = await ask((options) => once.send(command, options));
      return { fargateProfile: present(answer.fargateProfile, read.fargateProfile) };
    },
    'eks:ListPodIdentityAssociations': async (input, ask) => ({
      associations: await allPages(
        (nextToken) =>
          ask((options) =>
            client.send(new ListPodIdentityAssociationsCommand({ ...input, nextToken }), options),
          ),
        (page) => many(read.associationSummary)(page.associations),
        (page) => page.nextToken,
      ),
    }),
    'eks:DescribePodIdentityAssociation': async (input, ask) => {
      const command = new DescribePodIdentityAssociationCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { association: present(answer.association, read.association) };
    },
    'eks:CreatePodIdentityAssociation': async (input, ask) => {
      const command = new CreatePodIdentityAssociationCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { association: present(answer.association, read.association) };
    },
    'eks:UpdatePodIdentityAssociation': async (input, ask) => {
      const command = new UpdatePodIdentityAssociationCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { association: present(answer.association, read.association) };
    },
    'eks:DeletePodIdentityAssociation': async (input, ask) => {
      const command = new DeletePodIdentityAssociationCommand(input);
      const answer = await ask((options) => once.send(command, options));
      return { association: present(answer.association, read.association) };
    },
    'eks:ListAddons': async (input, ask) => ({
      addons: await allPages(
        (nextToken) =>
          ask((options) => client.send(new ListAddonsCommand({ ...input, nextToken }), options)),
        (page) => strings(page.addons),
        (page) => page.nextToken,
      ),
    }),
    'eks:DescribeAddon': async (input, ask) => {
      const command = new DescribeAddonCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { addon: present(answer.addon, read.addon) };
    },
  };
}
