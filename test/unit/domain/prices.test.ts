import { plain } from '../../../src/core/styled.ts';
import { priceCell, priceLines } from '../../../src/resources/price-columns.ts';
import { describe, expect, it } from 'vitest';
import { instancePrice, nodePrice } from '../../../src/domain/node-price.ts';
import { instances } from '../../../src/domain/tables/instances.ts';
import { onDemandPrice } from '../../../src/domain/prices.ts';
import { nodeRow } from '../../support/rows.ts';

describe('the price of an instance type', () => {
  it.each([
    ['m5.xlarge', 'us-east-1', 0.192],
    ['m6i.24xlarge', 'us-east-1', 4.608],
    ['c7i-flex.large', 'us-east-1', 0.0848],
    ['t3.nano', 'us-east-1', 0.0052],
    ['g5.12xlarge', 'us-east-1', 5.672],
    ['m6i.xlarge', 'eu-central-1', 0.23],
  ])('of %s in %s is %d', (type, region, price) => {
    expect(onDemandPrice(type, region)).toBeCloseTo(price, 4);
  });

  it.each([
    ['m5.metal', 'us-east-1'],
    ['m5.xlarge', 'mars-1'],
    ['g5.24xlarge', 'eu-central-1'],
    ['constructor.xlarge', 'us-east-1'],
    ['m5.constructor', 'us-east-1'],
    ['m5.xlarge', 'constructor'],
    ['', ''],
  ])('of %s in %s is not known', (type, region) => {
    expect(onDemandPrice(type, region)).toBeNull();
  });
});

const SMALL = { cpu: 0.25, gigabytes: 0.5 };

describe('the price of a node', () => {
  const node = nodeRow({
    ...{ name: 'a', instanceType: 'm5.xlarge', region: 'us-east-1', compute: 'managed' },
    ...{ capacity: 'on-demand', os: 'linux' },
  });

  it('is that of the list where it is paid on demand', () => {
    expect(nodePrice(node)).toMatchObject({ list: 0.192, paid: 0.192, from: 'list' });
    const told = { ...node, capacity: '' as const, groupCapacity: 'on-demand' as const };
    expect(nodePrice(told).paid).toBe(0.192);
  });

  it.each([{ capacity: 'spot' as const }, { capacity: '' as const }])(
    'is not known to be paid with %j',
    (change) => {
      expect(nodePrice({ ...node, ...change })).toMatchObject({
        ...{ list: 0.192, paid: null, from: 'list' },
      });
    },
  );

  it.each([
    { compute: 'fargate' as const },
    { compute: 'fargate' as const, fargateSize: SMALL, region: 'mars-1' },
    { compute: 'fargate' as const, fargateSize: SMALL, arch: 'arm64' },
    { compute: 'hybrid' as const },
    { os: 'Windows Server 2022' },
  ])('is not known at all with %j', (change) => {
    expect(nodePrice({ ...node, ...change })).toMatchObject({ list: null, paid: null, from: null });
  });

  it('of Fargate is that of the vCPUs and GB that it has made for its pod', () => {
    const fargate = { ...node, compute: 'fargate' as const, arch: 'amd64', fargateSize: SMALL };
    const { list, paid, fee, from } = nodePrice(fargate);
    expect(list).toBeCloseTo(0.25 * 0.04048 + 0.5 * 0.004445, 6);
    expect({ paid, fee, from }).toEqual({ paid: list, fee: 0, from: 'list' });
    expect(plain(priceCell(nodePrice(fargate)))).toBe('0.012');
  });

  const told = { onDemand: 0.2, autoFee: null, spot: 0.07, spotSince: 1 };

  it('is that of the Pricing API where that tells it, and on Spot that of its zone', () => {
    expect(nodePrice({ ...node, price: told })).toMatchObject({
      list: 0.2,
      paid: 0.2,
      from: 'api',
    });
    expect(nodePrice({ ...node, capacity: 'spot', price: told })).toMatchObject({
      ...{ list: 0.2, paid: 0.07, from: 'spot' },
    });
    const unlisted = { ...node, instanceType: 'm99.large', capacity: 'spot' as const };
    expect(nodePrice({ ...unlisted, price: { ...told, onDemand: null } })).toMatchObject({
      ...{ list: null, paid: 0.07, from: 'spot' },
    });
  });

  it('is without the fee that Auto Mode adds, and says so; nor is it that of Spot for what is reserved', () => {
    const auto = { ...node, compute: 'auto' as const, capacity: 'spot' as const, price: told };
    expect(nodePrice(auto)).toEqual({ list: 0.2, paid: 0.07, fee: null, from: 'spot' });
    expect(plain(priceCell(nodePrice(auto)))).toBe('≥0.070');
    const unknown = { ...auto, capacity: '' as const };
    expect(plain(priceCell(nodePrice(unknown)))).toBe('~0.200');
    const lines = priceLines(nodePrice(auto), told, { now: 2, time: 'age' });
    expect(JSON.stringify(lines)).toContain('of Auto Mode, on top');
    expect(nodePrice({ ...node, capacity: 'reserved', price: told }).paid).toBeNull();
  });

  it('is with that fee where the Pricing API tells it', () => {
    const price = { ...told, autoFee: 0.01 };
    const auto = { ...node, compute: 'auto' as const, capacity: 'spot' as const, price };
    expect(nodePrice(auto)).toMatchObject({ paid: 0.07, fee: 0.01 });
    expect(plain(priceCell(nodePrice(auto)))).toBe('0.080');
    expect(plain(priceCell(nodePrice({ ...auto, capacity: '' })))).toBe('≤0.210');
    const lines = priceLines(nodePrice(auto), price, { now: 2, time: 'age' });
    expect(lines.slice(1)).toEqual([
      [
        'Fee',
        [
          ['$0.010 an hour', 'text'],
          ['  of Auto Mode, on top, Pricing API', 'muted'],
        ],
      ],
      ['Together', '$0.080 an hour'],
    ]);
    // Beside nodes of Auto Mode there are others of the same type, of which nothing is taken.
    expect(nodePrice({ ...auto, compute: 'managed' })).toMatchObject({ paid: 0.07, fee: 0 });
    const instance = { ...instances.blank, type: 'm5.xlarge', price };
    expect(instancePrice(instance).fee).toBe(0);
    expect(instancePrice({ ...instance, isAuto: true }).fee).toBe(0.01);
  });

  it('goes by the lifecycle of the instance where neither labels nor the group tell', () => {
    const machine = (lifecycle: string) => ({ ...instances.blank.machine, lifecycle });
    const bare = { ...node, capacity: '' as const, price: told };
    expect(nodePrice({ ...bare, machine: machine('spot') }).paid).toBe(0.07);
    expect(nodePrice({ ...bare, machine: machine('') }).paid).toBe(0.2);
    expect(nodePrice({ ...bare, machine: machine('scheduled') }).paid).toBeNull();
  });
});
