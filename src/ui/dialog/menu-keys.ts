/** The keys of a menu: move, type to narrow, choose, leave. */
import type { KeyEvent } from '../../keys/key-event.ts';
import { editLine } from '../../keys/line-editor.ts';
import type { UiAction, UiState } from '../state.ts';
import type { MenuItem, MenuState } from '../state-overlay.ts';
import { menuItems } from './menu.ts';

/** What the keys of dialogs need of the program. */
export interface DialogOwner {
  readonly state: UiState;
  dispatch(action: UiAction): void;
}

export class MenuKeys {
  readonly #owner: DialogOwner;
  readonly #choose: (menu: MenuState, item: MenuItem) => void;

  constructor(owner: DialogOwner, choose: (menu: MenuState, item: MenuItem) => void) {
    this.#owner = owner;
    this.#choose = choose;
  }

  run(command: string): boolean {
    const menu = this.#menu;
    if (!menu) return false;
    switch (command) {
      case 'dialog.down':
      case 'dialog.next':
        return this.#move(menu, 1);
      case 'dialog.up':
      case 'dialog.previous':
        return this.#move(menu, -1);
      case 'dialog.accept': {
        const item = menuItems(menu)[menu.index];
        if (item) this.#choose(menu, item);
        return true;
      }
      case 'dialog.cancel':
        this.#owner.dispatch({ type: 'overlay.close' });
        return true;
      default:
        return false;
    }
  }

  type(key: KeyEvent): boolean {
    const menu = this.#menu;
    if (!menu) return false;
    if (menu.chosen && key.chord === 'space') {
      const item = menuItems(menu)[menu.index];
      if (item) this.#owner.dispatch({ type: 'menu.toggle', id: item.id });
      return true;
    }
    if (menu.query) {
      const query = editLine(menu.query, key);
      if (query) this.#owner.dispatch({ type: 'menu.type', query });
      return query !== undefined;
    }
    if (key.chord === 'j') return this.#move(menu, 1);
    if (key.chord === 'k') return this.#move(menu, -1);
    // An entry that begins with a digit or a sign is chosen by it.
    const item = key.text && menuItems(menu).find(({ title }) => title.startsWith(`${key.text} `));
    if (item) {
      this.#choose(menu, item);
      return true;
    }
    return key.chord === 'q' && this.run('dialog.cancel');
  }

  get #menu(): MenuState | null {
    const { overlay } = this.#owner.state;
    return overlay?.kind === 'menu' ? overlay : null;
  }

  #move(menu: MenuState, step: 1 | -1): boolean {
    const count = menuItems(menu).length;
    const index = count === 0 ? 0 : (menu.index + step + count) % count;
    this.#owner.dispatch({ type: 'menu.move', index });
    return true;
  }
}
