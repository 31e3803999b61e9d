/** The entries of the palette: all that can be done now, and what cannot, with the reason. */
import { formatChord } from '../keys/chord.ts';
import type { Keymap } from '../keys/keymap.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { availableBindings } from './available.ts';
import type { Navigator } from './navigator.ts';
import type { MenuItem } from './state-overlay.ts';

/** What the entries are made from. */
export interface PaletteSource {
  readonly navigator: Pick<Navigator, 'place' | 'top'>;
  readonly keymap: Pick<Keymap, 'reachable'>;
  readonly resources: Pick<ResourceRegistry, 'all' | 'found'>;
}

/** Moving is faster by its keys than by a menu; the palette is for what one does not know. */
const LEFT_OUT = /^(cursor|columns|scroll|prompt|dialog|namespace\.[1-9]|palette|back)/;

/** A menu's entries with one that cannot be chosen. */
const without = (items: readonly MenuItem[], id: string, disabled: string): readonly MenuItem[] =>
  items.map((item) => (item.id === id ? { ...item, disabled } : item));

/**
 * Asks what of the entries the user has no right to.
 * @param show is given the entries anew with each that is refused
 */
export function refusePaletteItems(
  { navigator }: PaletteSource,
  items: readonly MenuItem[],
  show: (items: readonly MenuItem[]) => void,
): void {
  let left = items;
  for (const { id, disabled, denied } of navigator.top?.commands() ?? []) {
    if (disabled !== '' || denied === undefined) continue;
    void denied().then((reason) => {
      if (reason === '') return;
      left = without(left, id, reason);
      show(left);
    });
  }
}

/** What the palette offers on the pane on top. */
export function paletteItems(source: PaletteSource): readonly MenuItem[] {
  const pane = source.navigator.top;
  const reasons = new Map((pane?.commands() ?? []).map(({ id, disabled }) => [id, disabled]));
  const commands = availableBindings(source.keymap, pane, ['global', 'always'])
    .filter(({ command }) => !LEFT_OUT.test(command))
    .sort((a, b) => (b.priority ?? -1) - (a.priority ?? -1))
    .map(({ command, title, keys }) => ({
      id: command,
      title,
      detail: formatChord(keys[0] ?? ''),
      disabled: reasons.get(command) ?? '',
    }));
  const found = source.resources.found(pane?.connection?.store ?? null);
  const resources = [...source.resources.all, ...found].map(({ id, title }) => ({
    id: `:${id}`,
    title: `Show ${title.toLowerCase()}`,
    detail: `:${id}`,
    disabled: '',
  }));
  return [...commands, ...resources];
}
