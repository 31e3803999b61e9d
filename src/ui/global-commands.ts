/** What the keys do that mean the same in every pane. */
import type { App } from './app.ts';
import { openHelp } from './help/help-pane.ts';
import { openOperations } from './help/operations-pane.ts';
import { layout } from './layout.ts';
import { openSignIn } from './sign-in-pane.ts';

/** A command; `argument` is what follows its dot. */
type GlobalCommand = (app: App, argument: string) => void;

/** By command id, or by the part before the dot. */
export const GLOBAL_COMMANDS: Readonly<Record<string, GlobalCommand>> = {
  quit: (app) => app.quit(),
  suspend: (app) => void app.terminal.suspend(),
  redraw: (app) => app.terminal.screen.repaint(),
  command: (app) => app.prompt.openCommand(),
  filter: (app) => {
    const target = app.navigator.top?.prompt();
    if (target) app.prompt.openTarget(target);
  },
  help: (app) => openHelp(app),
  operations: (app) => openOperations(app),
  palette: (app) => app.overlays.showPalette(),
  copy: (app) => app.overlays.copy(),
  back: (app) => {
    if (!app.navigator.pop()) app.flash('this is the first pane; :q quits', 'muted');
  },
  'history.back': (app) => go(app, app.navigator.go(-1), 'no pane before this one'),
  'history.forward': (app) => go(app, app.navigator.go(1), 'no pane after this one'),
  'history.toggle': (app) => go(app, app.navigator.toggle(), 'no other pane yet'),
  header: (app) => app.dispatch({ type: 'header' }),
  wide: (app) => app.dispatch({ type: 'wide' }),
  time: (app) => {
    app.dispatch({ type: 'time' });
    const words = { age: 'ages', local: 'local time', utc: 'UTC' };
    app.flash(`times as ${words[app.settings.time]}`, 'muted');
  },
  refresh: (app) => {
    app.session.retryNow();
    app.flash('asking again', 'muted');
  },
  namespace: (app, digit) => {
    const name = digit === '0' ? '' : app.namespaces.slots[Number(digit) - 1];
    if (name === undefined) app.flash(`no namespace has the key ${digit}`, 'muted');
    else {
      app.setNamespace(name);
      const where = name === '' ? 'all namespaces' : `namespace ${name}`;
      app.flash(where + legend(app), 'muted');
    }
  },
  undo: (app) => app.overlays.undo(),
  login: (app) => void openSignIn(app),
};

/** What the digits stand for, where the header has no room for it. */
function legend(app: App): string {
  const { state, namespaces } = app;
  if (layout(state.columns, state.rows, state).header.height > 1) return '';
  return ` · 0 all${namespaces.slots.map((name, i) => `  ${i + 1} ${name}`).join('')}`;
}

function go(app: App, moved: boolean, otherwise: string): boolean {
  if (!moved) app.flash(otherwise, 'muted');
  return true;
}
