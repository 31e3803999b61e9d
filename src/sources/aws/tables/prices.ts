import { priceUid, prices as table, type PriceRow } from '../../../domain/tables/prices.ts';
import { clusterInstances, isAutoMode } from '../cluster-instances.ts';
import { tolerate, type Round } from '../polling/round.ts';
import type { AwsTable } from '../polling/table.ts';
import { priceList } from './prices/price-list.ts';

const CALLS = [
  'ec2:DescribeInstances',
  'ec2:DescribeSpotPriceHistory',
  'pricing:GetProducts',
] as const;

/** Spot prices change several times a day. */
const EVERY = 5 * 60_000;
/** EC2 takes so many types in a call. */
const TYPES_AT_ONCE = 100;

interface Spot {
  readonly price: number;
  readonly since: number;
}

/**
 * What the instance types of a cluster cost in their zones: two calls in five minutes, and one a day
 * for each type, or two for those that Auto Mode runs.
 */
export const prices: AwsTable<'prices', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: EVERY, changing: EVERY },
  isChanging: () => false,
  parts(cluster, { reads, clock, lasting }) {
    const aws = reads(cluster);
    const { profile, region } = cluster;
    const list = lasting(`prices/${profile}/${region}`, () => priceList(region, aws, clock));
    let rows: readonly PriceRow[] = [];
    return [
      {
        label: 'prices',
        rows: () => rows,
        async read(round) {
          const instances = await clusterInstances(cluster.name, aws, round.signal);
          const places = new Map(
            instances
              .map(({ InstanceType: type, Placement: { AvailabilityZone: zone } }) => ({
                type,
                zone,
              }))
              .filter(({ type, zone }) => type !== '' && zone !== '')
              .map((place) => [priceUid(place.type, place.zone), place]),
          );
          const types = [...new Set([...places.values()].map(({ type }) => type))].sort();
          const managed = new Set(
            instances.filter(isAutoMode).map(({ InstanceType }) => InstanceType),
          );
          const zones = [...new Set([...places.values()].map(({ zone }) => zone))].sort();
          const [spot] = await Promise.all([
            spotPrices(types, zones, round),
            list.read(
              types.flatMap((type) => [
                { what: 'instance' as const, type },
                ...(managed.has(type) ? [{ what: 'autoMode' as const, type }] : []),
              ]),
              round,
            ),
          ]);
          rows = [...places].map(([uid, { type, zone }]): PriceRow => {
            const now = spot.get(uid);
            return {
              ...table.blank,
              ...{ uid, name: type, zone, isAuto: managed.has(type) },
              price: {
                onDemand: list.of({ what: 'instance', type }),
                autoFee: managed.has(type) ? list.of({ what: 'autoMode', type }) : null,
                spot: now?.price ?? null,
                spotSince: now?.since ?? 0,
              },
            };
          });
        },
      },
    ];

    async function spotPrices(
      types: readonly string[],
      zones: readonly string[],
      round: Round,
    ): Promise<ReadonlyMap<string, Spot>> {
      const found = new Map<string, Spot>();
      const Filters = [{ Name: 'availability-zone', Values: zones }];
      for (let i = 0; i < types.length; i += TYPES_AT_ONCE) {
        const InstanceTypes = types.slice(i, i + TYPES_AT_ONCE);
        const input = { InstanceTypes, Filters, StartTime: clock.now() };
        try {
          const answer = await aws.call('ec2:DescribeSpotPriceHistory', input, round.signal);
          for (const each of answer.SpotPriceHistory) {
            const uid = priceUid(each.InstanceType, each.AvailabilityZone);
            const [price, since] = [Number(each.SpotPrice), each.Timestamp ?? 0];
            if (!(price > 0) || since < (found.get(uid)?.since ?? 0)) continue;
            found.set(uid, { price, since });
          }
        } catch (error) {
          tolerate(error, round);
        }
      }
      return found;
    }
  },
};
