import { findResource } from '../../resources/index.ts';
import type { App } from '../app.ts';
import { availableBindings } from '../available.ts';
import { TextPane } from '../text/text-pane.ts';
import { helpLines } from './help-lines.ts';

/** Opens help for the pane on top. */
export function openHelp(app: App): void {
  const pane = app.navigator.top;
  const layers = pane?.layers ?? [];
  const name = layers.find((layer) => layer.startsWith('pane:'))?.slice('pane:'.length) ?? '';
  const lines = helpLines({
    bindings: availableBindings(app.keymap, pane, ['global', 'always']),
    resource: findResource(name) ?? null,
  });
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
