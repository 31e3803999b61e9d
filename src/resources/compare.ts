/** Two descriptions side by side: in which lines they differ, and which are the same in both. */
import { redact } from '../core/redact.ts';
import { countMasks } from '../core/mask.ts';
import { plain, type Cell, type Tone } from '../core/styled.ts';
import type { Section } from './define.ts';

/** What stands under one label in one section, on either side; a side without it has none. */
export interface Compared {
  readonly section: string;
  /** Empty for lines without a label. */
  readonly label: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** How two descriptions compare. */
export interface Comparison {
  readonly different: readonly Compared[];
  readonly equal: readonly Compared[];
  /** What is masked on a side: whether it differs is not told. */
  readonly masked: readonly Compared[];
}

/** What counts the time since, or tells what happened, is another in any two. */
const LEFT_OUT: ReadonlySet<string> = new Set(['Events', 'Clock']);

/** Compares by section and label, in the order in which they are described; the left one leads. */
export function compareSections(left: readonly Section[], right: readonly Section[]): Comparison {
  const [a, b] = [valuesOf(left), valuesOf(right)];
  const compared = [...new Set([...a.keys(), ...b.keys()])].map((key): Compared => {
    const [section = '', label = ''] = JSON.parse(key) as readonly string[];
    return { section, label, left: a.get(key) ?? [], right: b.get(key) ?? [] };
  });
  const isMasked = (one: Compared): boolean =>
    [...one.left, ...one.right].some((text) => countMasks(text) > 0);
  const isEqual = (one: Compared): boolean => one.left.join('\n') === one.right.join('\n');
  return {
    different: compared.filter((one) => !isMasked(one) && !isEqual(one)),
    equal: compared.filter((one) => !isMasked(one) && isEqual(one)),
    masked: compared.filter(isMasked),
  };
}

/** Values by section and label; a line without a label of its own belongs to the one above it. */
function valuesOf(sections: readonly Section[]): ReadonlyMap<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { title, lines } of sections) {
    if (LEFT_OUT.has(title)) continue;
    let label = '';
    for (const line of lines) {
      const labelled = isLabelled(line);
      if (labelled && line[0] !== '') label = line[0].trim();
      const key = JSON.stringify([title, labelled ? label : '']);
      const value = redact(plain(labelled ? line[1] : line));
      values.set(key, [...(values.get(key) ?? []), value]);
    }
  }
  return values;
}

type Line = Section['lines'][number];

const isLabelled = (line: Line): line is readonly [string, Cell] =>
  typeof line !== 'string' && typeof line[0] === 'string';

/** What a comparison is shown as: sections with the label, then what either side has, under a letter. */
export function comparisonSections(
  names: readonly [left: string, right: string],
  { different, equal, masked }: Comparison,
  options: { readonly equalShown: boolean; readonly key: string },
): readonly Section[] {
  const count = equal.length === 1 ? '1 line is equal' : `${equal.length} lines are equal`;
  const those = equal.length === 1 ? 'it' : 'them';
  const toggle = `${options.equalShown ? 'hides' : 'shows'} ${those}`;
  const all: readonly Section[] = [
    {
      title: 'Compared',
      lines: [
        ...SIDES.map((side, i) => [side, [[names[i] ?? '', TONES[i] ?? 'text']]] as const),
        [[`${count} · ${options.key} ${toggle}`, 'muted']],
      ],
    },
    ...(different.length === 0
      ? [textSection('Differences', 'none in what is described', 'good')]
      : bySection(different, '≠ ', differenceLines)),
    { title: 'Not compared', lines: masked.map(({ label }) => [label, MASKED]) },
    ...(options.equalShown ? bySection(equal, '= ', equalLines) : []),
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

const textSection = (title: string, text: string, tone: Tone): Section => ({
  title,
  lines: [[[text, tone]]],
});

/** Where a side has nothing that the other has not. */
const NOTHING = '–';
const SIDES = ['A', 'B'] as const;
const TONES: readonly [Tone, Tone] = ['accent', 'info'];
const MASKED: Cell = [['masked: whether they differ is not told', 'muted']];

function bySection(
  compared: readonly Compared[],
  mark: string,
  linesOf: (one: Compared) => Section['lines'],
): readonly Section[] {
  return [...Map.groupBy(compared, ({ section }) => section)].map(([title, all]) => ({
    title: mark + title,
    lines: all.flatMap(linesOf),
  }));
}

/** What only one side has; of several values those that both have are counted. */
function differenceLines({ label, left, right }: Compared): Section['lines'] {
  const both = left.filter((value) => right.includes(value)).length;
  const only = (own: readonly string[], other: readonly string[]): readonly string[] => {
    const left = own.filter((value) => !other.includes(value));
    // The same values in another order differ in that.
    return left.length === 0 && own.length > 0 && other.length === own.length ? own : left;
  };
  const side = (i: 0 | 1, own: readonly string[], other: readonly string[]): readonly Cell[] => {
    const values = only(own, other);
    return (values.length === 0 ? [NOTHING] : values).map((value): Cell => [
      [`${SIDES[i]} `, 'muted'],
      [value, values.length === 0 ? 'muted' : TONES[i]],
    ]);
  };
  const cells = [...side(0, left, right), ...side(1, right, left)];
  const rest: readonly Cell[] = both > 0 ? [[[`and ${both} equal`, 'muted']]] : [];
  return [...cells, ...rest].map((cell, i) => [i === 0 ? label : '', cell]);
}

const equalLines = ({ label, left }: Compared): Section['lines'] =>
  left.map((value, i) => (label === '' ? value : [i === 0 ? label : '', value]));
