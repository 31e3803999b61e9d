import {
  UpdateClusterVersion$,
  type UpdateClusterVersionRequest,
  type UpdateClusterVersionResponse,
  UpdateNodegroupVersion$,
  type UpdateNodegroupVersionRequest,
  type UpdateNodegroupVersionResponse,
} from '@aws-sdk/client-eks';
import { releasesOf } from '../../catalog/releases.ts';
import { Random } from '../../random.ts';
import type { EksCluster, EksUpdate, Nodegroup } from '../../region.ts';
import { type Operation, operation } from '../operation.ts';
import { clusterOf, inUse, invalid, nodegroupOf, refused } from './eks-lookup.ts';
import { updateShape } from './eks-shapes.ts';

const DAY = 86_400_000;
/** How long after an upgrade a cluster may go back (ms). */
const ROLLBACK_MS = 7 * DAY;

const minorOf = (version: string): number => Number(version.split('.')[1] ?? 0);

/** Updates of the versions of clusters and node groups; controllers carry them out. */
export const VERSION_OPERATIONS: readonly Operation[] = [
  operation(
    UpdateNodegroupVersion$,
    (input: UpdateNodegroupVersionRequest, account): UpdateNodegroupVersionResponse => {
      const cluster = clusterOf(account, input.clusterName);
      const group = nodegroupOf(cluster, input.nodegroupName);
      const members = { clusterName: cluster.name, nodegroupName: group.name };
      const same = sent(group.updates, input.clientRequestToken);
      if (same) return { update: updateShape(same) };
      if (group.status !== 'ACTIVE' && group.status !== 'DEGRADED')
        throw inUse('Nodegroup cannot be updated as it is currently not in Active State', members);
      const target = targetOf(input, cluster, group, members);
      group.rolling = target;
      group.status = 'UPDATING';
      group.modifiedAt = account.now;
      const update: EksUpdate = {
        id: new Random(`${group.arn}/${group.updates.length}`).uuid(),
        type: 'VersionUpdate',
        status: 'InProgress',
        params: { Version: target.version, ReleaseVersion: target.releaseVersion },
        createdAt: account.now,
        force: input.force === true,
        ...(input.clientRequestToken && { clientToken: input.clientRequestToken }),
      };
      group.updates.push(update);
      return { update: updateShape(update) };
    },
  ),
  operation(
    UpdateClusterVersion$,
    (input: UpdateClusterVersionRequest, account): UpdateClusterVersionResponse => {
      const cluster = clusterOf(account, input.name);
      const members = { clusterName: cluster.name };
      const same = sent(cluster.updates, input.clientRequestToken);
      if (same) return { update: updateShape(same) };
      if (cluster.status !== 'ACTIVE')
        throw inUse(
          `Cluster ${cluster.name} cannot be updated as it is in ${cluster.status} state`,
          members,
        );
      const { version = '' } = input;
      const step = minorOf(version) - minorOf(cluster.version);
      if (releasesOf(version).length === 0)
        throw invalid(`unsupported Kubernetes version ${version}`, members);
      if (step === 1) checkUpgrade(cluster, input.force === true, members);
      else if (step === -1) checkRollback(cluster, version, input.force === true, account.now);
      else
        throw invalid(
          `Unsupported Kubernetes minor version update from ${cluster.version} to ${version}`,
          members,
        );
      const update: EksUpdate = {
        id: new Random(`${cluster.arn}/${cluster.updates.length}`).uuid(),
        type: step === 1 ? 'VersionUpdate' : 'VersionRollback',
        status: 'InProgress',
        params: { Version: version, PlatformVersion: 'eks.4' },
        createdAt: account.now,
        ...(input.clientRequestToken && { clientToken: input.clientRequestToken }),
      };
      cluster.status = 'UPDATING';
      cluster.updates.push(update);
      return { update: updateShape(update) };
    },
  ),
];

/** The update that the same request began already. */
const sent = (updates: readonly EksUpdate[], token: string | undefined): EksUpdate | undefined =>
  updates.find(({ clientToken }) => token && clientToken === token);

/** What a group is to become; @throws as EKS says that it cannot. */
function targetOf(
  input: UpdateNodegroupVersionRequest,
  cluster: EksCluster,
  group: Nodegroup,
  members: object,
): NonNullable<Nodegroup['rolling']> {
  const ofRelease = input.releaseVersion?.split('.').slice(0, 2).join('.');
  const version = input.version ?? ofRelease ?? cluster.version;
  const [latest = ''] = releasesOf(version);
  const releaseVersion = input.releaseVersion ?? latest;
  if (!releasesOf(version).includes(releaseVersion))
    throw invalid(
      `Requested release version ${releaseVersion} is not valid for kubernetes version ${version}.`,
      members,
    );
  if (minorOf(version) > minorOf(cluster.version))
    throw invalid(
      `Nodegroup Kubernetes version ${version} must not be newer than that of its cluster, ${cluster.version}`,
      members,
    );
  if (minorOf(version) < minorOf(group.version))
    throw invalid(`Nodegroup cannot be updated to an earlier Kubernetes version`, members);
  return { version, releaseVersion };
}

function checkUpgrade(cluster: EksCluster, force: boolean, members: object): void {
  const behind = cluster.nodegroups.filter(({ version }) => version !== cluster.version);
  if (behind.length > 0)
    throw refused(
      `Nodegroups ${behind.map(({ name }) => name).join(', ')} must be updated to match cluster version ${cluster.version} before updating cluster version`,
      members,
    );
  checkInsights(cluster, 'UPGRADE_READINESS', force);
}

function checkRollback(cluster: EksCluster, version: string, force: boolean, now: number): void {
  const last = cluster.updates.findLast(
    ({ type, status }) => type === 'VersionUpdate' && status === 'Successful',
  );
  if (!last || now - last.createdAt > ROLLBACK_MS || last.params['Version'] !== cluster.version)
    throw refused(
      `Cluster ${cluster.name} cannot be rolled back to ${version}: no upgrade within the last 7 days`,
      { clusterName: cluster.name },
    );
  checkInsights(cluster, 'ROLLBACK_READINESS', force);
}

function checkInsights({ name, insights }: EksCluster, category: string, force: boolean): void {
  const blocking = insights.filter((each) => each.category === category && each.status === 'ERROR');
  if (force || blocking.length === 0) return;
  throw refused(
    `The update is blocked by ${blocking.length} insight(s): ${blocking.map((each) => each.name).join(', ')}. Use force to override`,
    { clusterName: name },
  );
}
