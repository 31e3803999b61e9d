/** What lies over the panes: menus and the dialogs of actions. */
import type { AnyFlow } from '../actions/engine/joint/view.ts';
import type { Tone } from '../core/styled.ts';
import type { KeyEvent } from '../keys/key-event.ts';
import type { Layer } from '../keys/dispatcher.ts';
import { EMPTY_LINE } from '../keys/line-editor.ts';
import type { Painter } from '../theme/index.ts';
import { FlowKeys, type FlowOwner } from './dialog/flow-keys.ts';
import { flowDialog } from './dialog/flow-dialog.ts';
import { MenuKeys } from './dialog/menu-keys.ts';
import { menuDialog } from './dialog/menu.ts';
import type { DialogModel } from './dialog/model.ts';
import type { Layout } from './layout.ts';
import { paletteItems, refusePaletteItems, type PaletteSource } from './palette.ts';
import type { UiConnection } from './session.ts';
import type { MenuItem, MenuState } from './state-overlay.ts';
import type { InkStdin } from './terminal/index.ts';

/** What menus and dialogs need of the program. */
export interface OverlayOwner extends FlowOwner, PaletteSource {
  readonly painter: Painter;
  /** The connection that commands are about. */
  readonly connection: UiConnection | null;
  /** Runs a command as its key would. */
  runCommand(command: string): void;
  /** Says something of the pane on top in the line at the bottom. */
  flash(text: string, tone: Tone): void;
  /** Puts text on the clipboard and says so; `more` is what else there is to copy. */
  copy(text: string, what: string, more?: string): void;
}

export class OverlayController {
  readonly #owner: OverlayOwner;
  readonly #menuKeys: MenuKeys;
  readonly #flowKeys: FlowKeys;
  #choose: (id: string) => void = () => undefined;
  #chooseSeveral: (ids: readonly string[]) => void = () => undefined;
  /** What `c` copied last. */
  #copied: string | null = null;

  constructor(owner: OverlayOwner) {
    this.#owner = owner;
    this.#menuKeys = new MenuKeys(owner, (menu, item) => this.#chosen(menu, item));
    this.#flowKeys = new FlowKeys(owner);
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
    const { overlay } = this.#owner.state;
    const { painter } = this.#owner;
    if (overlay?.kind === 'menu') return (layout) => menuDialog(overlay, painter, layout);
    const { flow } = this.#flowKeys;
    if (overlay?.kind === 'flow' && flow) {
      return (layout) => flowDialog(flow, overlay, painter, layout);
    }
    return null;
  }

  /** Opens the dialog of an action. */
  showFlow(flow: AnyFlow): void {
    this.#flowKeys.open(flow);
  }

  /** Takes the last action back, through its own dialog. */
  undo(): void {
    const { connection, navigator } = this.#owner;
    const none = navigator.place?.clusters
      ? 'several clusters are looked at: q leads back to their table, U takes back there'
      : 'not connected: there is nothing to take back';
    const flow = connection?.actions.undo() ?? none;
    if (typeof flow === 'string') this.#owner.flash(flow, 'muted');
    else this.showFlow(flow);
  }

  showPalette(): void {
    const items = paletteItems(this.#owner);
    this.#open({
      kind: 'menu',
      id: 'palette',
      title: 'Commands',
      items,
      query: EMPTY_LINE,
      index: 0,
    });
    let last = items;
    refusePaletteItems(this.#owner, items, (refused) => {
      const { overlay } = this.#owner.state;
      // It may be another one by now, or none.
      if (overlay?.kind !== 'menu' || overlay.items !== last) return;
      last = refused;
      this.#owner.dispatch({ type: 'menu.items', items: refused });
    });
  }

  /** Copies what is most likely meant; asked again, offers all that there is to copy. */
  copy(): void {
    const owner = this.#owner;
    const choices = owner.navigator.top?.copyChoices() ?? [];
    const [first] = choices;
    if (!first) {
      owner.flash('nothing to copy here', 'muted');
      return;
    }
    const again = this.#copied === first.text && owner.state.flash !== null;
    if (!again || choices.length === 1) {
      this.#copied = first.text;
      const more = choices.slice(1).map(({ label }) => label);
      owner.copy(first.text, first.label, more.length > 0 ? ` · c again: ${more.join(', ')}` : '');
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

  /** Lets several of these be chosen. */
  showSeveral(
    title: string,
    items: readonly MenuItem[],
    chosen: ReadonlySet<string>,
    choose: (ids: readonly string[]) => void,
  ): void {
    this.#chooseSeveral = choose;
    this.#open({ kind: 'menu', id: 'several', title, items, query: EMPTY_LINE, chosen, index: 0 });
  }

  #open(overlay: MenuState): void {
    this.#owner.dispatch({ type: 'overlay.open', overlay });
  }

  #chosen(menu: MenuState, item: MenuItem): void {
    if (item.disabled !== '') {
      this.#owner.flash(item.disabled, 'warn');
      return;
    }
    this.#owner.dispatch({ type: 'overlay.close' });
    if (menu.id === 'several') {
      const { chosen = new Set<string>() } = menu;
      // Who marked none means what the cursor stands on, as in a list of one.
      this.#chooseSeveral(chosen.size > 0 ? [...chosen] : [item.id]);
    } else if (menu.id === 'choice') this.#choose(item.id);
    else if (menu.id === 'copy') {
      const choice = this.#owner.navigator.top
        ?.copyChoices()
        .find(({ label }) => label === item.id);
      if (choice) this.#owner.copy(choice.text, choice.label);
    } else this.#owner.runCommand(item.id);
  }

  #keys(): MenuKeys | FlowKeys {
    return this.#owner.state.overlay?.kind === 'menu' ? this.#menuKeys : this.#flowKeys;
  }
}
