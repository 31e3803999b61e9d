import type { Clock } from '../../../../core/clock.ts';
import { AwsFault } from '../../../../domain/aws-fault.ts';
import { unlistedKey } from '../../../../domain/cluster-key.ts';
import type { ClusterRow } from '../../../../domain/rows.ts';
import type { AwsScope } from '../../../../ports/aws.ts';
import type { Reads, TablePart } from '../../polling/table.ts';
import { namedCluster } from './row.ts';

/** A region is enabled once in years. */
const KNOWN_MS = 3_600_000;

/** What is said where the regions may not be listed: their names would do as well. */
const NAME_THEM = 'or name the regions: --region eu-central-1 --region us-east-1';

/**
 * All regions that the account of a profile has enabled: no clusters of its own, but a part for each
 * region. They are asked for once an hour.
 * @param regionPart the part of one region
 */
export function allRegions(
  scope: AwsScope,
  aws: Reads<'ec2:DescribeRegions'>,
  clock: Clock,
  regionPart: (scope: AwsScope) => TablePart<ClusterRow>,
): TablePart<ClusterRow> {
  const label = scope.profile ? `${scope.profile}/all regions` : 'all regions';
  const parts = new Map<string, TablePart<ClusterRow>>();
  let knownUntil = 0;
  return {
    label,
    rows: () => [],
    failed: ({ message, hint }) => ({
      ...namedCluster(scope, unlistedKey(label), label),
      error: message,
      errorHint: hint,
    }),
    more: () => [...parts.values()],
    async read({ signal }) {
      if (clock.now() < knownUntil) return;
      const { Regions } = await aws.call('ec2:DescribeRegions', {}, signal).catch(asked);
      const names = new Set(Regions.map(({ RegionName }) => RegionName).filter(Boolean));
      for (const region of parts.keys()) if (!names.has(region)) parts.delete(region);
      for (const region of [...names].sort()) {
        if (!parts.has(region)) parts.set(region, regionPart({ ...scope, region }));
      }
      knownUntil = clock.now() + KNOWN_MS;
    },
  };
}

function asked(error: unknown): never {
  if (!(error instanceof AwsFault) || error.kind !== 'denied') throw error;
  const { kind, message, hint, code, action } = error;
  throw new AwsFault(kind, message, `${hint}, ${NAME_THEM}`, { code, action });
}
