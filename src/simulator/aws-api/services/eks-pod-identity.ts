import {
  CreatePodIdentityAssociation$,
  type CreatePodIdentityAssociationRequest,
  type CreatePodIdentityAssociationResponse,
  DeletePodIdentityAssociation$,
  type DeletePodIdentityAssociationRequest,
  type DeletePodIdentityAssociationResponse,
  DescribePodIdentityAssociation$,
  type DescribePodIdentityAssociationRequest,
  type DescribePodIdentityAssociationResponse,
  ListPodIdentityAssociations$,
  type ListPodIdentityAssociationsRequest,
  type ListPodIdentityAssociationsResponse,
  type PodIdentityAssociation as Shape,
  type PodIdentityAssociationSummary,
  UpdatePodIdentityAssociation$,
  type UpdatePodIdentityAssociationRequest,
  type UpdatePodIdentityAssociationResponse,
} from '@aws-sdk/client-eks';
import { addAssociation } from '../../catalog/pod-identity.ts';
import type { EksCluster, PodIdentityAssociation } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { type Operation, operation } from '../operation.ts';
import { clusterOf, inUse, invalid, notFound, page } from './eks-lookup.ts';

/** What EKS does with Pod Identity associations. They count for pods that are made from then on. */
export const POD_IDENTITY_OPERATIONS: readonly Operation[] = [
  operation(
    ListPodIdentityAssociations$,
    (input: ListPodIdentityAssociationsRequest, account): ListPodIdentityAssociationsResponse => {
      const cluster = clusterOf(account, input.clusterName);
      const { namespace, serviceAccount } = input;
      const all = cluster.podIdentityAssociations.filter(
        (each) =>
          (namespace === undefined || each.namespace === namespace) &&
          (serviceAccount === undefined || each.serviceAccount === serviceAccount),
      );
      const { items, next } = page(all, input);
      return { associations: items.map((each) => summary(cluster, each)), nextToken: next };
    },
  ),
  operation(
    DescribePodIdentityAssociation$,
    (
      input: DescribePodIdentityAssociationRequest,
      account,
    ): DescribePodIdentityAssociationResponse => {
      const cluster = clusterOf(account, input.clusterName);
      return { association: shape(cluster, associationOf(cluster, input.associationId)) };
    },
  ),
  operation(
    CreatePodIdentityAssociation$,
    (input: CreatePodIdentityAssociationRequest, account): CreatePodIdentityAssociationResponse => {
      const { region, now } = account;
      const cluster = clusterOf(account, input.clusterName);
      const { namespace = '', serviceAccount = '', roleArn = '' } = input;
      const { clientRequestToken: clientToken = '' } = input;
      const same = cluster.podIdentityAssociations.find(
        (each) => each.namespace === namespace && each.serviceAccount === serviceAccount,
      );
      if (same) {
        if (clientToken === '' || same.clientToken !== clientToken) {
          throw inUse(`Association already exists: ${same.id}`, { clusterName: cluster.name });
        }
        return { association: shape(cluster, same) };
      }
      checkRole(account, roleArn);
      const plan = {
        namespace,
        serviceAccount,
        roleArn,
        clientToken,
        ...(input.targetRoleArn && { targetRoleArn: input.targetRoleArn }),
        ...(input.disableSessionTags && { disableSessionTags: true }),
        ...(input.tags && { tags: input.tags }),
      };
      return { association: shape(cluster, addAssociation(region, cluster, plan, now)) };
    },
  ),
  operation(
    UpdatePodIdentityAssociation$,
    (input: UpdatePodIdentityAssociationRequest, account): UpdatePodIdentityAssociationResponse => {
      const cluster = clusterOf(account, input.clusterName);
      const association = associationOf(cluster, input.associationId);
      if (input.roleArn !== undefined) checkRole(account, input.roleArn);
      association.roleArn = input.roleArn ?? association.roleArn;
      association.targetRoleArn = input.targetRoleArn ?? association.targetRoleArn;
      association.disableSessionTags = input.disableSessionTags ?? association.disableSessionTags;
      association.modifiedAt = account.now;
      return { association: shape(cluster, association) };
    },
  ),
  operation(
    DeletePodIdentityAssociation$,
    (input: DeletePodIdentityAssociationRequest, account): DeletePodIdentityAssociationResponse => {
      const cluster = clusterOf(account, input.clusterName);
      const association = associationOf(cluster, input.associationId);
      const all = cluster.podIdentityAssociations;
      all.splice(all.indexOf(association), 1);
      return { association: shape(cluster, association) };
    },
  ),
];

function associationOf(cluster: EksCluster, id = ''): PodIdentityAssociation {
  const association = cluster.podIdentityAssociations.find((each) => each.id === id);
  if (association) return association;
  throw notFound(`Association ${id} not found in cluster ${cluster.name}`, {
    clusterName: cluster.name,
  });
}

function checkRole({ region }: AccountView, arn: string): void {
  if ([...region.iam.roles.values()].some((role) => role.arn === arn)) return;
  throw invalid('Role provided in the request does not exist.', {});
}

function summary(
  cluster: EksCluster,
  { namespace, serviceAccount, id, arn }: PodIdentityAssociation,
): PodIdentityAssociationSummary {
  return {
    clusterName: cluster.name,
    namespace,
    serviceAccount,
    associationArn: arn,
    associationId: id,
  };
}

function shape(cluster: EksCluster, association: PodIdentityAssociation): Shape {
  const { roleArn, targetRoleArn, disableSessionTags } = association;
  return {
    ...summary(cluster, association),
    roleArn,
    disableSessionTags,
    ...(targetRoleArn && { targetRoleArn }),
    createdAt: new Date(association.createdAt),
    modifiedAt: new Date(association.modifiedAt),
    tags: { ...association.tags },
  };
}
