/** The keys of this pane, the most useful first, as many as there is room for. */
import type { Segment } from '../../core/styled.ts';
import { textWidth } from '../../core/text.ts';
import { formatChord } from '../../keys/chord.ts';
import type { Binding } from '../../keys/keymap.ts';

/** Segments of at most `width` cells. */
export function hintSegments(bindings: readonly Binding[], width: number): readonly Segment[] {
  const hints = bindings
    .filter(({ hint }) => hint !== undefined)
    .sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  const more: Segment = ['…more', 'muted'];
  const moreWidth = 2 + more[0].length;
  const chosen: Binding[] = [];
  let used = 0;
  for (const binding of hints) {
    const size = hintWidth(binding) + (chosen.length > 0 ? 2 : 0);
    const reserve = chosen.length + 1 < hints.length ? moreWidth : 0;
    if (used + size + reserve > width) continue;
    chosen.push(binding);
    used += size;
  }
  // Help is always there, and always at the same end.
  const ordered = [
    ...chosen.filter(({ command }) => command !== 'help'),
    ...chosen.filter(({ command }) => command === 'help'),
  ];
  const segments = ordered.flatMap((binding, i): Segment[] => [
    [i === 0 ? '' : '  ', 'text'],
    [keyOf(binding), 'accent'],
    [` ${binding.hint ?? ''}`, 'muted'],
  ]);
  return chosen.length < hints.length ? [...segments, ['  ', 'text'], more] : segments;
}

const keyOf = (binding: Binding): string => formatChord(binding.keys[0] ?? '');

const hintWidth = (binding: Binding): number =>
  textWidth(keyOf(binding)) + 1 + textWidth(binding.hint ?? '');
