import { expect, it } from 'vitest';
import { proxyFromEnv } from '../../../../src/sources/kube/proxy.ts';

const SERVER = 'https://abc.gr7.eu-west-1.eks.amazonaws.com';

it.each([
  ['the proxy of HTTPS', SERVER, {}, 'http://proxy:3128'],
  ['lower case wins', SERVER, { https_proxy: 'http://other:1' }, 'http://other:1'],
  ['a scheme is added', SERVER, { https_proxy: 'other:1' }, 'http://other:1'],
  ['plain HTTP has its own', 'http://k8s.example', {}, ''],
  ['loopback is direct', 'https://127.0.0.1:6443', {}, ''],
  ['localhost is direct', 'https://localhost:6443', {}, ''],
  ['a name', SERVER, { NO_PROXY: 'x.org, abc.gr7.eu-west-1.eks.amazonaws.com' }, ''],
  ['a domain', SERVER, { NO_PROXY: 'amazonaws.com' }, ''],
  ['a domain with a dot', SERVER, { NO_PROXY: '.amazonaws.com' }, ''],
  [
    'a dot excludes the domain itself',
    'https://amazonaws.com',
    { NO_PROXY: '.amazonaws.com' },
    'http://proxy:3128',
  ],
  ['no part of a name', 'https://notexample.com', { NO_PROXY: 'example.com' }, 'http://proxy:3128'],
  ['all', SERVER, { NO_PROXY: '*' }, ''],
  ['a range', 'https://10.1.2.3', { NO_PROXY: '10.0.0.0/8' }, ''],
  ['another range', 'https://11.1.2.3', { NO_PROXY: '10.0.0.0/8' }, 'http://proxy:3128'],
  ['a range of IPv6', 'https://[fd00::1]', { NO_PROXY: 'fd00::/8' }, ''],
  ['nonsense', 'https://10.1.2.3', { NO_PROXY: '10.0.0.0/99,/' }, 'http://proxy:3128'],
  ['a port', 'https://k.example:6443', { NO_PROXY: 'k.example:6443' }, ''],
  ['another port', 'https://k.example:6443', { NO_PROXY: 'k.example:443' }, 'http://proxy:3128'],
])('%s', (_name, server, env, expected) => {
  expect(proxyFromEnv(new URL(server), { HTTPS_PROXY: 'http://proxy:3128', ...env })).toBe(
    expected,
  );
});
