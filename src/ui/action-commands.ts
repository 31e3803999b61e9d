import type { ActionTarget } from '../actions/define.ts';
import type { PaneCommand } from './pane.ts';
import type { UiConnection } from './session.ts';

/** The actions that a pane offers for these rows, with the reasons why they cannot be used now. */
export function actionCommands(
  connection: UiConnection | null,
  resource: string,
  targets: readonly ActionTarget[],
): readonly PaneCommand[] {
  const actions = connection?.actions.available(resource, targets) ?? [];
  return actions.map(({ action, disabled, denied }) => ({
    id: `action:${action.id}`,
    title: action.description,
    disabled,
    denied,
  }));
}
