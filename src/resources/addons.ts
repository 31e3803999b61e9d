import { addonOf, addonState, newerVersion } from '../domain/addon.ts';
import { addonHealth } from '../domain/eks-health.ts';
import type { AddonRow } from '../domain/rows.ts';
import { known, muted, NONE, status, toned, UNKNOWN } from './cells.ts';
import { ageColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { describeAddon } from './describe/addon.ts';
import { enterPods } from './links.ts';
import { bySeverity } from './severity.ts';
import { shortRole } from './names.ts';

const health = (row: AddonRow, ctx: RowContext) => addonHealth(row, ctx.now);

/** The version that EKS says it has, else that of the image that runs. */
const versionOf = ({ version, running }: AddonRow): string | null =>
  version === '' ? (running?.join(' ') ?? null) : version;

/** `v1.52.1-1` for `v1.52.1-eksbuild.1`: all have a build, and it is told where there is room. */
const shortVersion = (version: string): string => version.replaceAll('-eksbuild.', '-');

const columns: readonly Column<AddonRow>[] = [
  nameColumn(22, health),
  {
    id: 'status',
    title: 'STATUS',
    tells: 'state',
    description: 'Status at EKS with what is wrong, or self-managed where EKS does not keep it.',
    tier: 0,
    min: 14,
    max: 200,
    grow: 4,
    sortKey: 'S',
    sortBy: bySeverity(addonState, health),
    value: (row) => (row.origin === 'aws' ? row.status : row.selfManaged ? 'self-managed' : null),
    cell: (row, ctx) => status(addonState(row), health(row, ctx)),
  },
  textColumn(
    {
      id: 'version',
      copies: 'version',
      title: 'VERSION',
      description: 'Its version; of one that EKS does not keep that of the image that runs.',
      tier: 0,
      min: 10,
      max: 20,
      cell: (row) => {
        const version = versionOf(row);
        return known(version === null ? null : shortVersion(version));
      },
    },
    versionOf,
  ),
  {
    id: 'latest',
    title: 'LATEST',
    tells: 'moment',
    description: "Newest version that goes with the cluster's version, where that is newer.",
    tier: 0,
    min: 9,
    max: 20,
    value: newerVersion,
    cell: (row) => {
      if (row.origin === 'pods') return NONE;
      const newer = newerVersion(row);
      if (newer === null) return UNKNOWN;
      return newer === '' ? muted('newest') : toned(shortVersion(newer), 'accent');
    },
  },
  {
    id: 'pods',
    title: 'PODS',
    description: 'Pods that are ready, of all that do its work.',
    tier: 0,
    min: 5,
    max: 9,
    align: 'right',
    needs: ['pods'],
    value: ({ podsReady }) => podsReady,
    cell: ({ pods, podsReady }) => {
      if (pods === null || podsReady === null) return UNKNOWN;
      return toned(`${podsReady}/${pods}`, podsReady === pods ? 'text' : 'bad');
    },
  },
  {
    id: 'fitsNext',
    title: 'NEXT',
    tells: 'moment',
    description: 'Whether its version goes with the next version of Kubernetes.',
    tier: 1,
    min: 4,
    max: 6,
    value: ({ fitsNext }) => fitsNext,
    cell: ({ fitsNext, origin }) => {
      if (fitsNext === null) return origin === 'pods' ? NONE : UNKNOWN;
      return fitsNext ? muted('yes') : toned('no', 'warn');
    },
  },
  textColumn(
    {
      id: 'role',
      copies: 'role ARN',
      title: 'IAM-ROLE',
      description: 'Role of its service account (IRSA), or that it has Pod Identity associations.',
      tier: 1,
      min: 10,
      max: 40,
      cut: 'middle',
      cell: (row) => roleCell(row),
    },
    (row) => row.roleArn,
  ),
  textColumn(
    {
      id: 'health',
      tells: 'moment',
      title: 'ISSUES',
      description: 'Health issues that EKS reports, by cause.',
      tier: 3,
      max: 60,
    },
    (row) => row.health.map(({ code }) => code).join(','),
  ),
  textColumn(
    {
      id: 'running',
      tells: 'moment',
      title: 'IMAGE',
      description: 'Tags of the images that run; two while it rolls out.',
      tier: 2,
      max: 40,
      needs: ['pods'],
    },
    (row) => row.running?.join(' ') ?? null,
  ),
  textColumn(
    { id: 'publisher', title: 'PUBLISHER', description: 'Who publishes it.', tier: 3, max: 24 },
    (row) => row.publisher,
  ),
  ageColumn(2),
];

function roleCell({ roleArn, associations, origin }: AddonRow) {
  if (roleArn !== '') return muted(shortRole(roleArn));
  if (associations.length > 0) return muted(`${associations.length} by Pod Identity`);
  return origin === 'aws' ? NONE : UNKNOWN;
}

export const addons = defineResource({
  id: 'addons',
  title: 'Add-ons',
  singular: 'addon',
  aliases: ['add-ons', 'add-on'],
  description: 'Add-ons that EKS keeps, and those of kube-system that it does not keep.',
  table: 'addons',
  scope: 'cluster',
  inHeader: { one: 'add-on', problems: true, read: false },
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: enterPods<AddonRow>(
    'pods of this add-on',
    ({ uid }) =>
      (pod) =>
        addonOf(pod)?.addon === uid,
  ),
  describe: describeAddon,
  describeNeeds: ['pods'],
  iam: ['eks:ListAddons', 'eks:DescribeAddon', 'eks:DescribeAddonVersions', 'eks:DescribeCluster'],
  empty: 'No add-ons: EKS keeps none, and none of the usual ones runs in kube-system',
});
