/** Help for a pane, made from the keymap and the declarations. */
import type { Cell } from '../../core/styled.ts';
import { pad } from '../../core/text.ts';
import { formatChord } from '../../keys/chord.ts';
import { GROUPS, type Binding } from '../../keys/keymap.ts';
import type { Column } from '../../resources/define.ts';

/** What help is about. */
export interface HelpInput {
  /** What can be pressed here, without what a nearer layer takes away. */
  readonly bindings: readonly Binding[];
  /** The pane's resource, where it shows one. */
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
  ['status:crash', 'one column; numbers and ages compare: restarts:>5  age:<1h  mem:>1Gi'],
];

const COMMANDS: readonly (readonly [string, string])[] = [
  [':pods', 'a resource by name or alias'],
  [':pods shop', 'in a namespace; `all` for all of them'],
  [':pods /api', 'filtered'],
  [':pods @prod', 'of another cluster'],
  [':clusters', 'the clusters and contexts there are; :ctx NAME goes to one'],
  [':ns shop', 'only that namespace'],
  [':theme light', 'dark, light, mono, or the path of a file'],
  [':q', 'quit'],
];

/** The lines of help. */
export function helpLines({ bindings, resource }: HelpInput): readonly Cell[] {
  const lines: Cell[] = [];
  if (resource)
    lines.push([[resource.title, 'title']], [[`  ${resource.description}`, 'text']], '');
  for (const group of GROUPS) {
    const own = bindings.filter((binding) => binding.group === group);
    if (own.length === 0) continue;
    lines.push([[group, 'title']], ...digitsAsOne(own).map(bindingLine), '');
  }
  if (resource) {
    lines.push([['Filter', 'title']], ...FILTERS.map(pairLine), '');
    lines.push([['Columns', 'title']]);
    lines.push(
      ...resource.columns.map(({ title, description }) => pairLine([title, description])),
      '',
    );
  }
  return [...lines, [['Commands', 'title']], ...COMMANDS.map(pairLine)];
}

const bindingLine = ({ keys, title }: Binding): Cell =>
  pairLine([keys.map(formatChord).join(' '), title]);

const pairLine = ([left, right]: readonly [string, string]): Cell => [
  [`  ${pad(left, 16)}`, 'accent'],
  [` ${right}`, 'text'],
];

/** The nine keys of namespaces are one line. */
function digitsAsOne(bindings: readonly Binding[]): readonly Binding[] {
  const digits = bindings.filter(({ command }) => /^namespace\.[1-9]$/.test(command));
  if (digits.length === 0) return bindings;
  const [first] = digits;
  return bindings.flatMap((binding) => {
    if (binding === first)
      return { ...binding, keys: ['1…9'], title: 'A namespace, as the header lists them' };
    return digits.includes(binding) ? [] : binding;
  });
}
