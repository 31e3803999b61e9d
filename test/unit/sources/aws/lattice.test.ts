import { TargetStatus } from '@aws-sdk/client-vpc-lattice';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { latticeservices } from '../../../../src/resources/latticeservices.ts';
import { accessDenied } from '../../../../src/simulator/aws-api/index.ts';
import { serviceRow, targetOf } from '../../../../src/sources/aws/tables/lattice/row.ts';
import { NOW } from '../../../support/aws-region.ts';
import { followedRegion, type FollowedRegion } from '../../../support/followed-table.ts';
import { latticeNetwork } from '../../../support/lattice.ts';

const ctx = { now: NOW, time: 'age' } as const;
let at: FollowedRegion;

beforeEach(async () => {
  at = await followedRegion();
  at.shop.lattice = () => [latticeNetwork()];
});

afterEach(() => at.close());

it('tells the services that the VPC reaches, with their networks and how their targets do', async () => {
  const { rows, last } = await at.follow('latticeservices');
  const [row, ...others] = rows.values();
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    ...{ name: 'api-shop', status: 'ACTIVE', reason: '' },
    dns: 'api-shop-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-central-1.on.aws',
    networks: [{ name: 'partners', status: 'ACTIVE', vpcStatus: 'ACTIVE' }],
    targets: { healthy: 1, all: 2, trouble: 'HealthCheckFailed' },
    groups: [
      {
        ...{ name: 'k8s-api-shop', protocol: 'HTTP', port: 8080, targetType: 'ip', error: '' },
        targets: [
          { id: '10.0.1.5', port: 8080, state: 'healthy', reason: '' },
          { id: '10.0.2.6', port: 8080, state: 'unhealthy', reason: 'HealthCheckFailed' },
        ],
      },
    ],
  });
  expect(row && latticeservices.health(row, ctx)).toEqual({
    ...{ level: 'warn', cause: 'HealthCheckFailed' },
  });
  expect(last).toMatchObject({ state: 'live', reason: '' });
  expect(at.calls).not.toContain('GetService');
});

it('says why a service failed', async () => {
  at.shop.lattice = () => [latticeNetwork({ status: 'CREATE_FAILED', failure: 'no certificate' })];
  const { rows } = await at.follow('latticeservices');
  const [row] = rows.values();
  expect(row && latticeservices.health(row, ctx)).toEqual({
    ...{ level: 'bad', cause: 'CreateFailed: no certificate' },
  });
});

it('tells what it can where one call is denied', async () => {
  at.fault = (call) => (call.operation === 'ListTargets' ? accessDenied(call) : null);
  const { rows, last } = await at.follow('latticeservices');
  expect(last).toMatchObject({ state: 'live', reason: 'needs vpc-lattice:ListTargets' });
  const [row] = rows.values();
  expect(row).toMatchObject({ name: 'api-shop', targets: null });
  expect(row?.groups?.[0]?.error).not.toBe('');
});

it('shows all services where it cannot be told which the VPC reaches', async () => {
  const unknown = ['ListServiceNetworkVpcAssociations', 'ListTargetGroups'];
  at.fault = (call) => (unknown.includes(call.operation) ? accessDenied(call) : null);
  const { rows } = await at.follow('latticeservices');
  expect([...rows.values()]).toMatchObject([{ name: 'api-shop', networks: null, groups: null }]);
});

it('knows every state of targets, and counts nothing where nothing is checked', () => {
  const states = Object.values(TargetStatus).map(
    (status) => targetOf({ id: '10.0.0.1', port: 80, status, reasonCode: 'Why' }).state,
  );
  expect(states.sort()).toEqual([
    ...['draining', 'healthy', 'initial', 'unavailable', 'unhealthy', 'unused'],
  ]);
  const target = targetOf({ id: '10.0.0.1', port: 80, status: 'UNAVAILABLE', reasonCode: '' });
  const group = { name: 'g', protocol: 'HTTP', port: 80, targetType: 'ip', error: '' };
  const service = {
    ...{ id: 'svc-1', arn: 'arn', name: 'api', createdAt: NOW, status: 'ACTIVE' },
    ...{ dnsEntry: { domainName: 'API.on.aws' }, customDomainName: '' },
  };
  const row = serviceRow(service, '', { networks: [], groups: [{ ...group, targets: [target] }] });
  expect(row).toMatchObject({ targets: null, dns: 'api.on.aws' });
});
