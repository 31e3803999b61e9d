import {
  GetProducts$,
  type GetProductsRequest,
  type GetProductsResponse,
} from '@aws-sdk/client-pricing';
import { Random } from '../../random.ts';
import { instanceType, INSTANCE_TYPES } from '../../world/instance-types.ts';
import type { AccountView } from '../account.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** What the price list answers: what instances cost on demand, in the one region that there is. */
export const PRICING_OPERATIONS: readonly Operation[] = [
  operation(GetProducts$, (input: GetProductsRequest, account): GetProductsResponse => {
    const { ServiceCode, Filters = [], MaxResults: size, NextToken: token } = input;
    const all =
      ServiceCode === 'AmazonEC2' ? INSTANCE_TYPES.map((name) => product(name, account)) : [];
    const found = all.filter(({ product: { attributes } }) =>
      Filters.every(({ Field = '', Value = '' }) => attributes[Field] === Value),
    );
    const invalid = 'InvalidNextTokenException';
    const { items, next } = pageOf(found, { size, token, most: 100, invalid });
    return {
      FormatVersion: 'aws_v1',
      PriceList: items.map((each) => JSON.stringify(each)),
      NextToken: next,
    };
  }),
];

function product(name: string, { region, now }: AccountView) {
  const { cpu, memoryGi, usd } = instanceType(name);
  const sku = new Random(`sku/${name}`).hex(16).toUpperCase();
  const term = `${sku}.JRTCKXETXF`;
  const rate = `${term}.6YS6EN2CT7`;
  const attributes: Readonly<Record<string, string>> = {
    ...{ servicecode: 'AmazonEC2', servicename: 'Amazon Elastic Compute Cloud' },
    ...{ instanceType: name, regionCode: region.name, locationType: 'AWS Region' },
    ...{ vcpu: String(cpu), memory: `${memoryGi} GiB`, operatingSystem: 'Linux' },
    ...{ preInstalledSw: 'NA', capacitystatus: 'Used', marketoption: 'OnDemand' },
    ...{ tenancy: 'Shared', licenseModel: 'No License required', operation: 'RunInstances' },
  };
  return {
    product: { productFamily: 'Compute Instance', attributes, sku },
    serviceCode: 'AmazonEC2',
    terms: {
      OnDemand: {
        [term]: {
          priceDimensions: {
            [rate]: {
              unit: 'Hrs',
              endRange: 'Inf',
              description: `$${usd} per On Demand Linux ${name} Instance Hour`,
              appliesTo: [],
              rateCode: rate,
              beginRange: '0',
              pricePerUnit: { USD: usd.toFixed(10) },
            },
          },
          sku,
          effectiveDate: new Date(now - 20 * 86_400_000).toISOString(),
          offerTermCode: 'JRTCKXETXF',
          termAttributes: {},
        },
      },
    },
    version: '20261101000000',
    publicationDate: new Date(now - 20 * 86_400_000).toISOString(),
  };
}
