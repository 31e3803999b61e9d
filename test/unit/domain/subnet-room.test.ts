import { expect, it } from 'vitest';
import { remedies, runwayOf, subnetHealth } from '../../../src/domain/subnet-room.ts';
import type { AddressUse, SubnetRow } from '../../../src/domain/tables/subnets.ts';
import { rowOf } from '../../support/rows.ts';

const MINUTE = 60_000;
const shares = (more: Partial<AddressUse>): AddressUse => ({
  ...{ nodes: 0, pods: 0, warm: 0, prefixed: 0, controlPlane: 0, balancers: 0 },
  ...{ leaked: 0, others: 0 },
  ...more,
});
const subnet = (more: Partial<SubnetRow>): SubnetRow =>
  rowOf('subnets', { name: 'a', size: 251, free: 200, ofCluster: true, ...more });

it.each([
  [{}, 'ok', ''],
  [{ free: null }, 'ok', ''],
  [{ free: 20 }, 'warn', 'nearly full'],
  [{ free: 4 }, 'bad', 'too few to update the cluster'],
  [{ free: 0 }, 'bad', 'exhausted: InsufficientFreeAddressesInSubnet'],
  [{ free: 15, use: shares({ prefixed: 32 }) }, 'bad', 'no /28 left: InsufficientCidrBlocks'],
  // Merely in the same VPC: somebody else's.
  [{ free: 0, ofCluster: false }, 'ok', ''],
  [{ free: 0, ofCluster: false, use: shares({ pods: 1 }) }, 'bad', /exhausted/],
  [{ freeThen: 220, since: 0, at: 60 * MINUTE }, 'warn', 'runs out within a day'],
] as const)('%j is %s', (more, level, cause) => {
  const health = subnetHealth(subnet(more));
  expect(health.level).toBe(level);
  expect(health.cause).toMatch(cause);
});

it('lasts as long as the pace that was seen lets it', () => {
  const row = subnet({ free: 200, freeThen: 220, since: 0, at: 60 * MINUTE });
  expect(runwayOf(row)).toEqual({ watched: 60 * MINUTE, perHour: 20, left: 10 * 60 * MINUTE });
  expect(runwayOf({ ...row, freeThen: 190 })).toMatchObject({ perHour: -10, left: null });
});

it('has no pace before it was watched for some minutes', () => {
  expect(runwayOf(subnet({ freeThen: 220, since: 0, at: 4 * MINUTE }))).toBeNull();
  expect(runwayOf(subnet({ free: null, freeThen: 220, since: 0, at: 60 * MINUTE }))).toBeNull();
});

it('names what helps, the nearest first, and nothing where there is room', () => {
  expect(remedies(subnet({}))).toEqual([]);
  const said = remedies(subnet({ free: 0, use: shares({ warm: 60, leaked: 3 }) }));
  expect(said[0]).toMatch(/left behind: 3 addresses/);
  expect(said[1]).toMatch(/60 addresses wait on nodes: WARM_IP_TARGET/);
  expect(said[2]).toMatch(/secondary CIDR/);
});
