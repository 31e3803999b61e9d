import type { NodeGroupRow } from '../../../domain/rows.ts';
import type { AwsTable } from '../polling/table.ts';
import { modifications } from '../modifications.ts';
import { subnetZones } from '../zones.ts';
import { fargateProfiles } from './nodegroups/fargate.ts';
import { amiReleases } from '../ami-releases.ts';
import { managedGroups } from './nodegroups/managed.ts';
import { selfManagedGroups } from './nodegroups/self-managed.ts';
import { shortfalls } from './nodegroups/shortfalls.ts';

/** Statuses that end by themselves within minutes. */
const CHANGING: ReadonlySet<string> = new Set(['CREATING', 'UPDATING', 'DELETING']);

const CALLS = [
  'eks:ListNodegroups',
  'eks:DescribeNodegroup',
  'eks:ListUpdates',
  'eks:DescribeUpdate',
  'eks:ListFargateProfiles',
  'eks:DescribeFargateProfile',
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeScalingActivities',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:DescribeSubnets',
  'ssm:GetParameters',
] as const;

/** The managed node groups, Fargate profiles and self-managed groups of a cluster. */
export const nodegroups: AwsTable<'nodegroups', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 30_000, changing: 5_000 },
  isChanging: ({ status }) => CHANGING.has(status),
  parts(cluster, { reads, clock, lasting }) {
    const aws = reads(cluster);
    const zones = subnetZones(aws);
    const short = shortfalls(aws);
    /** Auto Scaling tells the zones itself; EKS tells subnets. */
    const told = (row: NodeGroupRow): NodeGroupRow => ({
      ...row,
      zones: row.zones.length > 0 ? row.zones : zones.zonesOf(row.subnets),
      shortfall: short.of(row.asg),
    });
    return [
      managedGroups(cluster.name, aws, {
        ...{ zones, releases: amiReleases(aws, clock) },
        modified: modifications(cluster, { lasting }),
      }),
      fargateProfiles(cluster.name, aws, zones),
      selfManagedGroups(cluster.name, aws, short),
    ].map((part) => ({ ...part, rows: () => part.rows().map(told) }));
  },
};
