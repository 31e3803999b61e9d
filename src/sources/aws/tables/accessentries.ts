import type { AccessEntryRow } from '../../../domain/rows.ts';
import { blankAccessEntry } from '../../../domain/tables/accessentries.ts';
import type { AccessEntryDescription, AssociatedPolicy } from '../../../ports/aws-shapes.ts';
import { readEach } from '../polling/read-each.ts';
import { orNull } from '../polling/round.ts';
import type { AwsTable } from '../polling/table.ts';

const CALLS = [
  'eks:ListAccessEntries',
  'eks:DescribeAccessEntry',
  'eks:ListAssociatedAccessPolicies',
] as const;

/** Entries change when people do; what one holds is asked for anew after that long (ms). */
const GOOD_FOR = 5 * 60_000;

/** `ClusterAdmin`, or `View in shop, web`: EKS calls its policies AmazonEKSClusterAdminPolicy. */
export function policyText({ policyArn, accessScope }: AssociatedPolicy): string {
  const name = policyArn.slice(policyArn.lastIndexOf('/') + 1);
  const short = /^Amazon(?:EKS)?(.+)Policy$/.exec(name)?.[1] ?? name;
  const { type, namespaces } = accessScope;
  return type === 'namespace' ? `${short} in ${namespaces.join(', ')}` : short;
}

/** The row of an access entry; its policies are another call's answer. */
function accessEntryRow(
  arn: string,
  entry: AccessEntryDescription,
  policies: readonly AssociatedPolicy[] | null,
): AccessEntryRow {
  return {
    ...blankAccessEntry(arn),
    created: entry.createdAt ?? 0,
    modified: entry.modifiedAt ?? 0,
    type: entry.type,
    username: entry.username,
    groups: entry.kubernetesGroups,
    policies: policies?.map(policyText) ?? null,
  };
}

/** Who may come into a cluster by its access entries. */
export const accessentries: AwsTable<'accessentries', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 60_000 },
  isChanging: () => false,
  parts(cluster, { reads, clock }) {
    const { name: clusterName } = cluster;
    const aws = reads(cluster);
    const each = readEach<string, AccessEntryRow>(clock, GOOD_FOR, {
      key: (arn) => arn,
      unread: blankAccessEntry,
      async read(principalArn, round) {
        const input = { clusterName, principalArn };
        const [{ accessEntry }, answer] = await Promise.all([
          aws.call('eks:DescribeAccessEntry', input, round.signal),
          orNull(aws.call('eks:ListAssociatedAccessPolicies', input, round.signal), round),
        ]);
        return accessEntryRow(principalArn, accessEntry, answer?.associatedAccessPolicies ?? null);
      },
    });
    return [
      {
        label: 'access entries',
        rows: each.rows,
        async read(round) {
          const answer = await aws.call('eks:ListAccessEntries', { clusterName }, round.signal);
          await each.read(answer.accessEntries, round);
        },
      },
    ];
  },
};
