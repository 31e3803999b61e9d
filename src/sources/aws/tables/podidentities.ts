import type { PodIdentityRow } from '../../../domain/rows.ts';
import { podidentities as table } from '../../../domain/tables/podidentities.ts';
import type { PodIdentityDescription, PodIdentitySummary } from '../../../ports/aws-shapes.ts';
import { readEach } from '../polling/read-each.ts';
import type { AwsTable } from '../polling/table.ts';

const CALLS = ['eks:ListPodIdentityAssociations', 'eks:DescribePodIdentityAssociation'] as const;

/** A cluster may have a thousand of them: what one holds is asked for anew after that long (ms). */
const GOOD_FOR = 10 * 60_000;

function listedRow(listed: PodIdentitySummary): PodIdentityRow {
  return {
    ...table.blank,
    uid: listed.associationId,
    name: listed.serviceAccount,
    namespace: listed.namespace,
    arn: listed.associationArn,
    owner: listed.ownerArn,
  };
}

/** The row of an association. */
function podIdentityRow(association: PodIdentityDescription): PodIdentityRow {
  return {
    ...listedRow(association),
    created: association.createdAt ?? 0,
    roleArn: association.roleArn,
    targetRoleArn: association.targetRoleArn,
    externalId: association.externalId,
    sessionTags: !association.disableSessionTags,
    sessionPolicy: association.policy,
  };
}

/** Which service accounts of a cluster become which roles by Pod Identity. */
export const podidentities: AwsTable<'podidentities', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 60_000 },
  isChanging: () => false,
  parts(cluster, { reads, clock }) {
    const { name: clusterName } = cluster;
    const aws = reads(cluster);
    const each = readEach<PodIdentitySummary, PodIdentityRow>(clock, GOOD_FOR, {
      key: ({ associationId }) => associationId,
      unread: listedRow,
      async read({ associationId }, { signal }) {
        const input = { clusterName, associationId };
        const answer = await aws.call('eks:DescribePodIdentityAssociation', input, signal);
        return podIdentityRow(answer.association);
      },
    });
    return [
      {
        label: 'Pod Identity associations',
        rows: each.rows,
        async read(round) {
          const input = { clusterName };
          const answer = await aws.call('eks:ListPodIdentityAssociations', input, round.signal);
          await each.read(answer.associations, round);
        },
      },
    ];
  },
};
