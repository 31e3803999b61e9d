/** Who gets a key, in which order: always-keys, what lies over the pane, the prompt, the pane, the program. */
import { Dispatcher, type Layer } from '../keys/dispatcher.ts';
import type { KeyEvent } from '../keys/key-event.ts';
import type { Keymap } from '../keys/keymap.ts';
import { GLOBAL_COMMANDS, type CommandHost } from './global-commands.ts';
import { layout } from './layout.ts';
import type { OverlayController } from './overlay-controller.ts';
import type { Pane } from './pane.ts';
import type { PromptController } from './prompt-controller.ts';

/** What the keys of the program, and the layers over its panes, need. */
export interface KeysOwner extends CommandHost {
  readonly keymap: Keymap;
  readonly overlays: CommandHost['overlays'] & Pick<OverlayController, 'layer'>;
  readonly prompt: CommandHost['prompt'] & Pick<PromptController, 'layer'>;
  /** Runs a command line. What is wrong with it, or empty. */
  execute(text: string): string;
}

export class KeyLayers {
  readonly #owner: KeysOwner;
  readonly #dispatcher: Dispatcher;

  constructor(owner: KeysOwner) {
    this.#owner = owner;
    this.#dispatcher = new Dispatcher(owner.keymap, () => this.#layers());
  }

  /** Takes one key. A command that fails says so; the program goes on. */
  handle(key: KeyEvent): void {
    try {
      this.#dispatcher.handle(key);
    } catch (error) {
      this.#owner.flash(`${key.chord} failed: ${(error as Error).message}`, 'bad');
    }
  }

  /** Runs a command as its key would; one that begins with a colon as if it were typed. */
  run(command: string): void {
    if (command.startsWith(':')) {
      const error = this.#owner.execute(command);
      if (error !== '') this.#owner.flash(error, 'bad');
    } else if (!this.#owner.navigator.top?.run(command, { chord: '' })) this.#global(command);
  }

  #layers(): readonly Layer[] {
    const { state, overlays, prompt, navigator } = this.#owner;
    const run = (command: string): boolean => this.#global(command);
    const always: Layer = { keymaps: ['always'], run };
    // Nobody sees what a key would do: what is open waits as it is.
    if (layout(state.columns, state.rows, state).tooSmall) return [always];
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
    run?.(this.#owner, argument);
    return run !== undefined;
  }
}

/** Layers of keys that are only answered, on the panes of objects. */
function elsewhere(pane: Pane | null): readonly string[] {
  const layers = pane?.layers ?? [];
  if (!layers.includes('table')) return [];
  return [...layers.map((layer) => layer.replace(/^pane:/, 'elsewhere:')), 'elsewhere'];
}
