import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIni, shellWords } from '../../../../src/sources/aws/ini.ts';

const read = (text: string): Record<string, unknown> => Object.fromEntries(parseIni(text));

describe('the files of the AWS tools', () => {
  it('know keys in any case, both delimiters, and comments on lines of their own only', () => {
    expect(
      read(
        '\ufeff; first\n[default]\r\nRegion = eu-west-1\r\noutput: json\n# no\nkey=a # b ; c\nnothing\n',
      ),
    ).toEqual({ default: { region: 'eu-west-1', output: 'json', key: 'a # b ; c' } });
  });

  it('know nested keys, and values that go on', () => {
    expect(
      read(
        '[services a]\neks =\n  endpoint_url = https://e?a=b\n  other = 1\nlong = one\n\n  two\nlast = 3',
      ),
    ).toEqual({
      'services a': {
        'eks.endpoint_url': 'https://e?a=b',
        'eks.other': '1',
        long: 'one\ntwo',
        last: '3',
      },
    });
  });

  it('take indented keys for keys where none stands before them', () => {
    expect(read('[a]\n  x = 1\n  y = 2\n[b] # said\n x = 3')).toEqual({
      a: { x: '1', y: '2' },
      b: { x: '3' },
    });
  });

  it('add to a section that is repeated, and to all what DEFAULT says', () => {
    expect(read('lost = 1\n[a]\nx = 1\n[DEFAULT]\nz = 0\n[a]\nx = 2\ny =')).toEqual({
      a: { x: '2', y: '', z: '0' },
    });
  });

  it('read anything without failing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseIni(text).size >= 0));
  });
});

describe('the words of a section', () => {
  it.each([
    ['profile plain', ['profile', 'plain']],
    ['profile "dev team"', ['profile', 'dev team']],
    ["profile 'data eng'", ['profile', 'data eng']],
    ['profile dev\\ team', ['profile', 'dev team']],
    ['profile "a\\"b\\n" c', ['profile', 'a"b\\n', 'c']],
    ['profile ""', ['profile', '']],
    ['  profile   Ä/b@c+d  ', ['profile', 'Ä/b@c+d']],
    ['profile "open', null],
    ["profile 'open", null],
    ['profile open\\', null],
  ])('%s', (text, words) => {
    expect(shellWords(text)).toEqual(words);
  });
});
