import { unlistedKey } from '../../domain/cluster-key.ts';
import type { ClusterRow } from '../../domain/rows.ts';
import type { AwsScope } from '../../ports/aws.ts';
import type { Sink } from '../../ports/sink.ts';
import { namedCluster } from './cluster-row.ts';
import type { AwsFault } from '../../domain/aws-fault.ts';
import { follow, type Following, type FollowOptions } from './follow.ts';
import { publisher } from './publisher.ts';
import { regionClusters, scopeLabel } from './region-clusters.ts';
import type { Session } from './session.ts';

/**
 * Follows the clusters of several scopes. A cluster that several of them see is shown once, with
 * the first scope that could describe it; a scope that fails beside others leaves a row that says
 * why.
 */
export function followClusters(
  scopes: readonly AwsScope[],
  sessionOf: (scope: AwsScope) => Session,
  sink: Sink<ClusterRow>,
  options: FollowOptions,
): Following {
  const write = publisher(sink);
  const regions = scopes.map((scope) =>
    regionClusters(scope, sessionOf(scope), options.clock, publish),
  );
  const failures = new Map<number, ClusterRow>();

  function publish(): void {
    const rows = new Map<string, ClusterRow>();
    for (const row of regions.flatMap((region) => region.rows())) {
      const other = rows.get(row.uid);
      if (!other || (other.error && !row.error)) rows.set(row.uid, row);
    }
    write([...rows.values(), ...failures.values()]);
  }

  sink.relist();
  return follow(
    regions,
    {
      status: (status) => sink.status(status),
      complete: () => sink.synced(),
      asked(index, fault) {
        const scope = scopes[index];
        if (scope && fault && scopes.length > 1) failures.set(index, failedScope(scope, fault));
        else failures.delete(index);
        publish();
      },
    },
    options,
  );
}

function failedScope(scope: AwsScope, fault: AwsFault): ClusterRow {
  const label = scopeLabel(scope);
  return { ...namedCluster(scope, unlistedKey(label), label), error: fault.message };
}
