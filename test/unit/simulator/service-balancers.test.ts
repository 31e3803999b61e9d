import { expect, it } from 'vitest';
import { loadBalancersOf } from '../../../src/simulator/controllers/load-balancers.ts';
import { smallWorld, workload } from './small-world.ts';

const LB = 'service.beta.kubernetes.io/aws-load-balancer';

it('a service that asks for a balancer has one within seconds, with its pods behind it', () => {
  const small = smallWorld();
  small.add('deployments', 'web', workload('web', 2));
  small.run(60);
  const spec = {
    type: 'LoadBalancer',
    selector: { 'app.kubernetes.io/name': 'web' },
    ports: [{ port: 80, targetPort: 8080 }],
  };
  const annotations = { [`${LB}-nlb-target-type`]: 'ip', [`${LB}-scheme`]: 'internet-facing' };
  const creationTimestamp = small.clock.stamp();
  const metadata = { name: 'open', namespace: 'shop', creationTimestamp, annotations };
  small.add('services', 'open', spec, { metadata });
  small.add('services', 'closed', spec);
  small.add('services', 'others', { ...spec, loadBalancerClass: 'example.com/own' });
  expect(loadBalancersOf(small.world)).toEqual([]);
  small.run(10);

  const found = loadBalancersOf(small.world).map(({ kind, scheme, groups }) => [
    ...[kind, scheme, groups[0]?.targetType],
    groups[0]?.targets.length,
  ]);
  expect(found.sort()).toEqual([
    ['network', 'internal', 'instance', 3],
    ['network', 'internet-facing', 'ip', 2],
  ]);
  expect(small.told('SuccessfullyReconciled')).toHaveLength(2);
  const open = small.world.store.get('services', 'shop', 'open');
  expect(open?.spec.loadBalancerClass).toBe('service.k8s.aws/nlb');
  expect(open?.status.loadBalancer.ingress?.[0]?.hostname).toMatch(
    /^k8s-shop-open-.*\.elb\.eu-central-1\.amazonaws\.com$/,
  );
});
