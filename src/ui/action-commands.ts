import type { ActionTarget } from '../actions/engine/define.ts';
import type { ActionRunner } from '../actions/engine/view.ts';
import type { PaneCommand } from './pane.ts';

/** The actions that a pane offers for these rows, with the reasons why they cannot be used now. */
export function actionCommands(
  actions: ActionRunner | null,
  resource: string,
  targets: readonly ActionTarget[],
): readonly PaneCommand[] {
  const available = actions?.available(resource, targets) ?? [];
  return available.map(({ action, disabled, denied }) => ({
    id: `action:${action.id}`,
    title: action.description,
    disabled,
    denied,
  }));
}
