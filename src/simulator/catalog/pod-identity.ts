import { Random } from '../random.ts';
import { type EksCluster, type PodIdentityAssociation, type Region, regionArn } from '../region.ts';

/** Ties a service account to a role by Pod Identity. */
export function addAssociation(
  region: Region,
  cluster: EksCluster,
  plan: {
    readonly namespace: string;
    readonly serviceAccount: string;
    readonly roleArn: string;
    readonly targetRoleArn?: string;
    readonly disableSessionTags?: boolean;
    readonly clientToken?: string;
    readonly tags?: Readonly<Record<string, string>>;
  },
  now: number,
): PodIdentityAssociation {
  const { namespace, serviceAccount, roleArn } = plan;
  const random = new Random(`${cluster.arn}/${namespace}/${serviceAccount}/${now}`);
  const id = `a-${random.hex(17)}`;
  const association = {
    id,
    arn: regionArn(region, 'eks', `podidentityassociation/${cluster.name}/${id}`),
    namespace,
    serviceAccount,
    roleArn,
    targetRoleArn: plan.targetRoleArn ?? '',
    disableSessionTags: plan.disableSessionTags ?? false,
    clientToken: plan.clientToken ?? '',
    createdAt: now,
    modifiedAt: now,
    tags: plan.tags ?? {},
  };
  cluster.podIdentityAssociations.push(association);
  return association;
}
