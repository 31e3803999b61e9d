/** What lies over the panes: menus and the dialogs of actions. */
import type { ActionFlow } from '../actions/engine/view.ts';
import type { KeyEvent } from '../keys/decode.ts';
import type { Layer } from '../keys/dispatcher.ts';
import { EMPTY_LINE } from '../keys/line-editor.ts';
import type { App } from './app.ts';
import { FlowKeys } from './dialog/flow-keys.ts';
import { flowDialog } from './dialog/flow-dialog.ts';
import { MenuKeys } from './dialog/menu-keys.ts';
import { menuDialog } from './dialog/menu.ts';
import type { DialogModel } from './dialog/model.ts';
import type { Layout } from './layout.ts';
import { paletteItems, refusePaletteItems } from './palette.ts';
import type { MenuItem, MenuState } from './state-overlay.ts';
import type { InkStdin } from './terminal/index.ts';

export class OverlayController {
  readonly #app: App;
  readonly #menuKeys: MenuKeys;
  readonly #flowKeys: FlowKeys;
  #choose: (id: string) => void = () => undefined;
  /** What `c` copied last. */
  #copied: string | null = null;

  constructor(app: App) {
    this.#app = app;
    this.#menuKeys = new MenuKeys(app, (menu, item) => this.#chosen(menu, item));
    this.#flowKeys = new FlowKeys(app);
  }

  /** Takes all keys while something lies over the pane. */
  readonly layer: Layer = {
    keymaps: ['dialog'],
    run: (command, key) => this.#keys().run(command, key),
    type: (key: KeyEvent) => this.#keys().type(key),
    modal: true,
  };

  /** What Ink's inputs tell. */
  readonly onText = (value: string): void => this.#flowKeys.onText(value);
  readonly onPick = (id: string): void => this.#flowKeys.onPick(id);

  /** Where keys for Ink's inputs go. */
  connect(stdin: InkStdin): void {
    this.#flowKeys.connect(stdin);
  }

  /** How what is open is drawn; null where nothing is. */
  get dialog(): ((layout: Layout) => DialogModel) | null {
    const { overlay } = this.#app.state;
    const { painter } = this.#app;
    if (overlay?.kind === 'menu') return (layout) => menuDialog(overlay, painter, layout);
    const { flow } = this.#flowKeys;
    if (overlay?.kind === 'flow' && flow) {
      return (layout) => flowDialog(flow, overlay, painter, layout);
    }
    return null;
  }

  /** Opens the dialog of an action. */
  showFlow(flow: ActionFlow): void {
    this.#flowKeys.open(flow);
  }

  /** Takes the last action back, through its own dialog. */
  undo(): void {
    const flow =
      this.#app.connection?.actions.undo() ?? 'not connected: there is nothing to take back';
    if (typeof flow === 'string') this.#app.flash(flow, 'muted');
    else this.showFlow(flow);
  }

  showPalette(): void {
    const items = paletteItems(this.#app);
    this.#open({
      kind: 'menu',
      id: 'palette',
      title: 'Commands',
      items,
      query: EMPTY_LINE,
      index: 0,
    });
    let last = items;
    refusePaletteItems(this.#app, items, (refused) => {
      const { overlay } = this.#app.state;
      // It may be another one by now, or none.
      if (overlay?.kind !== 'menu' || overlay.items !== last) return;
      last = refused;
      this.#app.dispatch({ type: 'menu.items', items: refused });
    });
  }

  /** Copies what is most likely meant; asked again, offers all that there is to copy. */
  copy(): void {
    const app = this.#app;
    const choices = app.navigator.top?.copyChoices() ?? [];
    const [first] = choices;
    if (!first) {
      app.flash('nothing to copy here', 'muted');
      return;
    }
    const again = this.#copied === first.text && app.state.flash !== null;
    if (!again || choices.length === 1) {
      this.#copied = first.text;
      const more = choices.slice(1).map(({ label }) => label);
      app.copy(first.text, first.label, more.length > 0 ? ` · c again: ${more.join(', ')}` : '');
      return;
    }
    const items = choices.map(({ label, text }) => ({
      id: label,
      title: label,
      detail: text.split('\n', 1)[0] ?? '',
      disabled: '',
    }));
    this.#open({ kind: 'menu', id: 'copy', title: 'Copy', items, query: null, index: 0 });
  }

  /** Lets one of these be chosen. */
  showChoice(title: string, items: readonly MenuItem[], choose: (id: string) => void): void {
    this.#choose = choose;
    this.#open({ kind: 'menu', id: 'choice', title, items, query: null, index: 0 });
  }

  #open(overlay: MenuState): void {
    this.#app.dispatch({ type: 'overlay.open', overlay });
  }

  #chosen(menu: MenuState, item: MenuItem): void {
    if (item.disabled !== '') {
      this.#app.flash(item.disabled, 'warn');
      return;
    }
    this.#app.dispatch({ type: 'overlay.close' });
    if (menu.id === 'choice') this.#choose(item.id);
    else if (menu.id === 'copy') {
      const choice = this.#app.navigator.top?.copyChoices().find(({ label }) => label === item.id);
      if (choice) this.#app.copy(choice.text, choice.label);
    } else this.#app.keys.run(item.id);
  }

  #keys(): MenuKeys | FlowKeys {
    return this.#app.state.overlay?.kind === 'menu' ? this.#menuKeys : this.#flowKeys;
  }
}
