import { expect, it } from 'vitest';
import { cniFacts, cniSettingsOf } from '../../../src/domain/cni-settings.ts';
import { decoderOf } from '../../../src/domain/tables/index.ts';

const daemonSet = (name: string, env: readonly object[]) =>
  decoderOf('daemonsets').json({
    metadata: { name, namespace: 'kube-system' },
    spec: { template: { spec: { containers: [{ name, env }, { name: 'sidecar' }] } } },
  });

it('are read of the daemon set of the VPC CNI alone, and of its variables only what matters', () => {
  const env = [
    { name: 'WARM_IP_TARGET', value: '5' },
    { name: 'MAX_ENI', value: '' },
    { name: 'MY_NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    { name: 'PASSWORD', value: 'not kept' },
  ];
  expect(daemonSet('aws-node', env).cni).toEqual({ WARM_IP_TARGET: '5' });
  expect(daemonSet('kube-proxy', env).cni).toBeNull();
  expect(cniSettingsOf([{ name: 'aws-node', env: [] }])).toEqual({});
});

it.each([
  [{}, ['single addresses', '1 interface full of addresses (WARM_ENI_TARGET by default)']],
  [{ ENABLE_PREFIX_DELEGATION: 'true' }, ['blocks of 16', 'WARM_PREFIX_TARGET by default']],
  [{ WARM_ENI_TARGET: '0' }, ['single', '0 interfaces full of addresses (WARM_ENI_TARGET)']],
  [{ WARM_IP_TARGET: '5', MINIMUM_IP_TARGET: '10' }, ['single', '5 addresses, 10 at least']],
  [{ WARM_IP_TARGET: '5' }, ['single', '!5 addresses (WARM_IP_TARGET); without MINIMUM_IP']],
  [{ MINIMUM_IP_TARGET: '9' }, ['single', '!9 addresses at least (MINIMUM_IP_TARGET); without']],
  [
    {
      AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true',
      ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone',
      ENABLE_POD_ENI: 'true',
      MAX_ENI: '3',
    },
    [
      ...['single', '1 interface', '3 at most (MAX_ENI)'],
      'of the ENIConfig that topology.kubernetes.io/zone names',
      'own security groups can be had (ENABLE_POD_ENI), strict',
    ],
  ],
] as const)('%j are told in words', (settings, told) => {
  const facts = cniFacts(settings).map(({ text, isOdd }) => `${isOdd ? '!' : ''}${text}`);
  expect(facts).toHaveLength(told.length);
  told.forEach((text, i) => expect(facts[i]).toContain(text));
});
