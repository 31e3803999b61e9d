import { afterEach, beforeEach, expect, it } from 'vitest';
import { accessDenied } from '../../../../src/simulator/aws-api/index.ts';
import type { HostRecord } from '../../../../src/simulator/hosted-zone.ts';
import { followedRegion, type FollowedRegion } from '../../../support/followed-table.ts';

let at: FollowedRegion;

beforeEach(async () => {
  at = await followedRegion();
});

afterEach(() => at.close());

const BALANCER = 'k8s-shop-web-1.elb.eu-central-1.amazonaws.com';

function zone(id: string, records: readonly HostRecord[], isPrivate = false): void {
  at.region.hostedZones.push({ id, name: 'example.com', isPrivate, records: () => records });
}

it('tells where names lead: aliases of both families as one, in plain words', async () => {
  zone('Z1', [
    { name: 'example.com', type: 'NS', values: ['ns-1.example.'] },
    { name: 'www.example.com', type: 'A', alias: `dualstack.${BALANCER}` },
    { name: 'www.example.com', type: 'AAAA', alias: `dualstack.${BALANCER}` },
    { name: '*.example.com', type: 'CNAME', values: ['WWW.example.com.'], ttl: 60 },
    { name: 'two.example.com', type: 'A', values: ['10.0.0.1'], set: { id: 'a', weight: 10 } },
    { name: 'two.example.com', type: 'A', values: ['10.0.0.2'], set: { id: 'b', weight: 0 } },
    { name: 'geo.example.com', type: 'A', values: ['10.0.0.4'], set: { id: 'c', country: 'DE' } },
  ]);
  zone('Z2', [{ name: 'db.example.com', type: 'A', values: ['10.0.0.3'] }], true);
  const { rows, last } = await at.follow('records');
  const told = [...rows.values()].map(({ name, types, targets, isAlias, ttl, policy, ...row }) => [
    ...[name, types.join(), targets.join(), isAlias, ttl, policy, row.zoneId, row.isPrivate],
  ]);
  expect(told.sort()).toEqual([
    ['*.example.com', 'CNAME', 'www.example.com', false, 60, '', 'Z1', false],
    ['db.example.com', 'A', '10.0.0.3', false, 300, '', 'Z2', true],
    ['geo.example.com', 'A', '10.0.0.4', false, 300, 'geo DE', 'Z1', false],
    ['two.example.com', 'A', '10.0.0.1', false, 300, 'weight 10', 'Z1', false],
    ['two.example.com', 'A', '10.0.0.2', false, 300, 'weight 0', 'Z1', false],
    ['www.example.com', 'A,AAAA', BALANCER, true, null, '', 'Z1', false],
  ]);
  expect(last).toMatchObject({ state: 'live', reason: '' });
});

it('reads all pages of a zone, and a zone anew only when its number of records changes', async () => {
  const records: HostRecord[] = Array.from({ length: 650 }, (_, i) => ({
    ...{ name: `n${i}.example.com`, type: 'A', values: ['10.0.0.1'] },
  }));
  zone('Z1', records);
  const sink = await at.follow('records');
  const { rows } = sink;
  const nextRound = () => {
    at.clock.advance(310_000);
    return sink.until(({ last }) => last?.asOf === at.clock.now());
  };
  expect(rows.size).toBe(650);
  const asked = () => at.calls.filter((call) => call === 'ListResourceRecordSets').length;
  expect(asked()).toBe(3);
  const listed = () => at.calls.filter((call) => call === 'ListHostedZones').length;
  await nextRound();
  expect(listed()).toBe(2);
  expect(asked()).toBe(3);
  records.push({ name: 'new.example.com', type: 'A', values: ['10.0.0.1'] });
  await nextRound();
  expect(rows.size).toBe(651);
});

it('names the action that is missing for the records of zones', async () => {
  zone('Z1', []);
  at.fault = (call) => (call.operation === 'ListResourceRecordSets' ? accessDenied(call) : null);
  const { last } = await at.follow('records');
  expect(last).toMatchObject({ state: 'live', reason: 'needs route53:ListResourceRecordSets' });
});
