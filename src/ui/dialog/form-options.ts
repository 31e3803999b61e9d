import { type ChoiceField, type FormLine, type Option } from '../../actions/engine/form.ts';
import type { FlowOverlay } from '../state-overlay.ts';

/** The options that what was typed leaves, in their order. */
export function narrowed(
  { options }: Pick<ChoiceField, 'options'>,
  query: string,
): readonly Option[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return options;
  return options.filter(({ title, detail }) => {
    const text = `${title} ${detail}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The option under the cursor: where it stood, else the first. */
export function highlighted(
  field: ChoiceField,
  { query, highlight }: Pick<FlowOverlay, 'query' | 'highlight'>,
  value: string,
): Option | undefined {
  const shown = narrowed(field, query);
  const wanted = highlight === '' && !field.several ? value : highlight;
  return shown.find(({ id }) => id === wanted) ?? shown[0];
}

/** The line that has the keys; forms may become shorter. */
export function focusedLine(lines: readonly FormLine[], field: number): FormLine | undefined {
  return lines[Math.min(field, lines.length - 1)];
}
