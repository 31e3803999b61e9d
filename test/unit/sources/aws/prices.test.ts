import { expect, it } from 'vitest';
import type { Instance } from '../../../../src/simulator/region.ts';
import { pricingRegion } from '../../../../src/sources/aws/operations/pricing.ts';
import { hourlyPrice } from '../../../../src/sources/aws/tables/prices/price-list.ts';
import { throttled } from '../../../../src/simulator/aws-api/index.ts';
import { eachAwsBench } from '../../../support/aws-bench.ts';
import { NOW } from '../../../support/aws-region.ts';

const bench = eachAwsBench();
const DAY = 86_400_000;

const add = (id: string, more: Partial<Instance> = {}): void =>
  bench().addInstance(id, { lifecycle: 'spot', ...more });

it('tells what each type costs in each zone that it is in, on demand and on Spot', async () => {
  add('i-1');
  add('i-2', { zone: { name: 'eu-central-1b', id: 'euc1-az3' } });
  add('i-3');
  add('i-4', { type: 'c6i.2xlarge' });
  const { rows, last } = await bench().follow('prices');
  expect([...rows.keys()].toSorted()).toEqual([
    'c6i.2xlarge/eu-central-1a',
    'm6i.large/eu-central-1a',
    'm6i.large/eu-central-1b',
  ]);
  const one = rows.get('m6i.large/eu-central-1a')?.price;
  const other = rows.get('m6i.large/eu-central-1b')?.price;
  expect(one?.onDemand).toBe(0.115);
  expect(one?.spot).toBeGreaterThan(0.02);
  expect(one?.spot).toBeLessThan(0.06);
  expect(one?.spot).not.toBe(other?.spot);
  expect(NOW - (one?.spotSince ?? 0)).toBeLessThan(DAY / 4 + 1);
  expect(last).toMatchObject({ state: 'live', reason: '' });
});

it('asks the list for a type once a day, also where nobody looked in between', async () => {
  add('i-1');
  await bench().follow('prices');
  expect(bench().counted('GetProducts')).toBe(1);
  add('i-2', { type: 'c6i.2xlarge' });
  const again = await bench().follow('prices');
  expect(again.rows.get('m6i.large/eu-central-1a')?.price.onDemand).toBe(0.115);
  expect(bench().counted('GetProducts')).toBe(2);
});

it('tells what EKS takes for types that Auto Mode runs, and asks for no others', async () => {
  add('i-1');
  add('i-2', { type: 'c6i.2xlarge', claim: { name: 'c-1', pool: 'p', nodeClass: 'default' } });
  const { rows, last } = await bench().follow('prices');
  const auto = rows.get('c6i.2xlarge/eu-central-1a');
  expect(auto).toMatchObject({ isAuto: true });
  expect(auto?.price.autoFee).toBeCloseTo((auto?.price.onDemand ?? NaN) * 0.12);
  expect(rows.get('m6i.large/eu-central-1a')).toMatchObject({
    isAuto: false,
    price: { onDemand: 0.115, autoFee: null },
  });
  expect(bench().counted('GetProducts')).toBe(3);
  expect(last).toMatchObject({ state: 'live', reason: '' });
});

it('without the list has Spot alone, says what it needs, and asks no more than once', async () => {
  add('i-1');
  add('i-2', { type: 'c6i.2xlarge' });
  bench().deny('GetProducts');
  const { rows, last } = await bench().follow('prices');
  expect(rows.get('m6i.large/eu-central-1a')?.price).toMatchObject({ onDemand: null });
  expect(rows.get('m6i.large/eu-central-1a')?.price.spot).toBeGreaterThan(0);
  expect(last?.reason).toBe('needs pricing:GetProducts');
  expect(bench().counted('GetProducts')).toBe(1);
});

it('without Spot has the list alone', async () => {
  add('i-1');
  bench().fault = (call) =>
    call.operation === 'DescribeSpotPriceHistory' ? throttled(call) : null;
  const { rows } = await bench().follow('prices');
  expect(rows.get('m6i.large/eu-central-1a')?.price).toEqual({
    ...{ onDemand: 0.115, autoFee: null, spot: null, spotSince: 0 },
  });
});

it.each([
  ['eu-west-3', 'eu-central-1'],
  ['ap-northeast-1', 'ap-south-1'],
  ['cn-north-1', 'cn-northwest-1'],
  ['sa-east-1', 'us-east-1'],
])('the list of %s is asked for in %s', (region, asked) => {
  expect(pricingRegion(region)).toBe(asked);
});

it.each([
  [['no json'], null],
  [['null', '{"terms":{"OnDemand":[]}}'], null],
  [
    [
      '{"terms":{"OnDemand":{"a":{"priceDimensions":{"b":{"unit":"Quantity","pricePerUnit":{"USD":"9"}}}}}}}',
      '{"terms":{"OnDemand":{"a":{"priceDimensions":{"b":{"unit":"Hrs","pricePerUnit":{"CNY":"9"}}}}}}}',
      '{"terms":{"OnDemand":{"a":{"priceDimensions":{"b":{"unit":"Hrs","pricePerUnit":{"USD":"0.25"}}}}}}}',
    ],
    0.25,
  ],
  [
    [
      '{"terms":{"OnDemand":{"a":{"priceDimensions":{"b":{"unit":"hours","pricePerUnit":{"USD":"0.0121"}}}}}}}',
    ],
    0.0121,
  ],
])('of %j the price is %s', (products, price) => {
  expect(hourlyPrice(products)).toBe(price);
});
