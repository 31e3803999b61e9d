/** What the keys do that mean the same in every pane. */
import { openBookmarks, takeBookmark, type BookmarkHost } from './bookmarks.ts';
import { openHelp, type HelpHost } from './help/help-pane.ts';
import { openOperations, type OperationsHost } from './help/operations-pane.ts';
import { layout } from './layout.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Navigator } from './navigator.ts';
import type { OverlayController } from './overlay-controller.ts';
import type { PromptController } from './prompt-controller.ts';
import { openScopes } from './scopes.ts';
import { openSignIn, type SignInHost } from './sign-in-pane.ts';
import type { UiAction, UiState } from './state.ts';
import type { Terminal } from './terminal/index.ts';
import type { Workspace } from './workspace.ts';

/** What these commands work on. */
export interface CommandHost extends BookmarkHost, HelpHost, OperationsHost, SignInHost, Workspace {
  readonly state: UiState;
  readonly keymap: HelpHost['keymap'];
  readonly terminal: Pick<Terminal, 'screen' | 'suspend'>;
  readonly navigator: Pick<Navigator, 'go' | 'pop' | 'stack' | 'toggle' | 'top'>;
  readonly prompt: Pick<PromptController, 'openCommand' | 'openTarget'>;
  readonly overlays: Pick<
    OverlayController,
    'copy' | 'showChoice' | 'showFlow' | 'showPalette' | 'showSeveral' | 'undo'
  >;
  dispatch(action: UiAction): void;
  readonly resources: HelpHost['resources'] & ResourceRegistry;
  /** Runs what was typed behind `:`. What is wrong with it, or empty. */
  execute(text: string): string;
  /** Narrows the connection to a namespace; empty for all. */
  setNamespace(namespace: string): void;
  quit(): void;
}

/** A command; `argument` is what follows its dot. */
type GlobalCommand = (host: CommandHost, argument: string) => void;

/** By command id, or by the part before the dot. */
export const GLOBAL_COMMANDS: Readonly<Record<string, GlobalCommand>> = {
  quit: (host) => host.quit(),
  suspend: (host) => void host.terminal.suspend(),
  redraw: (host) => host.terminal.screen.repaint(),
  command: (host) => host.prompt.openCommand(),
  filter: (host) => {
    const target = host.navigator.top?.prompt();
    if (target) host.prompt.openTarget(target);
  },
  help: (host) => openHelp(host),
  operations: (host) => openOperations(host),
  timeline: (host) => {
    const error = host.execute(host.resources.timeline.id);
    if (error !== '') host.flash(error, 'bad');
  },
  palette: (host) => host.overlays.showPalette(),
  copy: (host) => host.overlays.copy(),
  back: (host) => {
    if (!host.navigator.pop()) host.flash('this is the first pane; :q quits', 'muted');
  },
  'history.back': (host) => go(host, host.navigator.go(-1), 'no pane before this one'),
  'history.forward': (host) => go(host, host.navigator.go(1), 'no pane after this one'),
  'history.toggle': (host) => go(host, host.navigator.toggle(), 'no other pane yet'),
  header: (host) => host.dispatch({ type: 'header' }),
  wide: (host) => host.dispatch({ type: 'wide' }),
  time: (host) => {
    host.dispatch({ type: 'time' });
    const words = { age: 'ages', local: 'local time', utc: 'UTC' };
    host.flash(`times as ${words[host.settings.time]}`, 'muted');
  },
  refresh: (host) => {
    host.session.retryNow();
    host.flash('asking again', 'muted');
  },
  namespace: (host, digit) => {
    const name = digit === '0' ? '' : host.namespaces.names[Number(digit) - 1] || undefined;
    if (name === undefined) host.flash(`no namespace has the key ${digit}`, 'muted');
    else {
      host.setNamespace(name);
      const where = name === '' ? 'all namespaces' : `namespace ${name}`;
      host.flash(where + legend(host), 'muted');
    }
  },
  bookmarks: (host) => openBookmarks(host),
  bookmark: (host, digit) => takeBookmark(host, digit),
  undo: (host) => host.overlays.undo(),
  login: (host) => void openSignIn(host),
  scopes: (host) => openScopes(host),
};

/** What the digits stand for, where the header has no room for it. */
function legend(host: CommandHost): string {
  const { state, namespaces } = host;
  if (layout(state.columns, state.rows, state).header.height > 1) return '';
  return ` · 0 all${namespaces.names.map((name, i) => (name === '' ? '' : `  ${i + 1} ${name}`)).join('')}`;
}

function go(host: CommandHost, moved: boolean, otherwise: string): boolean {
  if (!moved) host.flash(otherwise, 'muted');
  return true;
}
