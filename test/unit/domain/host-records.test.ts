import { describe, expect, it } from 'vitest';
import { fateOf, hostsAsked, plainHost } from '../../../src/domain/host-records.ts';
import { Store } from '../../../src/store/index.ts';
import { rowOf, serviceRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const HERE = 'web-1.elb.eu-central-1.amazonaws.com';
const record = (name: string, ...targets: readonly string[]) =>
  rowOf('records', { uid: name, name, targets, zone: 'example.com' });

describe('what becomes of a host that should lead to a load balancer', () => {
  const records = [
    record('www.example.com', HERE),
    record('old.example.com', 'other.elb.eu-central-1.amazonaws.com'),
    record('*.shop.example.com', HERE),
    record('api.shop.example.com', '203.0.113.1'),
    { ...record('gone.example.com', HERE), gone: 1 },
  ];
  it.each([
    ['www.example.com', { is: 'here' }],
    ['old.example.com', { is: 'elsewhere', to: ['other.elb.eu-central-1.amazonaws.com'] }],
    ['cart.shop.example.com', { is: 'here' }],
    // A name of its own comes before the wildcard, which is for one part only.
    ['api.shop.example.com', { is: 'elsewhere', to: ['203.0.113.1'] }],
    ['a.b.shop.example.com', { is: 'nowhere', zone: 'example.com' }],
    ['gone.example.com', { is: 'nowhere', zone: 'example.com' }],
    ['www.example.org', { is: 'nowhere', zone: '' }],
    ['notexample.com', { is: 'nowhere', zone: '' }],
  ])('%s', (host, fate) => {
    expect(fateOf(host, [HERE], records)).toEqual(fate);
  });
});

it('reads hosts as people write them', () => {
  expect(plainHost(`DualStack.${HERE}.`)).toBe(HERE);
  const asked = { 'external-dns.alpha.kubernetes.io/hostname': ' A.example.com. ,b.example.com,' };
  expect(hostsAsked(asked)).toEqual(['a.example.com', 'b.example.com']);
  expect(hostsAsked({})).toEqual([]);
});

it('are written into the balancer, the service and back', () => {
  const store = new Store({ clock: new VirtualClock() });
  const balancer = { uid: 'arn', name: 'web', dns: HERE, owner: 'service shop/web' };
  const service = { name: 'web', type: 'LoadBalancer', external: `dualstack.${HERE}` };
  const rows = {
    records: [record('www.example.com', HERE), record('else.example.com', '203.0.113.1')],
    loadbalancers: [rowOf('loadbalancers', balancer)],
    services: [serviceRow(service)],
  } as const;
  for (const [table, all] of Object.entries(rows)) {
    const sink = store.sink(table as 'records');
    sink.relist();
    sink.put(all as never);
    sink.synced();
  }
  expect([...store.rows('loadbalancers')]).toMatchObject([{ names: ['www.example.com'] }]);
  expect([...store.rows('services')]).toMatchObject([{ names: ['www.example.com'] }]);
  expect([...store.rows('records')].map(({ balancers }) => balancers)).toEqual([
    ['service shop/web'],
    [],
  ]);
});
