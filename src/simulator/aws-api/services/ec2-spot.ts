import {
  DescribeSpotPriceHistory$,
  type DescribeSpotPriceHistoryRequest,
  type DescribeSpotPriceHistoryResult,
} from '@aws-sdk/client-ec2';
import { Random } from '../../random.ts';
import { instanceType, isInstanceType } from '../../world/instance-types.ts';
import { ApiError } from '../api-error.ts';
import { operation } from '../operation.ts';
import { page } from './ec2-select.ts';
import { passes } from './filters.ts';

/** A price stands for so long (ms). */
const STANDS = 6 * 3_600_000;
const LINUX = 'Linux/UNIX' as const;

/** What Spot costs: a part of the price on demand that differs by zone, and changes four times a day. */
export const DESCRIBE_SPOT_PRICE_HISTORY = operation(
  DescribeSpotPriceHistory$,
  (input: DescribeSpotPriceHistoryRequest, { region, now }): DescribeSpotPriceHistoryResult => {
    const { InstanceTypes = [], ProductDescriptions = [LINUX], Filters, StartTime } = input;
    // The price that is in force at the start is told too.
    const first = Math.floor((StartTime?.getTime() ?? now) / STANDS);
    const last = Math.floor((input.EndTime?.getTime() ?? now) / STANDS);
    const slots = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => last - i);
    const all = InstanceTypes.filter((type) => isInstanceType(type)).flatMap((type) =>
      region.zones.flatMap(({ name, id }) =>
        slots.map((slot) => ({
          InstanceType: type,
          AvailabilityZone: name,
          AvailabilityZoneId: id,
          ProductDescription: LINUX,
          SpotPrice: spotPrice(type, name, slot).toFixed(6),
          Timestamp: new Date(slot * STANDS),
        })),
      ),
    );
    const found = all.filter((each) => {
      const passed = passes(
        Filters,
        { 'availability-zone': each.AvailabilityZone, 'instance-type': each.InstanceType },
        {},
      );
      if (passed === null)
        throw new ApiError('InvalidParameterValue', 400, 'The filter is not supported here');
      return passed && ProductDescriptions.includes(LINUX);
    });
    const { items, next } = page(found, input);
    return { SpotPriceHistory: [...items], NextToken: next };
  },
);

/** Between a quarter and a half of the price on demand: each place has its own, and it drifts. */
function spotPrice(type: string, zone: string, slot: number): number {
  const share = new Random(`spot/${type}/${zone}`).between(0.28, 0.45);
  const drift = new Random(`spot/${type}/${zone}/${slot}`).between(-0.03, 0.03);
  return instanceType(type).usd * (share + drift);
}
