/** What lies over the panes: menus and the dialogs of actions; and what running actions say. */
import type { ActionFlow } from '../actions/define.ts';
import type { Layer } from '../keys/dispatcher.ts';
import type { App } from './app.ts';
import type { DialogModel } from './dialog/model.ts';
import type { Layout } from './layout.ts';
import type { UiConnection } from './session.ts';

export class OverlayController {
  readonly #app: App;
  constructor(app: App) {
    this.#app = app;
  }
  connect(stdin: unknown): void {
    void stdin;
  }
  readonly onText = (value: string): void => void value;
  readonly onPick = (value: string): void => void value;
  readonly layer: Layer = { keymaps: ['dialog'], run: () => false, modal: true };
  get dialog(): ((layout: Layout) => DialogModel) | null {
    return null;
  }
  showFlow(flow: ActionFlow): void {
    void flow;
  }
  showPalette(): void {
    void this.#app;
  }
  showCopy(): void {
    void this.#app;
  }
  undo(): void {
    void this.#app;
  }
  follow(connection: UiConnection | null): void {
    void connection;
  }
}
