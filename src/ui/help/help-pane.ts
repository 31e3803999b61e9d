import type { Keymap } from '../../keys/keymap.ts';
import type { ResourceRegistry } from '../../resources/registry.ts';
import { availableBindings, isRefused } from '../available.ts';
import type { NamespaceKeys } from '../namespaces.ts';
import type { Navigator } from '../navigator.ts';
import type { PaneHost } from '../pane.ts';
import type { UiState } from '../state.ts';
import { TextPane } from '../text/text-pane.ts';
import { helpLines } from './help-lines.ts';

/** Before the resource, in the name of a layer. */
const PANE = 'pane:';

/** Cells of border and margin on both sides. */
const MARGIN = 4;

/** What help is about, beside what every pane may ask. */
export interface HelpHost extends PaneHost {
  readonly state: Pick<UiState, 'columns'>;
  readonly keymap: Pick<Keymap, 'keyOf' | 'reachable'>;
  readonly navigator: Pick<Navigator, 'top'>;
  readonly namespaces: Pick<NamespaceKeys, 'names'>;
  readonly resources: Pick<ResourceRegistry, 'described'>;
}

/** Opens help for the pane on top. */
export function openHelp(host: HelpHost): void {
  const pane = host.navigator.top;
  const layers = pane?.layers ?? [];
  // A text may have the keys of a row without listing its kind.
  const own = layers.includes('text') ? undefined : layers.find((each) => each.startsWith(PANE));
  const name = own?.slice(PANE.length) ?? '';
  const bindings = availableBindings(host.keymap, pane, ['global', 'always']);
  const lines = helpLines(
    {
      bindings: bindings.map((binding) =>
        isRefused(binding, pane)
          ? { ...binding, title: `refused here, READ-ONLY: ${binding.title}` }
          : binding,
      ),
      isLog: layers.includes('logs'),
      namespaces: host.namespaces.names,
      resource:
        host.resources.described(pane?.lists ?? name, pane?.connection?.store ?? null) ?? null,
    },
    host.state.columns - MARGIN,
  );
  host.open(
    new TextPane({
      host,
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
