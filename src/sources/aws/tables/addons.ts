import type { AddonRow } from '../../../domain/rows.ts';
import { blankAddon } from '../../../domain/tables/addons.ts';
import type { AddonDescription } from '../../../ports/aws-shapes.ts';
import { modifications } from '../modifications.ts';
import { describeEach } from '../polling/describe-each.ts';
import type { AwsTable } from '../polling/table.ts';
import { addonReleases } from './addons/releases.ts';
import { healthIssues } from './health-issues.ts';

/** Statuses that end by themselves within minutes. */
const CHANGING: ReadonlySet<string> = new Set(['CREATING', 'UPDATING', 'DELETING']);

const CALLS = [
  'eks:ListAddons',
  'eks:DescribeAddon',
  'eks:DescribeAddonVersions',
  'eks:DescribeCluster',
] as const;

/** The row of an add-on; what its versions go with is another call's answer. */
function addonRow(name: string, addon: AddonDescription): AddonRow {
  return {
    ...blankAddon(name),
    created: addon.createdAt ?? 0,
    modified: addon.modifiedAt ?? 0,
    status: addon.status,
    version: addon.addonVersion,
    health: healthIssues(addon.health),
    configuration: addon.configurationValues,
    roleArn: addon.serviceAccountRoleArn,
    associations: addon.podIdentityAssociations,
    publisher: addon.publisher,
    owner: addon.owner,
  };
}

/** The add-ons that EKS keeps on a cluster. */
export const addons: AwsTable<'addons', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 30_000, changing: 5_000 },
  isChanging: ({ status }) => CHANGING.has(status),
  parts(cluster, { reads, clock, lasting }) {
    const { name: clusterName } = cluster;
    const aws = reads(cluster);
    const rows = new Map<string, AddonRow>();
    const modified = modifications(cluster, { lasting });
    const releases = addonReleases(clusterName, aws, clock);
    return [
      {
        label: 'add-ons',
        rows: () => [...rows.values()].map((row) => ({ ...row, ...releases.of(row) })),
        async read(round) {
          const { addons: names } = await aws.call('eks:ListAddons', { clusterName }, round.signal);
          await describeEach(names, rows, round, {
            async describe(addonName) {
              const input = { clusterName, addonName };
              const { addon } = await aws.call('eks:DescribeAddon', input, round.signal);
              modified.note('Addon', addonName, addon.modifiedAt);
              return addonRow(addonName, addon);
            },
            undescribed: (name) => rows.get(name) ?? blankAddon(name),
          });
          await releases.read([...rows.keys()], round);
        },
      },
    ];
  },
};
