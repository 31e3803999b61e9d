import {
  DescribeAccessEntry$,
  type DescribeAccessEntryRequest,
  type DescribeAccessEntryResponse,
  ListAccessEntries$,
  type ListAccessEntriesRequest,
  type ListAccessEntriesResponse,
  ListAssociatedAccessPolicies$,
  type ListAssociatedAccessPoliciesRequest,
  type ListAssociatedAccessPoliciesResponse,
} from '@aws-sdk/client-eks';
import { Random } from '../../random.ts';
import { type AccessEntry, type EksCluster, regionArn } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { clusterOf, notFound, page } from './eks-lookup.ts';

/** What EKS tells of who may come into a cluster. */
export const ACCESS_OPERATIONS: readonly Operation[] = [
  operation(
    ListAccessEntries$,
    (input: ListAccessEntriesRequest, account): ListAccessEntriesResponse => {
      const all = entriesIn(account, input.clusterName).map(({ principalArn }) => principalArn);
      const { items, next } = page(all, input);
      return { accessEntries: [...items], nextToken: next };
    },
  ),
  operation(
    DescribeAccessEntry$,
    (input: DescribeAccessEntryRequest, account): DescribeAccessEntryResponse => {
      const entry = entryOf(account, input);
      const cluster = clusterOf(account, input.clusterName);
      return {
        accessEntry: {
          clusterName: cluster.name,
          principalArn: entry.principalArn,
          kubernetesGroups: [...entry.groups],
          accessEntryArn: arnOf(cluster, entry, account),
          createdAt: new Date(entry.createdAt),
          modifiedAt: new Date(entry.createdAt),
          tags: {},
          username: entry.username,
          type: entry.type,
        },
      };
    },
  ),
  operation(
    ListAssociatedAccessPolicies$,
    (input: ListAssociatedAccessPoliciesRequest, account): ListAssociatedAccessPoliciesResponse => {
      const entry = entryOf(account, input);
      const at = new Date(entry.createdAt);
      const policies = entry.policies.map(({ name, namespaces }) => ({
        policyArn: `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${name}Policy`,
        accessScope: {
          type: namespaces.length === 0 ? ('cluster' as const) : ('namespace' as const),
          namespaces: [...namespaces],
        },
        associatedAt: at,
        modifiedAt: at,
      }));
      const { items, next } = page(policies, input);
      return {
        clusterName: input.clusterName,
        principalArn: entry.principalArn,
        associatedAccessPolicies: [...items],
        nextToken: next,
      };
    },
  ),
];

/** @throws {ApiError} as EKS says that a cluster goes by its config map alone */
function entriesIn(account: AccountView, clusterName?: string): readonly AccessEntry[] {
  const { access, accessEntries } = clusterOf(account, clusterName);
  if (access.authenticationMode !== 'CONFIG_MAP') return accessEntries;
  throw new ApiError(
    'InvalidRequestException',
    400,
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
  );
}

function entryOf(
  account: AccountView,
  { clusterName, principalArn = '' }: DescribeAccessEntryRequest,
): AccessEntry {
  const entry = entriesIn(account, clusterName).find((each) => each.principalArn === principalArn);
  if (entry) return entry;
  throw notFound(
    `The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.`,
    {},
  );
}

function arnOf(
  { name, arn }: EksCluster,
  { principalArn }: AccessEntry,
  { region }: AccountView,
): string {
  const [, kind = 'role', principal = ''] =
    /:(role|user)\/(?:.*\/)?([^/]+)$/.exec(principalArn) ?? [];
  const uuid = new Random(`${arn}/${principalArn}`).uuid();
  return regionArn(
    region,
    'eks',
    `access-entry/${name}/${kind}/${region.accountId}/${principal}/${uuid}`,
  );
}
