import { expect, it } from 'vitest';
import { foundUnfinished, leavesUnfinished } from '../../../src/cli/unfinished.ts';

it('says nothing where nothing is left', () => {
  expect([foundUnfinished([]), leavesUnfinished([])]).toEqual(['', '']);
});

it('tells at the start what an earlier run left, and where to go on', () => {
  const [a, b] = [{ title: 'Drain node/a' }, { title: 'Drain node/b' }];
  expect(foundUnfinished([a])).toBe(
    'not seen to its end by an earlier run: Drain node/a · @ goes on with it',
  );
  expect(foundUnfinished([a, b])).toContain('Drain node/a, and 1 more');
});

it('tells at the end what this run leaves, and how far it came', () => {
  expect(leavesUnfinished([{ title: 'Drain node/a', text: '1 of 2 done' }])).toBe(
    'not seen to its end: Drain node/a (1 of 2 done); start ekscope again and press @ to go on',
  );
});
