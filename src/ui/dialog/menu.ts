/** A menu as a dialog: the palette with its line to type into, or a few things to choose from. */
import { textWidth } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';
import { centered, type Layout } from '../layout.ts';
import type { MenuItem, MenuState } from '../state-overlay.ts';
import { boxLines, type BoxLine } from './box.ts';
import type { DialogModel } from './model.ts';

/** Entries shown at once. */
const SHOWN = 12;

/** Letters that stand farther apart than this, on average, were not meant. */
const SPREAD = 3;

/** The entries that the query leaves, the best first. */
export function menuItems({ items, query }: MenuState): readonly MenuItem[] {
  const letters = (query?.text ?? '').toLowerCase().replaceAll(/\s+/g, '');
  if (letters === '') return items;
  return items
    .map((item) => ({ item, score: fuzzy(`${item.title} ${item.id}`.toLowerCase(), letters) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0))
    .map(({ item }) => item);
}

/** How far apart the letters stand in the text, in order; null where they do not. */
function fuzzy(text: string, letters: string): number | null {
  const inside = text.indexOf(letters);
  const begins = inside === 0 ? 0 : text.indexOf(` ${letters}`);
  if (begins >= 0) return begins / 1000;
  if (inside >= 0) return 1;
  let at = -1;
  let first = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return null;
    if (first < 0) first = at;
  }
  const span = at - first + 1;
  return span > letters.length * SPREAD ? null : span + 1;
}

/** Draws a menu into the middle of the pane. */
export function menuDialog(menu: MenuState, painter: Painter, layout: Layout): DialogModel {
  const items = menuItems(menu);
  const index = Math.min(menu.index, Math.max(0, items.length - 1));
  const rows = Math.min(SHOWN, menu.items.length, layout.frame.height - 6);
  const from = Math.max(0, Math.min(index - Math.floor(rows / 2), items.length - rows));
  const shown = items.slice(from, from + rows);
  const body: BoxLine[] = [];
  const query = menu.query;
  if (query)
    body.push(
      {
        cell: [
          ['› ', 'accent'],
          [query.text, 'text'],
        ],
      },
      { cell: '' },
    );
  for (const [i, item] of shown.entries()) {
    body.push(itemLine(item, from + i === index, menu.chosen));
  }
  for (let i = shown.length; i < rows; i++) {
    body.push({ cell: i === 0 ? [['nothing like that', 'muted']] : '' });
  }
  body.push({ cell: '' }, { cell: footer(items.length, rows, menu.chosen) });
  const rect = centered(layout.frame, Math.min(72, layout.columns - 4), body.length + 2);
  const lines = boxLines({ title: menu.title, width: rect.width, body, painter });
  const cursor = query
    ? { x: rect.x + 4 + textWidth(query.text.slice(0, query.cursor)), y: rect.y + 1 }
    : null;
  return { rect, lines, input: null, cursor };
}

function itemLine(
  { id, title, detail, disabled }: MenuItem,
  current: boolean,
  chosen: MenuState['chosen'],
): BoxLine {
  const mark = current ? '▌ ' : '  ';
  return {
    cell: [
      [mark, 'accent'],
      ...(chosen ? [[chosen.has(id) ? '● ' : '○ ', 'accent'] as const] : []),
      [title, disabled === '' ? 'text' : 'muted'],
    ],
    right: [[` ${disabled === '' ? detail : disabled}`, disabled === '' ? 'accent' : 'warn']],
    base: current ? 'selection' : undefined,
  };
}

const footer = (count: number, rows: number, chosen: MenuState['chosen']): BoxLine['cell'] => [
  ...(chosen
    ? ([
        ['space', 'accent'],
        [' choose  ', 'muted'],
      ] as const)
    : []),
  ['⏎', 'accent'],
  [chosen ? ' done  ' : ' choose  ', 'muted'],
  ['↑↓', 'accent'],
  [' move  ', 'muted'],
  ['esc', 'accent'],
  [` leave${count > rows ? `  ${count} entries` : ''}`, 'muted'],
];
