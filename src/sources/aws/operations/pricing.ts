import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import type { ClientConfig } from '../client-config.ts';
import { type Operations, single } from './operation.ts';
import { many } from './shape.ts';

/** Longest product that is read (UTF-16 units): one of EC2 with its terms has some 10,000. */
const LONGEST_PRODUCT = 256 * 1024;

const product = (value: unknown): string =>
  // The SDK has JSON as a String object of its own.
  typeof value === 'string' || value instanceof String
    ? String(value).slice(0, LONGEST_PRODUCT)
    : '';

/** The price list is served in three regions alone, and for China there: the nearest is asked. */
export function pricingRegion(region: string): string {
  if (region.startsWith('cn-')) return 'cn-northwest-1';
  if (region.startsWith('eu-')) return 'eu-central-1';
  return region.startsWith('ap-') ? 'ap-south-1' : 'us-east-1';
}

/** The door's calls of the price list, which has no endpoints but the ordinary ones. */
export function pricingOperations(config: ClientConfig): Operations<'pricing'> {
  const client = new PricingClient({
    ...config,
    region: pricingRegion(config.region),
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
  });
  return {
    'pricing:GetProducts': single(
      ({ ServiceCode, Filters }, options) =>
        client.send(
          new GetProductsCommand({
            ServiceCode,
            FormatVersion: 'aws_v1',
            Filters: Filters.map((filter) => ({ Type: 'TERM_MATCH', ...filter })),
            MaxResults: 100,
          }),
          options,
        ),
      ({ PriceList }) => ({ PriceList: many(product)(PriceList) }),
    ),
  };
}
