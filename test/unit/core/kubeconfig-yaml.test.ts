import { describe, expect, it } from 'vitest';
import { parseKubeconfig } from '../../../src/sources/kube/kubeconfig-file.ts';
import { readYaml } from '../../../src/core/kubeconfig-yaml.ts';

const plain = (text: string): unknown => JSON.parse(JSON.stringify(readYaml(text)));

// The right values are what kubectl 1.32 makes of the same text.
describe('YAML as kubectl reads it', () => {
  it.each<[text: string, value: unknown]>([
    ['{a: yes, b: y, c: on, d: Off, e: N}', { a: true, b: true, c: true, d: false, e: false }],
    ['{a: 010, b: 0x1F, c: 1_000, d: 09}', { a: 8, b: 31, c: 1000, d: 9 }],
    ['{a: 2024-01-01, b: 1:30, c: "=", d: <<}', { a: '2024-01-01', b: '1:30', c: '=', d: '<<' }],
    ['{a: ~, b: Null, c: }', { a: null, b: null, c: null }],
    ['{a: !!str 5, b: !odd text, c: "5"}', { a: '5', b: 'text', c: '5' }],
    ['a: 1\na: 2\n', { a: 2 }],
    ['# only a comment', null],
    ['', null],
    ['a: 1\n---\na: 2\n', { a: 1 }],
    ['a: 1\n---\n{{{\n', { a: 1 }],
    ['---\n---\na: 1\n', null],
    ['a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
  ])('%j', (text, value) => {
    expect(plain(text)).toEqual(value);
  });

  it.each<[text: string, value: unknown]>([
    ['{<<: *d, a: own}', { a: 'own', b: 'd' }],
    // In the order in which they stand: what is merged later wins.
    ['{a: own, <<: *d}', { a: 'd', b: 'd' }],
    ['{<<: [{a: first}, *d]}', { a: 'first', b: 'd' }],
    ['{"<<": *d}', { '<<': { a: 'd', b: 'd' } }],
    ['*d', { a: 'd', b: 'd' }],
  ])('merge keys and aliases: %s', (text, value) => {
    expect(plain(`d: &d {a: d, b: d}\nx: ${text}\n`)).toMatchObject({ x: value });
  });

  it.each([
    ['a: &a [*a]', /the anchor "a" contains itself/],
    ['a: *none', /unknown anchor "none"/],
    ['{<<: 5}', /a merge key/],
    ['{a: b', /line 1/],
  ])('%s is refused', (text, why) => {
    expect(() => readYaml(text)).toThrow(why);
  });

  it('an alias that is used often costs nothing each time', () => {
    const levels = Array.from({ length: 40 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}]`);
    const value = readYaml(`l0: &l0 x\n${levels.join('\n')}\n`) as Record<string, unknown[]>;
    expect(value['l40']?.[0]).toBe(value['l39']);
  });
});

describe('the bytes of a kubeconfig', () => {
  const text = 'current-context: grün\n';
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first (PowerShell)', utf16],
    ['UTF-16, big end first', Buffer.from(utf16).swap16()],
  ])('%s', (_name, bytes) => {
    expect(parseKubeconfig(bytes, 'f').currentContext).toBe('grün');
  });

  it('that are no text are refused', () => {
    expect(() => parseKubeconfig(Buffer.from([0x61, 0xe9, 0x0a]), 'f')).toThrow(/^f: not valid/);
  });
});
