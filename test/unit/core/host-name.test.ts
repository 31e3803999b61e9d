import { describe, expect, it } from 'vitest';
import { plainAddress } from '../../../src/core/host-name.ts';

describe('an address in its plain form', () => {
  it.each([
    ['API.Shop.SVC.', 'api.shop.svc'],
    ['10.0.3.17', '10.0.3.17'],
    ['2001:0DB8:0000::0011', '2001:db8::11'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:10.0.3.17', '10.0.3.17'],
    ['::FFFF:0a00:0311', '10.0.3.17'],
    ['::1', '::1'],
    ['no:address', 'no:address'],
  ])('%s is %s', (typed, plain) => {
    expect(plainAddress(typed)).toBe(plain);
  });
});
