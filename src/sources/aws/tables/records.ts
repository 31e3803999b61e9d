import { plainHost } from '../../../domain/host-records.ts';
import { records as table, type RecordRow } from '../../../domain/tables/records.ts';
import type {
  HostedZoneDescription,
  RecordSetDescription,
} from '../../../ports/aws/route53-calls.ts';
import { readEach } from '../polling/read-each.ts';
import type { AwsTable } from '../polling/table.ts';

const CALLS = ['route53:ListHostedZones', 'route53:ListResourceRecordSets'] as const;

/** Those whose targets are hosts or addresses. */
const LEADING: ReadonlySet<string> = new Set(['A', 'AAAA', 'CNAME']);

/** How long records are taken for what they were where their number is the same (ms). */
const RECORDS_MS = 10 * 60_000;

/**
 * The names in the hosted zones of the account. Route 53 takes five requests a second of an account,
 * whoever makes them: zones are listed every five minutes, and the records of one read when their
 * number changes, else every ten.
 */
export const records: AwsTable<'records', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 5 * 60_000, changing: 5 * 60_000 },
  isChanging: () => false,
  parts(cluster, { reads, clock }) {
    const aws = reads(cluster);
    const zones = readEach<HostedZoneDescription, readonly RecordRow[]>(clock, RECORDS_MS, {
      key: ({ Id }) => Id,
      stamp: ({ ResourceRecordSetCount }) => String(ResourceRecordSetCount),
      unread: () => [],
      async read(zone, { signal }) {
        const input = { HostedZoneId: zone.Id.replace(/^\/hostedzone\//, '') };
        const answer = await aws.call('route53:ListResourceRecordSets', input, signal);
        return recordRows(zone, answer.ResourceRecordSets);
      },
    });
    return [
      {
        label: 'records',
        rows: () => zones.rows().flat(),
        async read(round) {
          const { HostedZones } = await aws.call('route53:ListHostedZones', {}, round.signal);
          await zones.read(
            HostedZones.filter(({ Id }) => Id !== ''),
            round,
          );
        },
      },
    ];
  },
};

/** `\052.example.com.` is `*.example.com`: Route 53 writes what is not plain in octal. */
const hostIn = (name: string): string =>
  plainHost(
    name.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))),
  );

/** The rows of a zone; those of both address families that lead to the same are one. */
function recordRows(
  zone: HostedZoneDescription,
  sets: readonly RecordSetDescription[],
): readonly RecordRow[] {
  const rows = new Map<string, RecordRow>();
  for (const set of sets) {
    if (!LEADING.has(set.Type)) continue;
    const isAlias = set.AliasTarget.DNSName !== '';
    const targets = isAlias
      ? [hostIn(set.AliasTarget.DNSName)]
      : set.ResourceRecords.map(({ Value }) => hostIn(Value));
    const name = hostIn(set.Name);
    const uid = [zone.Id, name, set.SetIdentifier, isAlias ? targets.join() : set.Type].join(' ');
    const types = [...(rows.get(uid)?.types ?? []), set.Type];
    rows.set(uid, {
      ...table.blank,
      ...{ uid, name, isAlias, targets, types },
      zone: hostIn(zone.Name),
      zoneId: zone.Id.replace(/^\/hostedzone\//, ''),
      isPrivate: zone.Config.PrivateZone,
      ttl: isAlias ? null : set.TTL,
      policy: policyOf(set),
    });
  }
  return [...rows.values()];
}

function policyOf(set: RecordSetDescription): string {
  const { Weight, Region, Failover, GeoLocation, MultiValueAnswer, SetIdentifier } = set;
  const { ContinentCode, CountryCode, SubdivisionCode } = GeoLocation;
  const place = [ContinentCode, CountryCode, SubdivisionCode].filter((code) => code !== '');
  if (place.length > 0) return `geo ${place.join('-')}`;
  if (MultiValueAnswer) return `multivalue ${SetIdentifier}`;
  if (Weight !== null) return `weight ${Weight}`;
  if (Region !== '') return `latency ${Region}`;
  if (Failover !== '') return `failover ${Failover}`;
  return SetIdentifier;
}
