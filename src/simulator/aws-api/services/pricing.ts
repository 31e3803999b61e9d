import {
  GetProducts$,
  type GetProductsRequest,
  type GetProductsResponse,
} from '@aws-sdk/client-pricing';
import { own } from '../../../core/own.ts';
import { Random } from '../../random.ts';
import { instanceType, INSTANCE_TYPES } from '../../world/instance-types.ts';
import type { AccountView } from '../account.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** What EKS takes of the price of an instance that Auto Mode runs: about that much of it. */
const AUTO_MODE_SHARE = 0.12;

/** What the price list answers: what instances cost on demand, in the one region that there is. */
export const PRICING_OPERATIONS: readonly Operation[] = [
  operation(GetProducts$, (input: GetProductsRequest, account): GetProductsResponse => {
    const { ServiceCode = '', Filters = [], MaxResults: size, NextToken: token } = input;
    const made = own(PRODUCTS, ServiceCode);
    const all = made ? INSTANCE_TYPES.map((name) => product(made(name, account), account)) : [];
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

/** What the lists of two services say of an instance type. */
interface Product {
  readonly family: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly usd: number;
  readonly description: string;
}

const PRODUCTS: Readonly<Record<string, (name: string, account: AccountView) => Product>> = {
  AmazonEC2(name, { region }) {
    const { cpu, memoryGi, usd } = instanceType(name);
    return {
      family: 'Compute Instance',
      attributes: {
        ...{ servicecode: 'AmazonEC2', servicename: 'Amazon Elastic Compute Cloud' },
        ...{ instanceType: name, regionCode: region.name, locationType: 'AWS Region' },
        ...{ vcpu: String(cpu), memory: `${memoryGi} GiB`, operatingSystem: 'Linux' },
        ...{ preInstalledSw: 'NA', capacitystatus: 'Used', marketoption: 'OnDemand' },
        ...{ tenancy: 'Shared', licenseModel: 'No License required', operation: 'RunInstances' },
      },
      ...{ unit: 'Hrs', usd, description: `$${usd} per On Demand Linux ${name} Instance Hour` },
    };
  },
  AmazonEKS(name, { region }) {
    const usd = instanceType(name).usd * AUTO_MODE_SHARE;
    return {
      family: 'Compute',
      attributes: {
        ...{
          servicecode: 'AmazonEKS',
          servicename: 'Amazon Elastic Container Service for Kubernetes',
        },
        ...{ instancetype: name, regionCode: region.name, locationType: 'AWS Region' },
        ...{ eksproducttype: 'AutoMode', operation: 'EKSAutoUsage' },
        usagetype: `EUC1-EKS-Auto:${name}-management-hours`,
      },
      ...{ unit: 'hours', usd, description: `$${usd} per hour for EKS Auto Mode on ${name}` },
    };
  },
};

function product({ family, attributes, unit, usd, description }: Product, { now }: AccountView) {
  const sku = new Random(`sku/${description}`).hex(16).toUpperCase();
  const term = `${sku}.JRTCKXETXF`;
  const rate = `${term}.6YS6EN2CT7`;
  const published = new Date(now - 20 * 86_400_000).toISOString();
  return {
    product: { productFamily: family, attributes, sku },
    serviceCode: attributes['servicecode'],
    terms: {
      OnDemand: {
        [term]: {
          priceDimensions: {
            [rate]: {
              ...{ unit, description, endRange: 'Inf', beginRange: '0' },
              ...{ appliesTo: [], rateCode: rate, pricePerUnit: { USD: usd.toFixed(10) } },
            },
          },
          ...{ sku, effectiveDate: published, offerTermCode: 'JRTCKXETXF', termAttributes: {} },
        },
      },
    },
    ...{ version: '20261101000000', publicationDate: published },
  };
}
