import { describe, expect, it } from 'vitest';
import { shellLine, shellWord } from '../../../src/core/shell.ts';

describe('a word for a shell', () => {
  it.each([
    ['prod-eu', 'prod-eu'],
    [
      'arn:aws:eks:eu-central-1:111122223333:cluster/prod',
      'arn:aws:eks:eu-central-1:111122223333:cluster/prod',
    ],
    ['', "''"],
    ['two words', "'two words'"],
    ["it's", "'it'\\''s'"],
    ['$(reboot)', "'$(reboot)'"],
    ['`reboot`;', "'`reboot`;'"],
    ['größe', "'größe'"],
    ['a\nb', "$'a\\x0ab'"],
    ["\x1b]0;it's\x07", "$'\\x1b]0;it\\x27s\\x07'"],
    ['\u202eevil', "$'\\xe2\\x80\\xaeevil'"],
  ])('%j', (text, word) => {
    expect(shellWord(text)).toBe(word);
  });

  it('joins a command', () => {
    expect(shellLine(['kubectl', '--context', 'a b', 'get', 'pods'])).toBe(
      "kubectl --context 'a b' get pods",
    );
  });
});
