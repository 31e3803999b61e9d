import { expect, it } from 'vitest';
import { ipv6Prefix, prefixAddresses, usableAddresses } from '../../../src/domain/cidr.ts';

it.each([
  ['10.0.0.0/24', 251],
  ['10.0.0.0/28', 11],
  ['2001:db8::/64', null],
  ['10.0.0.0', null],
  ['10.0.0.0/33', null],
  ['10.0.0.256/24', null],
  ['', null],
])('a subnet of %j has %j addresses to use', (cidr, size) => {
  expect(usableAddresses(cidr)).toBe(size);
});

it('a prefix has sixteen addresses', () => {
  const addresses = prefixAddresses('10.0.255.240/28');
  expect(addresses).toHaveLength(16);
  expect([addresses[0], addresses[15]]).toEqual(['10.0.255.240', '10.0.255.255']);
});

it.each(['10.0.0.0/8', '2001:db8::/80', 'x'])('%j is no prefix of IPv4', (prefix) => {
  expect(prefixAddresses(prefix)).toEqual([]);
});

it.each([
  ['2001:db8:0:1:2::/80', '2001:db8:0:1:2'],
  ['2001:DB8:0000:0001:2:0:0:7', '2001:db8:0:1:2'],
  ['2001:db8:0:1:2::7', '2001:db8:0:1:2'],
  ['::1', '0:0:0:0:0'],
  ['1::2::3', ''],
  ['nonsense', ''],
  ['', ''],
])('%j is in the /80 %j', (ip, prefix) => {
  expect(ipv6Prefix(ip)).toBe(prefix);
});
