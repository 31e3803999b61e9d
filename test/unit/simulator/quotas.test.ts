import { expect, it } from 'vitest';
import { quantityText } from '../../../src/simulator/world/quantity.ts';
import { smallWorld, workload } from './small-world.ts';

it('quotas count what there is of their namespace, and follow it', () => {
  const small = smallWorld();
  const hard = {
    pods: '10',
    'requests.cpu': '2',
    'requests.memory': '1Gi',
    'limits.cpu': '4',
    'services.loadbalancers': '1',
    'count/deployments.apps': '3',
    'count/configmaps': '5',
    'requests.storage': '10Gi',
    'requests.nvidia.com/gpu': '1',
  };
  const quota = () => small.world.store.get('resourcequotas', 'shop', 'team')?.status;
  small.add('resourcequotas', 'team', { hard });
  small.add('deployments', 'web', workload('web', 3, { cpu: '250m' }));
  small.add('services', 'web', { type: 'LoadBalancer', ports: [] });
  small.add('configmaps', 'settings', {}, { data: {} });
  small.add('persistentvolumeclaims', 'data', { resources: { requests: { storage: '8Gi' } } });
  small.run(30);
  expect(quota()).toEqual({
    hard,
    used: {
      pods: '3',
      'requests.cpu': '750m',
      'requests.memory': '384Mi',
      'limits.cpu': '0',
      'services.loadbalancers': '1',
      'count/deployments.apps': '1',
      // With the certificate that every namespace has.
      'count/configmaps': '2',
      'requests.storage': '8Gi',
      'requests.nvidia.com/gpu': '0',
    },
  });
  small.world.store.remove('services', 'shop', 'web');
  small.run(5);
  expect(quota()).toMatchObject({ used: { 'services.loadbalancers': '0' } });
});

it('sums are written as the API server writes them', () => {
  const texts = [0, 2, 0.75].map((cores) => quantityText(cores, 'cores'));
  expect(texts).toEqual(['0', '2', '750m']);
  const bytes = [0, 1500, 1536 * 2 ** 20, 4 * 2 ** 30].map((amount) =>
    quantityText(amount, 'bytes'),
  );
  expect(bytes).toEqual(['0', '1500', '1536Mi', '4Gi']);
});
