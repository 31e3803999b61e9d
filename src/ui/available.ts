import type { Binding, Keymap } from '../keys/keymap.ts';
import type { Pane } from './pane.ts';

/** What can be pressed on a pane, without what makes no sense there. `more`: layers behind the pane's. */
export function availableBindings(
  keymap: Pick<Keymap, 'reachable'>,
  pane: Pane | null,
  more: readonly string[] = ['global'],
): readonly Binding[] {
  return keymap
    .reachable([...(pane?.layers ?? []), ...more])
    .filter(({ command }) => pane?.unavailable?.has(command) !== true);
}

/** Whether a read-only connection refuses what a key would do: it is not offered then. */
export const isRefused = ({ command }: Binding, pane: Pane | null): boolean =>
  command.startsWith('action:') && pane?.connection?.info.readonly === true;
