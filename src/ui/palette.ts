/** The entries of the palette: all that can be done now, and what cannot, with the reason. */
import { formatChord } from '../keys/chord.ts';
import { RESOURCES } from '../resources/index.ts';
import type { App } from './app.ts';
import { availableBindings } from './available.ts';
import type { MenuItem } from './state-overlay.ts';

/** Moving is faster by its keys than by a menu; the palette is for what one does not know. */
const LEFT_OUT = /^(cursor|columns|scroll|prompt|dialog|namespace\.[1-9]|palette|back)/;

/** What the palette offers on the pane on top. */
export function paletteItems(app: App): readonly MenuItem[] {
  const pane = app.navigator.top;
  const reasons = new Map((pane?.commands() ?? []).map(({ id, disabled }) => [id, disabled]));
  const commands = availableBindings(app.keymap, pane, ['global', 'always'])
    .filter(({ command }) => !LEFT_OUT.test(command))
    .sort((a, b) => (b.priority ?? -1) - (a.priority ?? -1))
    .map(({ command, title, keys }) => ({
      id: command,
      title,
      detail: formatChord(keys[0] ?? ''),
      disabled: reasons.get(command) ?? '',
    }));
  const resources = RESOURCES.map(({ id, title }) => ({
    id: `:${id}`,
    title: `Show ${title.toLowerCase()}`,
    detail: `:${id}`,
    disabled: '',
  }));
  return [...commands, ...resources];
}
