import type { NodeGroupRow } from '../../domain/rows.ts';
import type { AwsScope, EksCluster } from '../../ports/aws.ts';
import type { Sink } from '../../ports/sink.ts';
import { follow, type Following, type FollowOptions } from './follow.ts';
import { fargateProfiles } from './groups/fargate.ts';
import { managedGroups } from './groups/managed.ts';
import { selfManagedGroups } from './groups/self-managed.ts';
import { publisher } from './publisher.ts';
import type { Session } from './session.ts';
import { subnetZones } from './zones.ts';

/** Follows the managed node groups, Fargate profiles and self-managed groups of one cluster. */
export function followNodeGroups(
  { name: cluster, ...scope }: EksCluster,
  sessionOf: (scope: AwsScope) => Session,
  sink: Sink<NodeGroupRow>,
  options: FollowOptions,
): Following {
  const write = publisher(sink);
  const session = sessionOf(scope);
  const zones = subnetZones(session);
  const context = { cluster, session, zones, changed: publish };
  const sources = [managedGroups(context), fargateProfiles(context), selfManagedGroups(context)];

  function publish(): void {
    write(sources.flatMap((source) => [...source.rows.values()].map(placed)));
  }

  /** Auto Scaling tells the zones itself; EKS tells subnets. */
  const placed = (row: NodeGroupRow): NodeGroupRow =>
    row.zones.length > 0 ? row : { ...row, zones: zones.zonesOf(row.subnets) };

  sink.relist();
  return follow(
    sources,
    {
      status: (status) => sink.status(status),
      complete: () => sink.synced(),
      asked: publish,
    },
    options,
  );
}
