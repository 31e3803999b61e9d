/** Who gets a key, in which order: always-keys, what lies over the pane, the prompt, the pane, the program. */
import { Dispatcher, type Layer } from '../keys/dispatcher.ts';
import type { KeyEvent } from '../keys/decode.ts';
import type { App } from './app.ts';
import type { Pane } from './pane.ts';
import { GLOBAL_COMMANDS } from './global-commands.ts';

export class KeyLayers {
  readonly #app: App;
  readonly #dispatcher: Dispatcher;

  constructor(app: App) {
    this.#app = app;
    this.#dispatcher = new Dispatcher(app.keymap, () => this.#layers());
  }

  /** Takes one key. A command that fails says so; the program goes on. */
  handle(key: KeyEvent): void {
    try {
      this.#dispatcher.handle(key);
    } catch (error) {
      this.#app.flash(`${key.chord} failed: ${(error as Error).message}`, 'bad');
    }
  }

  /** Runs a command as its key would; one that begins with a colon as if it were typed. */
  run(command: string): void {
    if (command.startsWith(':')) {
      const error = this.#app.execute(command);
      if (error !== '') this.#app.flash(error, 'bad');
    } else if (!this.#app.navigator.top?.run(command, { chord: '' })) this.#global(command);
  }

  #layers(): readonly Layer[] {
    const { state, overlays, prompt, navigator } = this.#app;
    const run = (command: string): boolean => this.#global(command);
    const always: Layer = { keymaps: ['always'], run };
    if (state.overlay) return [always, overlays.layer];
    if (state.prompt) return [always, prompt.layer];
    const pane = navigator.top;
    const keymaps = [...(pane?.layers ?? []), 'global'];
    // What a pane leaves alone is the program's, also where the pane's layer binds the key.
    return [
      always,
      { keymaps, run: (command, key) => pane?.run(command, key) ?? false },
      { keymaps, run },
      // What other programs do under a key that means nothing here is answered last.
      { keymaps: elsewhere(pane), run: (command, key) => pane?.run(command, key) ?? false },
    ];
  }

  #global(command: string): boolean {
    const [name = '', argument = ''] = command.split('.');
    const run = GLOBAL_COMMANDS[command] ?? GLOBAL_COMMANDS[name];
    run?.(this.#app, argument);
    return run !== undefined;
  }
}

/** Layers of keys that are only answered, on the panes of objects. */
function elsewhere(pane: Pane | null): readonly string[] {
  const layers = pane?.layers ?? [];
  if (!layers.includes('table')) return [];
  return [...layers.map((layer) => layer.replace(/^pane:/, 'elsewhere:')), 'elsewhere'];
}
