import type { Segment } from '../../core/styled.ts';
import { fits, textWidth } from '../../core/text.ts';

/** The namespaces of the keys 0 to 9 (empty: of a key that none has), the present one highlighted, as many as fit into `width`. */
export function namespaceSegments(
  names: readonly string[],
  present: string,
  width: number,
): readonly Segment[] {
  const out: Segment[] = [[' ', 'text']];
  let used = 1;
  for (const [digit, name] of ['all', ...names].entries()) {
    if (name === '') continue;
    if (!fits(name, width - used)) break;
    const size = 2 + textWidth(name) + (digit === 0 ? 0 : 2);
    if (used + size > width) break;
    const here = digit === 0 ? present === '' : name === present;
    if (digit > 0) out.push(['  ', 'text']);
    out.push([String(digit), 'accent'], [' ', 'text'], [name, here ? 'strong' : 'muted']);
    used += size;
  }
  // A namespace that has no key is still said.
  if (present !== '' && !names.includes(present) && fits(present, width - used - 4)) {
    out.push(['  ', 'text'], [`▸ ${present}`, 'strong']);
    used += 4 + textWidth(present);
  }
  return [...out, [' '.repeat(Math.max(0, width - used)), 'text']];
}
