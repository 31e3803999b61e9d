import type { App } from '../app.ts';
import { availableBindings, isRefused } from '../available.ts';
import { TextPane } from '../text/text-pane.ts';
import { helpLines } from './help-lines.ts';

/** Cells of border and margin on both sides. */
const MARGIN = 4;

/** Opens help for the pane on top. */
export function openHelp(app: App): void {
  const pane = app.navigator.top;
  const layers = pane?.layers ?? [];
  const name = layers.find((layer) => layer.startsWith('pane:'))?.slice('pane:'.length) ?? '';
  const bindings = availableBindings(app.keymap, pane, ['global', 'always']);
  const lines = helpLines(
    {
      bindings: bindings.map((binding) =>
        isRefused(binding, pane)
          ? { ...binding, title: `refused here, READ-ONLY: ${binding.title}` }
          : binding,
      ),
      namespaces: app.namespaces.slots,
      resource: app.resources.described(name) ?? null,
    },
    app.state.columns - MARGIN,
  );
  app.open(
    new TextPane({
      host: app,
      title: 'Help',
      subject: name === '' ? (pane?.crumb ?? '') : name,
      crumb: 'help',
      connection: pane?.connection ?? null,
      file: 'help.txt',
      source: {
        start: (sink) => {
          sink.text(lines);
          return () => undefined;
        },
        // Help on help would lead nowhere.
        run: (command) => command === 'help',
      },
    }),
  );
}
