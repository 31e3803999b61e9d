import {
  CreateFargateProfile$,
  type CreateFargateProfileRequest,
  type CreateFargateProfileResponse,
  DeleteFargateProfile$,
  type DeleteFargateProfileRequest,
  type DeleteFargateProfileResponse,
  DescribeFargateProfile$,
  type DescribeFargateProfileRequest,
  type DescribeFargateProfileResponse,
  ListFargateProfiles$,
  type ListFargateProfilesRequest,
  type ListFargateProfilesResponse,
} from '@aws-sdk/client-eks';
import { knownTrust } from '../../iam.ts';
import { Random } from '../../random.ts';
import { type EksCluster, type FargateProfile, regionArn } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { type Operation, operation } from '../operation.ts';
import { trusts } from '../policy.ts';
import { clusterOf, inUse, invalid, notFound, page } from './eks-lookup.ts';
import { fargateShape } from './eks-shapes.ts';

/** Quotas of EKS that cannot be seen in the schemas. */
const MOST_PROFILES = 10;
const MOST_SELECTORS = 5;
const MOST_LABELS = 5;

/** What EKS does with Fargate profiles. A controller ends what is begun here. */
export const FARGATE_OPERATIONS: readonly Operation[] = [
  operation(
    ListFargateProfiles$,
    (input: ListFargateProfilesRequest, account): ListFargateProfilesResponse => {
      const { fargateProfiles } = clusterOf(account, input.clusterName);
      const { items, next } = page(
        fargateProfiles.map(({ name }) => name),
        input,
      );
      return { fargateProfileNames: [...items], nextToken: next };
    },
  ),
  operation(
    DescribeFargateProfile$,
    (input: DescribeFargateProfileRequest, account): DescribeFargateProfileResponse => {
      const cluster = clusterOf(account, input.clusterName);
      const profile = profileOf(cluster, input.fargateProfileName, input);
      return { fargateProfile: fargateShape(cluster, profile) };
    },
  ),
  operation(
    CreateFargateProfile$,
    (input: CreateFargateProfileRequest, account): CreateFargateProfileResponse => {
      const { region, now } = account;
      const cluster = clusterOf(account, input.clusterName);
      const { fargateProfileName: name = '', clientRequestToken: clientToken = '' } = input;
      const members = { clusterName: cluster.name, fargateProfileName: name };
      const same = cluster.fargateProfiles.find((each) => each.name === name);
      if (same) {
        if (clientToken === '' || same.clientToken !== clientToken) {
          throw inUse('A Fargate Profile already exists with this name in this cluster.', members);
        }
        return { fargateProfile: fargateShape(cluster, same) };
      }
      checkProfile(input, cluster, members);
      checkRole(account, cluster, input, members);
      checkIdle(cluster, 'create', name, members);
      if (cluster.fargateProfiles.length >= MOST_PROFILES) {
        throw invalid(`Fargate Profile limit exceeded for cluster ${cluster.name}`, members);
      }
      const profile: FargateProfile = {
        name,
        arn: regionArn(
          region,
          'eks',
          `fargateprofile/${cluster.name}/${name}/${new Random(`${name}/${now}`).uuid()}`,
        ),
        clientToken,
        status: 'CREATING',
        selectors: (input.selectors ?? []).map(({ namespace = '', labels = {} }) => ({
          namespace,
          labels,
        })),
        subnetIds: subnetsOf(input, cluster),
        podExecutionRoleArn: input.podExecutionRoleArn ?? '',
        createdAt: now,
        tags: input.tags ?? {},
      };
      cluster.fargateProfiles.push(profile);
      return { fargateProfile: fargateShape(cluster, profile) };
    },
  ),
  operation(
    DeleteFargateProfile$,
    (input: DeleteFargateProfileRequest, account): DeleteFargateProfileResponse => {
      const cluster = clusterOf(account, input.clusterName);
      const profile = profileOf(cluster, input.fargateProfileName, input);
      const members = { clusterName: cluster.name, fargateProfileName: profile.name };
      checkIdle(cluster, 'delete', profile.name, members);
      profile.status = 'DELETING';
      return { fargateProfile: fargateShape(cluster, profile) };
    },
  ),
];

function profileOf(cluster: EksCluster, name = '', members: object): FargateProfile {
  const profile = cluster.fargateProfiles.find((each) => each.name === name);
  if (profile) return profile;
  throw notFound(`No Fargate Profile found with name: ${name}.`, members);
}

/** EKS does one thing with the Fargate profiles of a cluster at a time. */
function checkIdle(
  cluster: EksCluster,
  verb: 'create' | 'delete',
  name: string,
  members: object,
): void {
  const busy = cluster.fargateProfiles.find(
    ({ status }) => status === 'CREATING' || status === 'DELETING',
  );
  if (!busy) return;
  throw inUse(
    `Cannot ${verb} Fargate Profile ${name} because cluster ${cluster.name} currently has ` +
      `Fargate profile ${busy.name} in status ${busy.status}`,
    members,
  );
}

function checkProfile(
  input: CreateFargateProfileRequest,
  cluster: EksCluster,
  members: object,
): void {
  const { fargateProfileName: name = '', selectors = [] } = input;
  if (!/^[0-9A-Za-z][A-Za-z0-9\-_]{0,99}$/.test(name)) {
    throw invalid(
      'The fargateProfileName parameter contains invalid characters. It should begin with a letter or digit and can have any of the following characters: the set of Unicode letters, digits, hyphens and underscores.',
      members,
    );
  }
  if (name.startsWith('eks-')) {
    throw invalid('Fargate Profile name must not start with the prefix eks-', members);
  }
  if (selectors.length === 0) {
    throw invalid('Fargate Profile must contain at least one selector.', members);
  }
  if (selectors.length > MOST_SELECTORS) {
    throw invalid(
      `The number of selectors exceeds the maximum allowed limit ${MOST_SELECTORS}`,
      members,
    );
  }
  for (const { namespace = '', labels = {} } of selectors) {
    if (namespace === '') throw invalid('Selector namespace must not be empty.', members);
    if (Object.keys(labels).length > MOST_LABELS) {
      throw invalid(
        `The number of labels in a selector exceeds the maximum allowed limit ${MOST_LABELS}`,
        members,
      );
    }
  }
  for (const id of subnetsOf(input, cluster)) {
    const subnet = cluster.subnets.find((each) => each.id === id);
    if (!subnet) throw invalid(`The subnet ID '${id}' does not exist`, members);
    if (subnet.public) {
      throw invalid(`Subnet ${id} provided in Fargate Profile is not a private subnet`, members);
    }
  }
}

/** The role must be there, and let the machines of Fargate become it. */
function checkRole(
  { region, now }: AccountView,
  cluster: EksCluster,
  { podExecutionRoleArn: arn = '', fargateProfileName: name = '' }: CreateFargateProfileRequest,
  members: object,
): void {
  const role = [...region.iam.roles.values()].find((each) => each.arn === arn);
  const trust = role ? knownTrust(role, now) : null;
  if (trust === null) {
    throw invalid(
      `Role with arn: ${arn}, could not be assumed because it does not exist or the trusted entity is not correct`,
      members,
    );
  }
  const service = 'eks-fargate-pods.amazonaws.com';
  const trusted = trusts(trust, {
    principal: { kind: 'Service', value: service },
    action: 'sts:AssumeRole',
    context: {
      'aws:sourceaccount': region.accountId,
      'aws:sourcearn': regionArn(region, 'eks', `fargateprofile/${cluster.name}/${name}/`),
    },
  });
  if (trusted) return;
  throw invalid(
    `Misconfigured PodExecutionRole Trust Policy; Please add the ${service} Service Principal`,
    members,
  );
}

/** Those asked for, else the private ones of the cluster, as EKS takes them. */
function subnetsOf({ subnets }: CreateFargateProfileRequest, cluster: EksCluster): string[] {
  if (subnets !== undefined && subnets.length > 0) return [...subnets];
  return cluster.subnets.filter((each) => !each.public).map(({ id }) => id);
}
