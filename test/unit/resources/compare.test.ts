import { describe, expect, it } from 'vitest';
import { MASK } from '../../../src/core/secret-names.ts';
import { plain, type Cell } from '../../../src/core/styled.ts';
import { compareSections, comparisonSections } from '../../../src/resources/compare.ts';
import type { Section } from '../../../src/resources/define.ts';

const section = (title: string, ...lines: Section['lines']): Section => ({ title, lines });

const LEFT = [
  section(
    'Cluster',
    ['Version', [['1.35', 'good']]],
    ['Status', 'ACTIVE'],
    ['Tags', 'team=shop'],
    ['', 'cost=1'],
  ),
  section('Token', ['secret', MASK]),
  section('Events', 'pulled a minute ago'),
];
const RIGHT = [
  section(
    'Cluster',
    ['Version', '1.34'],
    // The tone is no difference.
    ['Status', [['ACTIVE', 'warn']]],
    ['Tags', 'team=shop'],
    ['', 'cost=2'],
    ['Endpoint', 'https://b'],
  ),
  section('Token', ['secret', MASK]),
  section('Events', 'pulled an hour ago'),
];

function textOf(line: Section['lines'][number]): string {
  const isLabelled = (each: typeof line): each is readonly [string, Cell] =>
    typeof each !== 'string' && typeof each[0] === 'string';
  return isLabelled(line) ? `${line[0]}: ${plain(line[1])}` : plain(line);
}

describe('two descriptions', () => {
  it('are compared by section and label, whatever the tones', () => {
    const { different, equal } = compareSections(LEFT, RIGHT);
    expect(different).toEqual([
      { section: 'Cluster', label: 'Version', left: ['1.35'], right: ['1.34'] },
      {
        section: 'Cluster',
        label: 'Tags',
        left: ['team=shop', 'cost=1'],
        right: ['team=shop', 'cost=2'],
      },
      { section: 'Cluster', label: 'Endpoint', left: [], right: ['https://b'] },
    ]);
    expect(equal.map(({ label }) => label)).toEqual(['Status']);
  });

  it('are not said to be equal in what is masked', () => {
    const { masked, equal, different } = compareSections(LEFT, RIGHT);
    expect(masked.map(({ label }) => label)).toEqual(['secret']);
    expect([...equal, ...different].map(({ label }) => label)).not.toContain('secret');
  });

  const shown = (left: readonly Section[], right: readonly Section[], equalShown = false) =>
    comparisonSections(['a', 'b'], compareSections(left, right), { equalShown, key: 'e' }).map(
      ({ title, lines }) => [title, ...lines.map(textOf)],
    );

  it('show what only one of them has, and fold what is equal', () => {
    expect(shown(LEFT, RIGHT)).toEqual([
      ['Compared', 'A: a', 'B: b', '1 line is equal · e shows it'],
      [
        '≠ Cluster',
        'Version: A 1.35',
        ': B 1.34',
        'Tags: A cost=1',
        ': B cost=2',
        ': and 1 equal',
        'Endpoint: A –',
        ': B https://b',
      ],
      ['Not compared', 'secret: masked: whether they differ is not told'],
    ]);
    expect(shown(LEFT, RIGHT, true).at(-1)).toEqual(['= Cluster', 'Status: ACTIVE']);
  });

  it('say that nothing differs, and that only the order does', () => {
    expect(shown(LEFT.slice(0, 1), LEFT.slice(0, 1))[1]).toEqual([
      'Differences',
      'none in what is described',
    ]);
    const list = (...values: readonly string[]) => [
      section('S', ...values.map((value, i) => [i === 0 ? 'L' : '', value] as const)),
    ];
    expect(shown(list('x', 'y'), list('y', 'x'))[1]).toEqual([
      '≠ S',
      'L: A x',
      ': A y',
      ': B y',
      ': B x',
      ': and 2 equal',
    ]);
  });
});
