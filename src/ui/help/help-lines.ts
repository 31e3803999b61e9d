/** Help for a pane, made from the keymap and the declarations. */
import { plain, type Cell, type Segment } from '../../core/styled.ts';
import { pad, textWidth } from '../../core/text.ts';
import { formatChord } from '../../keys/chord.ts';
import { GROUPS, type Binding } from '../../keys/keymap.ts';
import type { Column } from '../../resources/define.ts';
import { segmentsOf } from '../chrome/pack.ts';
import { wrapCell } from '../message.ts';
import { fitCell } from '../table/cells.ts';

/** What help is about. */
export interface HelpInput {
  /** What can be pressed here, without what a nearer layer takes away. */
  readonly bindings: readonly Binding[];
  /** The namespaces of the keys 1 to 9. */
  readonly namespaces: readonly string[];
  /** The pane's resource, where it shows one. */
  /** It is help on a log. */
  readonly isLog: boolean;
  readonly resource: {
    readonly title: string;
    readonly description: string;
    readonly columns: readonly Pick<Column<never>, 'title' | 'description'>[];
  } | null;
}

const FILTERS: readonly (readonly [string, string])[] = [
  ['api', 'a regular expression, over all that a row says'],
  ['"back off"', 'text as it stands'],
  ['!api', 'not'],
  ['-f apx', 'these letters in this order in the name'],
  ['-l app=api', 'a label selector, as kubectl takes them'],
  ['status:^crash', 'a regular expression over one column; status:!run for what is not'],
  ['restarts:>5', 'numbers and ages compare: age:<1h  mem:>1Gi; zone:? for what is not known'],
];

const LOG_FILTERS: readonly (readonly [string, string])[] = [
  ['timed? out', 'a regular expression, over the line as it was written'],
  ['!healthz', 'what must not match'],
  ['level:error', 'lines of that level; level:>=warn for that and worse'],
  ['user:bob', 'a field, or that text; status:>=500, took:>100ms, path:"/a b", user:!bob'],
  ['level:error api', 'all of them, terms at either end'],
];

const COMMANDS: readonly (readonly [string, string])[] = [
  [':pods', 'a resource by name or alias'],
  [':pods shop', 'in a namespace; `all` for all of them'],
  [':pods /api', 'filtered; :pods -l app=api, :pods app=api and :pods -f apx, too'],
  [':pods @prod', 'of another cluster'],
  [':clusters', 'the clusters and contexts there are; :ctx NAME goes to one'],
  [':ns shop', 'the pods of that namespace'],
  [':who-can get po', 'who may, by the roles; :can-i get po asks the server about you'],
  [':why deploy/api', 'why it does not run, gets no traffic, comes no further'],
  [':theme light', 'dark, light, mono, or the path of a file'],
  [':q', 'quit'],
];

/** Cells from which on help stands in two columns. */
const TWO_COLUMNS = 110;
const GAP = 2;
/** Cells of the keys in front of what they do. */
const LEFT = 16;

/** The lines of help, for a pane of `width` cells. */
export function helpLines(input: HelpInput, width: number): readonly Cell[] {
  const { resource } = input;
  const head: Cell[] = resource
    ? [[[resource.title, 'title']], [[`  ${resource.description}`, 'text']], '']
    : [];
  if (width < TWO_COLUMNS) return [...head, ...sectionsOf(input, null).flat()];
  const half = Math.floor((width - GAP) / 2);
  return [...head, ...sideBySide(sectionsOf(input, half), half)];
}

type Section = readonly Cell[];

function sectionsOf(
  { bindings, resource, isLog, namespaces }: HelpInput,
  width: number | null,
): readonly Section[] {
  const section = (title: string, pairs: readonly Pair[]): Section => [
    [[title, 'title']],
    ...pairs.flatMap((pair) => pairLines(pair, width)),
    '',
  ];
  const groups = GROUPS.map((group) => bindings.filter((binding) => binding.group === group));
  return [
    ...groups.flatMap((own) => {
      const [first] = own;
      return first ? [section(first.group, digitsAsOne(own, namespaces).map(pairOf))] : [];
    }),
    ...(resource
      ? [
          section('Filter', FILTERS),
          section(
            'Columns',
            resource.columns.map(({ title, description }) => [title, description]),
          ),
        ]
      : []),
    ...(isLog ? [section('Filter', LOG_FILTERS)] : []),
    section('Commands', COMMANDS),
  ];
}

/** Sections in two columns that are about as long, each section in one of them. */
function sideBySide(sections: readonly Section[], width: number): readonly Cell[] {
  const total = sections.reduce((sum, { length }) => sum + length, 0);
  const left: Cell[] = [];
  const right: Cell[] = [];
  for (const section of sections) {
    const goesLeft = right.length === 0 && left.length + section.length / 2 <= total / 2;
    (goesLeft ? left : right).push(...section);
  }
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, i) => {
    const segments = fitCell(left[i] ?? '', { width, align: 'left', cut: 'end' });
    const other = right[i] ?? '';
    return other === '' ? segments : [...segments, [' '.repeat(GAP), 'text'], ...segmentsOf(other)];
  });
}

type Pair = readonly [string, string];

const pairOf = ({ keys, title }: Binding): Pair => [keys.map(formatChord).join(' '), title];

/** What is long goes on under itself where there is a width to keep to. */
function pairLines([left, right]: Pair, width: number | null): readonly Cell[] {
  const key: Segment = [`  ${pad(left, LEFT)}`, 'accent'];
  const room = width === null ? Number.MAX_SAFE_INTEGER : width - textWidth(key[0]) - 1;
  return wrapCell(right, room).map((cell, i) => [
    i === 0 ? key : [' '.repeat(LEFT + 2), 'text'],
    [` ${plain(cell)}`, 'text'],
  ]);
}

/** The nine keys of namespaces are one line. */
function digitsAsOne(
  bindings: readonly Binding[],
  namespaces: readonly string[],
): readonly Binding[] {
  const digits = bindings.filter(({ command }) => /^namespace\.[1-9]$/.test(command));
  const [first] = digits;
  if (!first) return bindings;
  const names = namespaces.map((name, i) => `${i + 1} ${name}`).join(', ');
  const title = names === '' ? 'A namespace, as the header lists them' : `A namespace: ${names}`;
  return bindings.flatMap((binding) => {
    if (binding === first) return { ...binding, keys: ['1…9'], title };
    return digits.includes(binding) ? [] : binding;
  });
}
