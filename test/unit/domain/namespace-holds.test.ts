import { expect, test } from 'vitest';
import { deadApis } from '../../../src/domain/namespace-holds.ts';

const SAID = 'unable to retrieve the complete list of server APIs: ';

test('the APIs that do not answer are told by what the namespace controller says', () => {
  const both = `${SAID}dead.example.com/v1: stale GroupVersion discovery: dead.example.com/v1, a.b-c.io/v1beta1: 503`;
  expect(deadApis(both)).toEqual(['dead.example.com/v1', 'a.b-c.io/v1beta1']);
  expect(deadApis('nothing of that kind')).toEqual([]);
});

test.each(['a', 'a.', '1.a'])('a message of nothing but %s holds up nobody', (piece) => {
  // Gone through from each of its places, it would take hours.
  expect(deadApis(piece.repeat(1_000_000))).toEqual([]);
});
